import type { Selectable } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { Items } from '../db/schema.ts'
import type { Item } from './item.ts'

export interface ItemRecord {
  item: Item
  removed: boolean
}

/** The item that this client's access token opens, removed or not. */
export async function findItemByAccessToken(
  db: Db | Tx,
  clientId: string,
  tokenHash: string,
): Promise<ItemRecord | undefined> {
  const row = await db
    .selectFrom('access_tokens')
    .innerJoin('items', (join) =>
      join
        .onRef('items.client_id', '=', 'access_tokens.client_id')
        .onRef('items.id', '=', 'access_tokens.item_id'),
    )
    .selectAll('items')
    .where('access_tokens.client_id', '=', clientId)
    .where('access_tokens.token_hash', '=', tokenHash)
    .executeTakeFirst()
  return row === undefined ? undefined : toRecord(row)
}

export async function findItem(
  db: Db | Tx,
  clientId: string,
  itemId: string,
): Promise<ItemRecord | undefined> {
  const row = await itemById(db, clientId, itemId).executeTakeFirst()
  return row === undefined ? undefined : toRecord(row)
}

/** Locks an item, so that it is not removed while something is added to it. */
export async function lockItem(tx: Tx, clientId: string, itemId: string): Promise<ItemRecord | undefined> {
  // Not against rows that refer to it: those are written under other locks.
  const row = await itemById(tx, clientId, itemId).forNoKeyUpdate().executeTakeFirst()
  return row === undefined ? undefined : toRecord(row)
}

function itemById(db: Db | Tx, clientId: string, itemId: string) {
  return db.selectFrom('items').selectAll().where('client_id', '=', clientId).where('id', '=', itemId)
}

export async function insertItem(tx: Tx, item: Item, username: string): Promise<void> {
  await tx
    .insertInto('items')
    .values({
      client_id: item.clientId,
      id: item.id,
      institution_id: item.institutionId,
      username,
      products: [...item.products],
      consented_products: item.consentedProducts === null ? null : [...item.consentedProducts],
      webhook: item.webhook,
      login_required_at: null,
      auth_method: item.authMethod,
      created_at: item.createdAt,
      consent_expires_at: item.consentExpiresAt,
      removed_at: null,
    })
    .execute()
}

export async function setProducts(tx: Tx, item: Item, products: readonly string[]): Promise<void> {
  await updateItem(tx, item, { products: [...products] })
}

export async function setConsented(tx: Tx, item: Item, products: readonly string[]): Promise<void> {
  await updateItem(tx, item, { consented_products: [...products] })
}

export async function setWebhook(tx: Tx, item: Item, webhook: string | null): Promise<void> {
  await updateItem(tx, item, { webhook })
}

export async function setConsentExpiry(tx: Tx, item: Item, at: Temporal.Instant | null): Promise<void> {
  await updateItem(tx, item, { consent_expires_at: at })
}

export async function setLoginRequired(
  db: Db | Tx,
  item: Item,
  since: Temporal.Instant | null,
): Promise<void> {
  await updateItem(db, item, { login_required_at: since })
}

/** Marks an item as removed and forgets everything that it gave access to. */
export async function forgetItem(tx: Tx, item: Item, at: Temporal.Instant): Promise<void> {
  for (const table of [
    'processor_tokens',
    'public_tokens',
    'item_origins',
    'item_transactions',
    'accounts',
  ] as const) {
    await tx.deleteFrom(table).where('client_id', '=', item.clientId).where('item_id', '=', item.id).execute()
  }
  await updateItem(tx, item, { removed_at: at, username: '', webhook: null })
}

async function updateItem(db: Db | Tx, item: Item, values: Partial<Selectable<Items>>): Promise<void> {
  await db
    .updateTable('items')
    .set(values)
    .where('client_id', '=', item.clientId)
    .where('id', '=', item.id)
    .execute()
}

export function toRecord(row: Selectable<Items>): ItemRecord {
  return {
    removed: row.removed_at !== null,
    item: {
      clientId: row.client_id,
      id: row.id,
      institutionId: row.institution_id,
      products: row.products,
      consentedProducts: row.consented_products,
      webhook: row.webhook,
      loginRequired: row.login_required_at !== null,
      authMethod: row.auth_method as Item['authMethod'],
      createdAt: row.created_at,
      consentExpiresAt: row.consent_expires_at,
    },
  }
}

/** The name that the person signed in with when the item was linked. */
export async function findUsername(db: Db, clientId: string, itemId: string): Promise<string | undefined> {
  const row = await itemById(db, clientId, itemId).executeTakeFirst()
  return row?.username
}

/** An item as the simulation's doors show it: whoever's it is, with the accounts in the books. */
export interface SimItem extends Item {
  accounts: { id: string; mask: string; bankAccountId: string }[]
}

/** The newest first. */
export async function listSimItems(
  db: Db,
  { id, limit }: { id?: string; limit: number },
): Promise<SimItem[]> {
  const rows = await db
    .selectFrom('items')
    .selectAll()
    .where('removed_at', 'is', null)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  if (rows.length === 0) return []
  const accounts = await db
    .selectFrom('accounts')
    .select(['id', 'item_id', 'mask', 'bank_account_id'])
    .where(
      'item_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('position')
    .execute()
  return rows.map((row) => ({
    ...toRecord(row).item,
    accounts: accounts
      .filter(({ item_id }) => item_id === row.id)
      .map((account) => ({
        id: account.id,
        mask: account.mask,
        bankAccountId: account.bank_account_id,
      })),
  }))
}
