import { openDatabase } from '@paddock/service'
import pg from 'pg'
import { expect, test } from 'vitest'
import { bankChecks } from '../src/index.ts'
import { achWorld, batch, debit } from './ach-world.ts'

/** Each is a way in which books go wrong that no door of the bank allows. */
const faults = [
  { id: 'B1', sql: `update bank.bank_entries set amount_minor = amount_minor + 1 where seq = 2` },
  {
    id: 'B2',
    sql: `update bank.bank_accounts set balance_minor = balance_minor + 1 where kind = 'customer'`,
  },
  { id: 'B2', sql: `delete from bank.bank_entries where seq = 1` },
  { id: 'B3', sql: `update bank.bank_accounts set balance_minor = balance_minor - 1 where kind = 'house'` },
  { id: 'B4', sql: `update bank.ach_statement_lines set amount_minor = amount_minor + 1` },
  { id: 'B5', sql: `update bank.ach_entries set amount_minor = amount_minor + 1` },
]

test('the checks find the books right after a day of ACH, and each planted fault', async () => {
  await using world = await achWorld()
  await world.link()
  await world.send(batch([debit(), debit({ amountMinor: 4040_01n })]))
  await world.until('2026-11-25T18:31')
  const owner = new pg.Client({ connectionString: world.database.ownerUrl })
  await owner.connect()
  const db = openDatabase<Record<string, never>>({ url: world.database.ownerUrl, schema: 'bank' })
  const broken = async () => {
    const results = await Promise.all(bankChecks.map(async ({ id, run }) => ({ id, found: await run(db) })))
    return results.filter(({ found }) => found.length > 0).map(({ id }) => id)
  }
  try {
    expect(await broken()).toEqual([])
    for (const { id, sql } of faults) {
      const undo = await copyTables(owner)
      await owner.query(sql)
      expect(await broken(), sql).toContain(id)
      await undo()
    }
    expect(await broken()).toEqual([])
  } finally {
    await owner.end()
    await db.destroy()
  }
})

const TABLES = ['bank_entries', 'bank_accounts', 'ach_statement_lines', 'ach_entries']

/** Keeps the tables as they are; returns the way back. */
async function copyTables(owner: pg.Client): Promise<() => Promise<void>> {
  for (const table of TABLES) await owner.query(`create temporary table kept_${table} as table bank.${table}`)
  return async () => {
    await owner.query(`set session_replication_role = replica`)
    for (const table of TABLES) {
      await owner.query(`delete from bank.${table}`)
      await owner.query(`insert into bank.${table} select * from kept_${table}`)
      await owner.query(`drop table kept_${table}`)
    }
    await owner.query(`set session_replication_role = default`)
  }
}
