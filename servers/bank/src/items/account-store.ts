import type { FieldCipher } from '@paddock/service'
import type { Selectable } from 'kysely'
import type { BankAccount } from '../bank-accounts/bank-account.ts'
import { shownBalances } from '../bank-accounts/open-accounts.ts'
import type { BankContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import type { Accounts, BankAccounts } from '../db/schema.ts'
import type { AccountNumbers, Owner } from '../personas/draft-account.ts'
import { newObjectId } from '../tokens/object-id.ts'
import type { Account, Item } from './item.ts'

const cell = (column: string, accountId: string) => ({ table: 'bank.accounts', column, rowId: accountId })

/** Stores the accounts that the person shared, each under a new id, and answers them. */
export async function insertAccounts(
  ctx: BankContext,
  tx: Tx,
  item: { clientId: string; id: string },
  shared: readonly BankAccount[],
): Promise<Account[]> {
  const accounts = shared.map((account) => ({ ...account, id: newObjectId(), itemId: item.id }))
  await tx
    .insertInto('accounts')
    .values(accounts.map((account, position) => toRow(ctx.cipher, item.clientId, account, position)))
    .execute()
  return accounts
}

/** All accounts of an item, in the bank's order, with the balances of now. */
export async function listAccounts(ctx: BankContext, db: Db | Tx, item: Item): Promise<Account[]> {
  const rows = await db
    .selectFrom('accounts')
    .innerJoin('bank_accounts as booked', 'booked.id', 'accounts.bank_account_id')
    .selectAll('accounts')
    .select(['booked.balance_minor', 'booked.available_minor'])
    .where('accounts.client_id', '=', item.clientId)
    .where('accounts.item_id', '=', item.id)
    .orderBy('accounts.position')
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
    bank_account_id: account.bankAccountId,
    limit_minor: account.limitMinor,
    numbers_cipher:
      numbers === null ? null : cipher.encrypt(JSON.stringify(numbers), cell('numbers_cipher', id)),
    owners_cipher: cipher.encrypt(JSON.stringify(owners), cell('owners_cipher', id)),
  }
}

type AccountRow = Selectable<Accounts> & Pick<Selectable<BankAccounts>, 'balance_minor' | 'available_minor'>

function toAccount(cipher: FieldCipher, row: AccountRow): Account {
  const { id, type, balance_minor: balanceMinor, available_minor: availableMinor } = row
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
    bankAccountId: row.bank_account_id,
    ...shownBalances({ type, balanceMinor, availableMinor }),
    limitMinor: row.limit_minor,
    numbers: readNumbers(cipher, id, row.numbers_cipher),
    owners: JSON.parse(cipher.decrypt(row.owners_cipher, cell('owners_cipher', id))) as Owner[],
  }
}

export function readNumbers(
  cipher: FieldCipher,
  accountId: string,
  numbersCipher: string | null,
): AccountNumbers | null {
  if (numbersCipher === null) return null
  return JSON.parse(cipher.decrypt(numbersCipher, cell('numbers_cipher', accountId))) as AccountNumbers
}
