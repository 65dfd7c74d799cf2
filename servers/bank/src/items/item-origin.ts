import type { BankContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import type { KnownPerson } from '../identity/match-identity.ts'
import { BankRefused } from '../refusals.ts'
import type { Item } from './item.ts'
import { toRecord } from './item-store.ts'

/** What came with the request that linked an item, besides its products. */
export interface ItemOrigin {
  userId: string | null
  /** What the client knew of the person who linked it. */
  person: KnownPerson | null
  statements: { from: Temporal.PlainDate; to: Temporal.PlainDate } | null
  incomeDays: number | null
}

export const PLAIN_ORIGIN: ItemOrigin = {
  userId: null,
  person: null,
  statements: null,
  incomeDays: null,
}

const cell = (itemId: string) => ({ table: 'bank.item_origins', column: 'person_cipher', rowId: itemId })

export async function insertOrigin(
  ctx: BankContext,
  tx: Tx,
  { clientId, id }: Item,
  { userId, person, statements, incomeDays }: ItemOrigin,
): Promise<void> {
  if (userId !== null) await holdUser(tx, clientId, userId)
  await tx
    .insertInto('item_origins')
    .values({
      client_id: clientId,
      item_id: id,
      user_id: userId,
      person_cipher: person === null ? null : ctx.cipher.encrypt(JSON.stringify(person), cell(id)),
      statements_from: statements?.from ?? null,
      statements_to: statements?.to ?? null,
      income_days: incomeDays,
    })
    .execute()
}

/** A user who was removed while somebody linked for him gets nothing. */
async function holdUser(tx: Tx, clientId: string, userId: string): Promise<void> {
  const row = await tx
    .selectFrom('users')
    .select('id')
    .where('client_id', '=', clientId)
    .where('id', '=', userId)
    .forShare()
    .executeTakeFirst()
  if (row === undefined) throw new BankRefused('user_id_unknown')
}

/** Items from before this was kept have a plain one. */
export async function findOrigin(
  ctx: BankContext,
  db: Db | Tx,
  { clientId, id }: { clientId: string; id: string },
): Promise<ItemOrigin> {
  const row = await db
    .selectFrom('item_origins')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('item_id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return PLAIN_ORIGIN
  const { person_cipher: stored, statements_from: from, statements_to: to } = row
  return {
    userId: row.user_id,
    person: stored === null ? null : (JSON.parse(ctx.cipher.decrypt(stored, cell(id))) as KnownPerson),
    statements: from === null || to === null ? null : { from, to },
    incomeDays: row.income_days,
  }
}

/** The items of a user that nobody removed, the oldest first. */
export async function listItemsOfUser(
  db: Db | Tx,
  { clientId, id }: { clientId: string; id: string },
): Promise<Item[]> {
  const rows = await db
    .selectFrom('item_origins as origin')
    .innerJoin('items', (join) =>
      join.onRef('items.client_id', '=', 'origin.client_id').onRef('items.id', '=', 'origin.item_id'),
    )
    .selectAll('items')
    .where('origin.client_id', '=', clientId)
    .where('origin.user_id', '=', id)
    .where('items.removed_at', 'is', null)
    .orderBy('items.created_at')
    .orderBy('items.id')
    .execute()
  return rows.map((row) => toRecord(row).item)
}

export async function saveStatementsRange(
  tx: Tx,
  { clientId, id }: Item,
  { from, to }: NonNullable<ItemOrigin['statements']>,
): Promise<void> {
  await tx
    .insertInto('item_origins')
    .values({ client_id: clientId, item_id: id, statements_from: from, statements_to: to })
    .onConflict((conflict) =>
      conflict.columns(['client_id', 'item_id']).doUpdateSet({ statements_from: from, statements_to: to }),
    )
    .execute()
}
