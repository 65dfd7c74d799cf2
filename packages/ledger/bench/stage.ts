import { startThrowAwayPostgres } from '@paddock/pg-embedded'
import { type Db, migrate, openDatabase } from '@paddock/service'
import { sql } from 'kysely'
import { type LedgerTables, ledgerMigrations } from '../src/index.ts'

const SCHEMA = 'ledger_bench'
const ROLE = 'paddock_ledger_bench'
const ROLE_PASSWORD = 'bench'

export interface Stage extends AsyncDisposable {
  /** As a server would use it: the role that owns nothing. */
  db: Db<LedgerTables>
  /** Empties the books, opens `accounts` accounts with money on them, and settles the disk. */
  reset(accounts: number): Promise<void>
  settings(): Promise<Record<string, string>>
}

/** A PostgreSQL with its safe defaults (`fsync` and `synchronous_commit` on), ours for the run or a given one. */
export async function openStage(givenUrl: string | undefined): Promise<Stage> {
  const own = givenUrl === undefined ? await startThrowAwayPostgres() : undefined
  const ownerUrl = own?.url('postgres') ?? givenUrl ?? ''
  const sources = [{ name: 'ledger', folder: ledgerMigrations }]
  await migrate({ ownerUrl, schema: SCHEMA, role: ROLE, rolePassword: ROLE_PASSWORD, sources })
  const roleUrl = new URL(ownerUrl)
  roleUrl.username = ROLE
  roleUrl.password = ROLE_PASSWORD
  const owner = openDatabase<LedgerTables>({
    url: ownerUrl,
    schema: SCHEMA,
    maxConnections: 1,
    statementTimeoutMs: 60_000,
  })
  const db = openDatabase<LedgerTables>({ url: roleUrl.href, schema: SCHEMA })
  return {
    db,
    reset: (accounts) => reset(owner, accounts),
    settings: () => readSettings(owner),
    async [Symbol.asyncDispose]() {
      await db.destroy()
      await sql`drop schema ${sql.id(SCHEMA)} cascade`.execute(owner)
      await owner.destroy()
      await own?.stop()
    },
  }
}

async function reset(owner: Db<LedgerTables>, accounts: number): Promise<void> {
  await sql`truncate ledger_transfers, ledger_entries, ledger_accounts`.execute(owner)
  await sql`
    insert into ledger_accounts (id, owner, kind, asset, floor, posted)
    select lpad(n::text, 36, '0') || ':cash:USD', lpad(n::text, 36, '0'), 'cash', 'USD', 0, 1000000000000
    from generate_series(1, ${accounts}::int) as n`.execute(owner)
  for (const table of ['ledger_accounts', 'ledger_transfers', 'ledger_entries']) {
    await sql`vacuum analyze ${sql.table(table)}`.execute(owner)
  }
  await sql`checkpoint`.execute(owner)
}

async function readSettings(owner: Db<LedgerTables>): Promise<Record<string, string>> {
  const { rows } = await sql<{ name: string; setting: string }>`
    select name, setting from pg_settings
    where name in ('server_version', 'fsync', 'synchronous_commit', 'shared_buffers', 'max_wal_size')
    order by name`.execute(owner)
  return Object.fromEntries(rows.map((row) => [row.name, row.setting]))
}
