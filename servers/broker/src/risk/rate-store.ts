import { sql } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import { insertRows } from '../db/insert-rows.ts'
import type { RateLevel, ReturnFigures } from './return-rates.ts'

export type KeptFigures = ReturnFigures & { readonly level: RateLevel }

/** Keeps the rates of a day; false when it has them already. A day on which nothing was sent has no rows. */
export async function insertRates(
  tx: Tx,
  day: Temporal.PlainDate,
  figures: readonly KeptFigures[],
  now: Temporal.Instant,
): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`return rates ${day}`}, 0))`.execute(tx)
  if ((await listRates(tx, day)).length > 0) return false
  await insertRows(
    tx,
    'ach_return_rates',
    figures.map((one) => ({
      day,
      company_id: one.companyId,
      sec_code: one.secCode,
      purpose: one.purpose,
      entries: one.entries,
      unauthorized: one.unauthorized,
      administrative: one.administrative,
      overall: one.overall,
      level: one.level,
      created_at: now,
    })),
  )
  return true
}

/** What was found in the morning of a day. */
export async function listRates(db: Db, day: Temporal.PlainDate): Promise<KeptFigures[]> {
  const rows = await db
    .selectFrom('ach_return_rates')
    .selectAll()
    .where('day', '=', day)
    .orderBy('company_id')
    .orderBy('sec_code')
    .orderBy('purpose')
    .execute()
  return rows.map((row) => ({
    companyId: row.company_id,
    secCode: row.sec_code,
    purpose: row.purpose as KeptFigures['purpose'],
    entries: row.entries,
    unauthorized: row.unauthorized,
    administrative: row.administrative,
    overall: row.overall,
    level: row.level as RateLevel,
  }))
}
