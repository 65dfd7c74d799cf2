import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { DomainError } from '@paddock/kernel'
import pg from 'pg'

/** A folder of `NNNN_name.sql` files. Sources are applied in the given order, files by name. */
export interface MigrationSource {
  name: string
  folder: URL
}

export interface MigrateOptions {
  ownerUrl: string
  schema: string
  /** The server's role: may use the schema's tables, owns none. `{{role}}` in a migration stands for it. */
  role: string
  rolePassword: string
  sources: readonly MigrationSource[]
}

export type MigrationProblem = 'foreign_database' | 'migration_changed' | 'database_is_newer'

export class MigrationRefused extends DomainError<MigrationProblem> {
  override readonly name = 'MigrationRefused'
}

interface Migration {
  source: string
  file: string
  sql: string
  checksum: string
}

/** The files behind `sources`, in the order in which they are applied. */
export async function readMigrations(sources: readonly MigrationSource[]): Promise<Migration[]> {
  const migrations: Migration[] = []
  for (const { name, folder } of sources) {
    const directory = fileURLToPath(folder)
    const files = (await readdir(directory)).filter((file) => file.endsWith('.sql')).sort()
    for (const file of files) {
      const sql = await readFile(path.join(directory, file), 'utf8')
      const checksum = createHash('sha256').update(sql).digest('hex')
      migrations.push({ source: name, file, sql, checksum })
    }
  }
  return migrations
}

/** Brings one schema to the present version. Forward only; a changed or unknown past is refused, not repaired. */
export async function migrate(options: MigrateOptions): Promise<void> {
  const migrations = await readMigrations(options.sources)
  const client = new pg.Client({ connectionString: options.ownerUrl, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    // Two servers that start at once must not migrate at once.
    await client.query(`select pg_advisory_lock(hashtext('paddock-migrate'))`)
    await prepareSchema(client, options)
    await applyMissing(client, options, migrations)
  } finally {
    await client.end()
  }
}

async function prepareSchema(client: pg.Client, options: MigrateOptions): Promise<void> {
  const schema = client.escapeIdentifier(options.schema)
  const role = client.escapeIdentifier(options.role)
  await refuseForeignSchema(client, options.schema)
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [options.role])
  const verb = rowCount === 0 ? 'create' : 'alter'
  await client.query(`${verb} role ${role} login password ${client.escapeLiteral(options.rolePassword)}`)
  await client.query(`create schema if not exists ${schema}`)
  await client.query(`grant usage on schema ${schema} to ${role}`)
  await client.query(
    `alter default privileges in schema ${schema} grant select, insert, update, delete on tables to ${role}`,
  )
  await client.query(`alter default privileges in schema ${schema} grant usage on sequences to ${role}`)
  await client.query(`create table if not exists ${schema}.migrations (
    source text not null,
    file text not null,
    checksum text not null,
    applied_at timestamptz not null default now(),
    primary key (source, file)
  )`)
  await client.query(`revoke all on ${schema}.migrations from ${role}`)
  await client.query(`grant select on ${schema}.migrations to ${role}`)
}

/** A schema of our name with tables but without our list of migrations is somebody else's. */
async function refuseForeignSchema(client: pg.Client, schema: string): Promise<void> {
  const { rows } = await client.query<{ table_name: string }>(
    'select table_name from information_schema.tables where table_schema = $1',
    [schema],
  )
  if (rows.length > 0 && !rows.some((row) => row.table_name === 'migrations')) {
    throw new MigrationRefused('foreign_database', { schema })
  }
}

async function applyMissing(client: pg.Client, options: MigrateOptions, migrations: Migration[]) {
  const schema = client.escapeIdentifier(options.schema)
  const { rows } = await client.query<{ source: string; file: string; checksum: string }>(
    `select source, file, checksum from ${schema}.migrations`,
  )
  const applied = new Map(rows.map((row) => [`${row.source}/${row.file}`, row.checksum]))
  for (const { source, file, sql, checksum } of migrations) {
    const key = `${source}/${file}`
    const before = applied.get(key)
    applied.delete(key)
    if (before === checksum) continue
    if (before !== undefined) throw new MigrationRefused('migration_changed', { migration: key })
    await client.query('begin')
    await client.query(`set local search_path to ${schema}`)
    await client.query(sql.replaceAll('{{role}}', client.escapeIdentifier(options.role)))
    await client.query(`insert into ${schema}.migrations (source, file, checksum) values ($1, $2, $3)`, [
      source,
      file,
      checksum,
    ])
    await client.query('commit')
  }
  const unknown = [...applied.keys()][0]
  if (unknown !== undefined) throw new MigrationRefused('database_is_newer', { migration: unknown })
}
