import type { FieldCipher } from '@paddock/service'
import type { Selectable } from 'kysely'
import type { BankContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import type { Accounts } from '../db/schema.ts'
import type { AccountNumbers, DraftAccount, Owner } from '../personas/draft-account.ts'
import { newObjectId } from '../tokens/object-id.ts'
import type { Account, Item } from './item.ts'

const cell = (column: string, accountId: string) => ({ table: 'bank.accounts', column, rowId: accountId })

/** Stores the accounts that the person shared, each under a new id, and answers them. */
export async function insertAccounts(
  ctx: BankContext,
  tx: Tx,
  item: { clientId: string; id: string },
  drafts: readonly DraftAccount[],
): Promise<Account[]> {
  const accounts = drafts.map((draft) => ({ ...draft, id: newObjectId(), itemId: item.id }))
  await tx
    .insertInto('accounts')
    .values(accounts.map((account, position) => toRow(ctx.cipher, item.clientId, account, position)))
    .execute()
  return accounts
}

/** All accounts of an item, in the bank's order. */
export async function listAccounts(ctx: BankContext, db: Db | Tx, item: Item): Promise<Account[]> {
  const rows = await db
    .selectFrom('accounts')
    .selectAll()
    .where('client_id', '=', item.clientId)
    .where('item_id', '=', item.id)
    .orderBy('position')
    .execute()
  return rows.map((row) => toAccount(ctx.cipher, row))
}

function toRow(cipher: FieldCipher, clientId: string, account: Account, position: number) {
  const { id, numbers, owners } = account
  return {
    client_id: clientId,
    id,
    item_id: account.itemId,
    position,
    name: account.name,
    official_name: account.officialName,
    mask: account.mask,
    type: account.type,
    subtype: account.subtype,
    holder_category: account.holderCategory,
    currency: account.currency,
    current_minor: account.currentMinor,
    available_minor: account.availableMinor,
    limit_minor: account.limitMinor,
    numbers_cipher:
      numbers === null ? null : cipher.encrypt(JSON.stringify(numbers), cell('numbers_cipher', id)),
    owners_cipher: cipher.encrypt(JSON.stringify(owners), cell('owners_cipher', id)),
  }
}

function toAccount(cipher: FieldCipher, row: Selectable<Accounts>): Account {
  const { id } = row
  const read = (column: string, text: string): unknown => JSON.parse(cipher.decrypt(text, cell(column, id)))
  return {
    id,
    itemId: row.item_id,
    name: row.name,
    officialName: row.official_name,
    mask: row.mask,
    type: row.type as Account['type'],
    subtype: row.subtype,
    holderCategory: row.holder_category as Account['holderCategory'],
    currency: row.currency,
    currentMinor: row.current_minor,
    availableMinor: row.available_minor,
    limitMinor: row.limit_minor,
    numbers:
      row.numbers_cipher === null ? null : (read('numbers_cipher', row.numbers_cipher) as AccountNumbers),
    owners: read('owners_cipher', row.owners_cipher) as Owner[],
  }
}
