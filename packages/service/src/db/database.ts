import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { teachTemporalToPostgres, typeParsers } from './pg-types.ts'
import { PreparedPool } from './prepared-pool.ts'

export type Db<Tables> = Kysely<Tables>
export type Tx<Tables> = Transaction<Tables>

export interface DatabaseOptions {
  /** Connection of the server's own role, which owns nothing. */
  url: string
  /** The only schema on the search path: no server sees another one's tables. */
  schema: string
  maxConnections?: number
  /**
   * Statements are read and planned once a connection, for keys and not for the sizes that tables have at that moment:
   * right where few statements are sent very often, and every one of them has its index.
   */
  prepared?: boolean
  /** A statement that runs longer is cancelled by the server. Default 15,000. */
  statementTimeoutMs?: number
}

/** Opens a pool. Connections are made on first use; a lost connection is replaced, never reported twice. */
export function openDatabase<Tables>(options: DatabaseOptions): Db<Tables> {
  teachTemporalToPostgres()
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: 10_000,
    types: typeParsers as never,
    application_name: `paddock-${options.schema}`,
    // Statements that are begun together travel together (see `pipelined`).
    pipeline: true,
    options: settingsOf(options),
  })
  // An idle connection that breaks must not end the process: the pool drops it and opens another.
  pool.on('error', () => undefined)
  // Nor one that breaks in the middle of a transaction, between two statements: the next one tells.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: options.prepared === true ? new PreparedPool(pool) : pool }),
  })
}

/** A plan that is made once, perhaps on empty tables, must be right when they are full: it goes by indexes. */
const PLANNED_ONCE = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  enable_material: 'off',
}

function settingsOf({ schema, statementTimeoutMs = 15_000, prepared = false }: DatabaseOptions): string {
  const settings = {
    search_path: schema,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: 30_000,
    timezone: 'UTC',
    random_page_cost: 1.1,
    ...(prepared ? PLANNED_ONCE : {}),
  }
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
}

const UNIQUE_VIOLATION = '23505'

/** True when `error` is a refused duplicate of the named constraint (of any, when none is named). */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (!(error instanceof Error) || (error as { code?: unknown }).code !== UNIQUE_VIOLATION) return false
  return constraint === undefined || (error as { constraint?: unknown }).constraint === constraint
}
