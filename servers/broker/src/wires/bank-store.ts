import { isUniqueViolation } from '@paddock/service'
import { type Selectable, sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { BrokerContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import { type BankId, BankRejected, type BankStatus, type RecipientBank } from './recipient-bank.ts'

const TABLE = 'recipient_banks'

const cell = (rowId: string) => ({ table: TABLE, column: 'account_number_cipher', rowId })

/** Stores a new bank, its account number encrypted. The account must be locked. */
export async function insertBank(
  { cipher }: Pick<BrokerContext, 'cipher'>,
  tx: Tx,
  bank: RecipientBank,
): Promise<void> {
  const { id, address } = bank
  try {
    await tx
      .insertInto(TABLE)
      .values({
        account_id: bank.accountId,
        id,
        status: bank.status,
        name: bank.name,
        bank_code: bank.bankCode,
        bank_code_type: bank.bankCodeType,
        account_number_cipher: cipher.encrypt(bank.accountNumber, cell(id)),
        country: address.country,
        state_province: address.stateProvince,
        postal_code: address.postalCode,
        city: address.city,
        street_address: address.streetAddress,
        created_at: bank.createdAt,
        updated_at: bank.updatedAt,
      })
      .execute()
  } catch (error) {
    if (isUniqueViolation(error, 'one_active_recipient_bank')) throw new BankRejected('bank_exists')
    throw error
  }
}

export type BankFilter = {
  readonly statuses: readonly BankStatus[]
  /** Part of the bank's name, in any case. */
  readonly name: string | undefined
}

/** Newest first. */
export async function listBanks(
  { db, cipher }: Pick<BrokerContext, 'db' | 'cipher'>,
  accountId: AccountId,
  { statuses, name }: BankFilter,
): Promise<RecipientBank[]> {
  let query = db
    .selectFrom(TABLE)
    .selectAll()
    .where('account_id', '=', accountId)
    .where('status', 'in', statuses)
  if (name !== undefined) {
    query = query.where(sql<boolean>`strpos(lower(name), ${name.toLowerCase()}) > 0`)
  }
  const rows = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(1_000).execute()
  return rows.map((row) => toBank(cipher, row))
}

/** The status of a bank, whatever it is; nothing when the account has no such bank. */
export async function findBankStatus(
  db: Db,
  accountId: AccountId,
  id: BankId,
): Promise<BankStatus | undefined> {
  const row = await db
    .selectFrom(TABLE)
    .select('status')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.status as BankStatus | undefined
}

export async function setBankStatus(
  tx: Tx,
  accountId: AccountId,
  id: BankId,
  status: BankStatus,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable(TABLE)
    .set({ status, updated_at: now })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute()
}

function toBank(cipher: BrokerContext['cipher'], row: Selectable<DB[typeof TABLE]>): RecipientBank {
  return {
    id: row.id as BankId,
    accountId: row.account_id as AccountId,
    status: row.status as BankStatus,
    name: row.name,
    bankCode: row.bank_code,
    bankCodeType: row.bank_code_type as RecipientBank['bankCodeType'],
    accountNumber: cipher.decrypt(row.account_number_cipher, cell(row.id)),
    address: {
      country: row.country,
      stateProvince: row.state_province,
      postalCode: row.postal_code,
      city: row.city,
      streetAddress: row.street_address,
    },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
