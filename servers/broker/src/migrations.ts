import { ledgerMigrations } from '@paddock/ledger'
import { agendaMigrations, type MigrationSource, readMigrations } from '@paddock/service'
import { sql } from 'kysely'
import type { Db } from './db/database.ts'

/** What must be applied to the broker's schema before it starts, in this order. */
export const brokerMigrations: readonly MigrationSource[] = [
  agendaMigrations,
  { name: 'ledger', folder: ledgerMigrations },
  { name: 'broker', folder: new URL('../migrations/', import.meta.url) },
]

/** Throws unless the schema has exactly the migrations of this version. */
export async function requireMigrated(db: Db): Promise<void> {
  const expected = await readMigrations(brokerMigrations)
  const { rows } = await sql<{ checksum: string }>`select checksum from migrations`.execute(db)
  const applied = new Set(rows.map(({ checksum }) => checksum))
  const missing = expected.filter(({ checksum }) => !applied.has(checksum))
  if (missing.length > 0 || rows.length !== expected.length) {
    throw new Error(`the database is of another version: ${missing.map(({ file }) => file).join(', ')}`)
  }
}
