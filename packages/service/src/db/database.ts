import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { teachTemporalToPostgres, typeParsers } from './pg-types.ts'

export type Db<Tables> = Kysely<Tables>
export type Tx<Tables> = Transaction<Tables>

export interface DatabaseOptions {
  /** Connection of the server's own role, which owns nothing. */
  url: string
  /** The only schema on the search path: no server sees another one's tables. */
  schema: string
  maxConnections?: number
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
    options: `-c search_path=${options.schema} -c statement_timeout=${options.statementTimeoutMs ?? 15_000} -c idle_in_transaction_session_timeout=30000 -c timezone=UTC -c random_page_cost=1.1`,
  })
  // An idle connection that breaks must not end the process: the pool drops it and opens another.
  pool.on('error', () => undefined)
  // Nor one that breaks in the middle of a transaction, between two statements: the next one tells.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}

const UNIQUE_VIOLATION = '23505'

/** True when `error` is a refused duplicate of the named constraint (of any, when none is named). */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (!(error instanceof Error) || (error as { code?: unknown }).code !== UNIQUE_VIOLATION) return false
  return constraint === undefined || (error as { constraint?: unknown }).constraint === constraint
}
