import { assert } from '@paddock/kernel'
import { type Selectable, sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { Db, Tx } from '../db/database.ts'
import { rowsAsJson } from '../db/insert-rows.ts'
import type { FeeDays } from '../db/schema.ts'
import type { FeeDay } from './fee-day.ts'

/** What these accounts owe and has not been booked, by account and day. */
export async function readOpenFeeDays(db: Db, accountIds: readonly AccountId[]): Promise<FeeDay[]> {
  if (accountIds.length === 0) return []
  const rows = await db
    .selectFrom('fee_days')
    .selectAll()
    .where('account_id', '=', sql<AccountId>`any(${accountIds}::uuid[])`)
    .where('booked_at', 'is', null)
    .orderBy('account_id')
    .orderBy('day')
    .execute()
  return rows.map(toFeeDay)
}

/** Writes the totals of days that are still open. The accounts must be locked. */
export async function writeFeeDays(tx: Tx, days: readonly FeeDay[]): Promise<void> {
  if (days.length === 0) return
  const rows = days.map(({ accountId, day, regPico, tafPico, catPico, cryptoPico }) => ({
    account_id: accountId,
    day,
    reg_pico: regPico,
    taf_pico: tafPico,
    cat_pico: catPico,
    crypto_pico: cryptoPico,
  }))
  const { numAffectedRows } = await sql`
    insert into fee_days (account_id, day, reg_pico, taf_pico, cat_pico, crypto_pico)
    select account_id, day, reg_pico, taf_pico, cat_pico, crypto_pico
    from jsonb_populate_recordset(null::fee_days, ${rowsAsJson(rows)}::jsonb)
    on conflict (account_id, day) do update set reg_pico = excluded.reg_pico, taf_pico = excluded.taf_pico,
      cat_pico = excluded.cat_pico, crypto_pico = excluded.crypto_pico
    where fee_days.booked_at is null`.execute(tx)
  assert(numAffectedRows === BigInt(days.length), 'a day of fees was booked before it was over')
}

/** Some accounts that owe fees of days up to `day`, in order of id, after the one that was last. */
export async function findAccountsOwingFees(
  db: Db,
  day: Temporal.PlainDate,
  after: AccountId | undefined,
  limit: number,
): Promise<AccountId[]> {
  let query = db
    .selectFrom('fee_days')
    .select('account_id')
    .distinct()
    .where('booked_at', 'is', null)
    .where('day', '<=', day)
  if (after !== undefined) query = query.where('account_id', '>', after)
  const rows = await query.orderBy('account_id').limit(limit).execute()
  return rows.map(({ account_id }) => account_id as AccountId)
}

export async function markBooked(tx: Tx, days: readonly FeeDay[], at: Temporal.Instant): Promise<void> {
  if (days.length === 0) return
  const rows = days.map(({ accountId, day }) => ({ account_id: accountId, day, booked_at: at }))
  await sql`
    update fee_days set booked_at = done.booked_at
    from jsonb_populate_recordset(null::fee_days, ${rowsAsJson(rows)}::jsonb) as done
    where fee_days.account_id = done.account_id and fee_days.day = done.day`.execute(tx)
}

const toFeeDay = (row: Selectable<FeeDays>): FeeDay => ({
  accountId: row.account_id as AccountId,
  day: row.day,
  regPico: row.reg_pico,
  tafPico: row.taf_pico,
  catPico: row.cat_pico,
  cryptoPico: row.crypto_pico,
})
