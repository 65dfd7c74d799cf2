import { createHmac } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { bankMigrations } from '@paddock/bank'
import { brokerMigrations } from '@paddock/broker'
import { runningPostgres, startEmbeddedPostgres } from '@paddock/pg-embedded'
import { platformMigrations } from '@paddock/platform'
import { type MigrationSource, migrate } from '@paddock/service'
import pg from 'pg'
import type { ServerName } from './arguments.ts'
import { runningServers } from './process-lock.ts'
import type { Secrets } from './secrets.ts'
import { dataDirOf, type Settings } from './settings.ts'
import { StartRefused } from './start-refused.ts'

export interface Database {
  /** Connection of the role that owns the tables: for migrations and the invariant checker. */
  ownerUrl: string
  /** Connection of a server's own role, which owns nothing and sees only its schema. */
  serverUrl(server: ServerName): string
  stop(): Promise<void>
}

export const migrationsOf: Readonly<Record<ServerName, readonly MigrationSource[]>> = {
  bank: bankMigrations,
  broker: brokerMigrations,
  platform: platformMigrations,
}

const DATABASE = 'paddock'

/** Starts or finds the database that the settings name; migrates nothing yet. */
export async function openServerDatabase(settings: Settings, secrets: Secrets): Promise<Database> {
  if (settings.DATABASE_URL !== undefined) {
    await connectOnce(settings.DATABASE_URL)
    return describe(settings.DATABASE_URL, secrets, async () => undefined)
  }
  const dataDir = dataDirOf(settings)
  const attached = await attach(dataDir, secrets)
  if (attached !== undefined) return describe(attached, secrets, async () => undefined)

  const postgres = await startEmbeddedPostgres({ dataDir, password: secrets.database_password })
  try {
    await createDatabase(postgres.url('postgres'))
  } catch (error) {
    await postgres.stop()
    throw error
  }
  return describe(postgres.url(DATABASE), secrets, () => postgres.stop())
}

/** The database of the data folder as it runs now, for commands that only look. */
export async function findRunningDatabase(
  settings: Settings,
  secrets: Secrets,
): Promise<Database | undefined> {
  if (settings.DATABASE_URL !== undefined) return openServerDatabase(settings, secrets)
  const running = await runningPostgres(dataDirOf(settings), secrets.database_password)
  return running && describe(running.url(DATABASE), secrets, async () => undefined)
}

/** Brings the schemas of the given servers to the present version. */
export async function migrateServers(database: Database, servers: readonly ServerName[], secrets: Secrets) {
  for (const server of servers) {
    const role = roleOf(server)
    await migrate({
      ownerUrl: database.ownerUrl,
      schema: server,
      role,
      rolePassword: rolePassword(role, secrets),
      sources: migrationsOf[server],
    })
  }
}

/** Another process of ours that runs on the same folder has the database already. */
async function attach(dataDir: string, secrets: Secrets): Promise<string | undefined> {
  const others = await runningServers(dataDir)
  if (others.length === 0) return undefined
  const running = await runningPostgres(dataDir, secrets.database_password)
  return running?.url(DATABASE)
}

function describe(ownerUrl: string, secrets: Secrets, stop: () => Promise<void>): Database {
  return {
    ownerUrl,
    stop,
    serverUrl(server) {
      const url = new URL(ownerUrl)
      url.username = roleOf(server)
      url.password = rolePassword(roleOf(server), secrets)
      return url.href
    },
  }
}

const roleOf = (server: ServerName) => `paddock_${server}`

/** A password of its own for each role, from the one secret that is kept. */
function rolePassword(role: string, secrets: Secrets): string {
  return createHmac('sha256', secrets.role_password).update(role).digest('base64url')
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (rowCount === 0) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}

const MINIMUM_VERSION = 150_000

async function connectOnce(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ version: number; may_create_roles: boolean }>(
      `select current_setting('server_version_num')::integer as version,
        (select rolcreaterole or rolsuper from pg_roles where rolname = current_user) as may_create_roles`,
    )
    const found = rows[0]
    if (found === undefined || found.version < MINIMUM_VERSION) {
      throw new Error(`it is version ${found?.version}; PostgreSQL 15 or newer is needed`)
    }
    if (!found.may_create_roles) {
      throw new Error('its user may not create roles (each server gets one of its own): grant it CREATEROLE')
    }
  } catch (error) {
    const { host } = new URL(url)
    throw new StartRefused('database_unreachable', {
      message: `The database of DATABASE_URL (${host}) cannot be used: ${error instanceof Error ? error.message : error}.\nCheck that it runs and that the address, user and password are right, or clear DATABASE_URL to use the embedded one.`,
    })
  } finally {
    await Promise.race([client.end().catch(() => undefined), wait(1_000, undefined, { ref: false })])
  }
}
