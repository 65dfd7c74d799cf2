import { createHash, randomBytes } from 'node:crypto'
import { type MigrationSource, migrate, readMigrations } from '@paddock/service'
import pg from 'pg'

export interface TestDatabase extends AsyncDisposable {
  /** Connection of the owner role, for planting faults and looking behind the curtain. */
  ownerUrl: string
  /** Connection of the server's own role. */
  url: string
  schema: string
}

const ROLE_PASSWORD = 'test'

/** The templates that this process has made or found, by what they are made of. */
const templates = new Map<string, Promise<string>>()

/** A database of its own for one test: a clone of a template that was migrated once for the whole run. */
export async function freshDatabase(options: {
  schema: string
  sources: readonly MigrationSource[]
}): Promise<TestDatabase> {
  const base = process.env.PADDOCK_TEST_DATABASE
  if (base === undefined) throw new Error('no test database: run the tests with vitest from the root')
  const role = `paddock_${options.schema}`
  const wanted = JSON.stringify([base, options])
  const known = templates.get(wanted) ?? templateFor(base, role, options)
  templates.set(wanted, known)
  const template = await known
  const name = `test_${randomBytes(8).toString('hex')}`
  const owner = ownerPool(base)
  await owner.query(`create database ${name} template ${template} strategy file_copy`)
  const ownerUrl = urlOf(base, name)
  const url = urlOf(base, name, role)
  return {
    ownerUrl,
    url,
    schema: options.schema,
    async [Symbol.asyncDispose]() {
      await owner.query(`drop database if exists ${name} with (force)`)
    },
  }
}

/** The owner's connection of this process to each server: databases come and go by the hundreds. */
const owners = new Map<string, pg.Pool>()

function ownerPool(base: string): pg.Pool {
  const known = owners.get(base)
  if (known !== undefined) return known
  const pool = new pg.Pool({
    connectionString: base,
    max: 2,
    idleTimeoutMillis: 5_000,
    allowExitOnIdle: true,
  })
  // The server may end before its last client does.
  pool.on('error', () => undefined)
  owners.set(base, pool)
  return pool
}

async function templateFor(
  base: string,
  role: string,
  { schema, sources }: { schema: string; sources: readonly MigrationSource[] },
): Promise<string> {
  const hash = createHash('sha256').update(schema)
  for (const migration of await readMigrations(sources)) hash.update(migration.checksum)
  const template = `template_${hash.digest('hex').slice(0, 24)}`
  await makeTemplate(base, role, template, { schema, sources })
  return template
}

async function makeTemplate(
  base: string,
  role: string,
  template: string,
  { schema, sources }: { schema: string; sources: readonly MigrationSource[] },
): Promise<void> {
  await withClient(base, async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('paddock-template'))`)
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [template])
    if (rowCount !== 0) return
    const half = `${template}_half`
    await client.query(`drop database if exists ${half} with (force)`)
    await client.query(`create database ${half}`)
    await migrate({ ownerUrl: urlOf(base, half), schema, role, rolePassword: ROLE_PASSWORD, sources })
    await client.query(`alter database ${half} rename to ${template}`)
  })
}

async function withClient<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function urlOf(base: string, database: string, role?: string): string {
  const url = new URL(base)
  url.pathname = `/${database}`
  if (role !== undefined) {
    url.username = role
    url.password = ROLE_PASSWORD
  }
  return url.href
}
