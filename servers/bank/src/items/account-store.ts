import { createHash } from 'node:crypto'
import type { VerificationStatus } from '@paddock/bank-wire'
import type { FieldCipher } from '@paddock/service'
import type { Selectable } from 'kysely'
import type { BankAccount } from '../bank-accounts/bank-account.ts'
import { shownBalances } from '../bank-accounts/open-accounts.ts'
import type { BankContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import type { Accounts, BankAccounts } from '../db/schema.ts'
import type { AccountNumbers, Described, Owner } from '../personas/draft-account.ts'
import { objectIdOf } from '../tokens/object-id.ts'
import { isTyped } from '../verification/verification-status.ts'
import type { Account, Item } from './item.ts'

const cell = (column: string, accountId: string) => ({ table: 'bank.accounts', column, rowId: accountId })

/** An account that becomes one of an item. */
export type SharedAccount = BankAccount & { verificationStatus?: VerificationStatus | null }

/** Stores the accounts that the person shared and answers them. The same account in the same item has the same id. */
export async function insertAccounts(
  ctx: BankContext,
  tx: Tx,
  item: { clientId: string; id: string },
  shared: readonly SharedAccount[],
): Promise<Account[]> {
  if (shared.length === 0) return []
  const { last } = await tx
    .selectFrom('accounts')
    .select((row) => row.fn.max('position').as('last'))
    .where('client_id', '=', item.clientId)
    .where('item_id', '=', item.id)
    .executeTakeFirstOrThrow()
  const first = last === null ? 0 : last + 1
  const accounts = shared.map((account) => ({
    ...account,
    id: accountIdOf(item.id, account.bankAccountId),
    itemId: item.id,
    verificationStatus: account.verificationStatus ?? null,
    verificationMisses: 0,
  }))
  await tx
    .insertInto('accounts')
    .values(accounts.map((account, place) => toRow(ctx.cipher, item.clientId, account, first + place)))
    .execute()
  return accounts
}

/** Forgets accounts of an item and the tokens that reach them. */
export async function deleteAccounts(tx: Tx, item: Item, accounts: readonly Account[]): Promise<void> {
  if (accounts.length === 0) return
  const ids = accounts.map(({ id }) => id)
  await tx
    .deleteFrom('processor_tokens')
    .where('client_id', '=', item.clientId)
    .where('account_id', 'in', ids)
    .execute()
  await tx.deleteFrom('accounts').where('client_id', '=', item.clientId).where('id', 'in', ids).execute()
}

/** Notes how far it is shown that an account of a locked item is the person's. */
export async function setVerification(
  tx: Tx,
  item: Item,
  accountId: string,
  { status, misses }: { status: VerificationStatus; misses?: number },
): Promise<void> {
  await tx
    .updateTable('accounts')
    .set({ verification_status: status, ...(misses !== undefined && { verification_misses: misses }) })
    .where('client_id', '=', item.clientId)
    .where('item_id', '=', item.id)
    .where('id', '=', accountId)
    .execute()
}

function accountIdOf(itemId: string, bankAccountId: string): string {
  return objectIdOf(createHash('sha256').update(`account|${itemId}|${bankAccountId}`).digest())
}

/** All accounts of an item, in the bank's order, with the balances of now. */
export async function listAccounts(ctx: BankContext, db: Db | Tx, item: Item): Promise<Account[]> {
  const rows = await db
    .selectFrom('accounts')
    .innerJoin('bank_accounts as booked', 'booked.id', 'accounts.bank_account_id')
    .selectAll('accounts')
    .select(['booked.balance_minor', 'booked.available_minor', 'booked.described'])
    .where('accounts.client_id', '=', item.clientId)
    .where('accounts.item_id', '=', item.id)
    .orderBy('booked.position')
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
    verification_status: account.verificationStatus,
    verification_misses: account.verificationMisses,
    numbers_cipher:
      numbers === null ? null : cipher.encrypt(JSON.stringify(numbers), cell('numbers_cipher', id)),
    owners_cipher: cipher.encrypt(JSON.stringify(owners), cell('owners_cipher', id)),
  }
}

type AccountRow = Selectable<Accounts> &
  Pick<Selectable<BankAccounts>, 'balance_minor' | 'available_minor' | 'described'>

function toAccount(cipher: FieldCipher, row: AccountRow): Account {
  const { id, type, balance_minor: balanceMinor, available_minor: availableMinor } = row
  const verificationStatus = row.verification_status as VerificationStatus | null
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
    ...(isTyped(verificationStatus)
      ? { currentMinor: null, availableMinor: null }
      : shownBalances({ type, balanceMinor, availableMinor })),
    limitMinor: row.limit_minor,
    ...(row.described !== null && { described: row.described as unknown as Described }),
    verificationStatus,
    verificationMisses: row.verification_misses,
    // Opened only where somebody looks: most calls tell neither.
    get numbers() {
      return readNumbers(cipher, id, row.numbers_cipher)
    },
    get owners() {
      return JSON.parse(cipher.decrypt(row.owners_cipher, cell('owners_cipher', id))) as Owner[]
    },
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
