import type { Socket } from 'node:net'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'

/** More texts than this are made up on the way, such as lists of any length: the rest is sent as it is. */
const MOST_TEXTS = 1_000

/**
 * A pool whose connections have PostgreSQL read a statement only once when it comes again and again, and send what is
 * begun in one turn of the event loop in one piece.
 */
export class PreparedPool implements PostgresPool {
  readonly options: pg.PoolConfig
  readonly #pool: pg.Pool
  readonly #clients = new WeakMap<pg.PoolClient, PostgresPoolClient>()

  constructor(pool: pg.Pool) {
    this.options = pool.options
    this.#pool = pool
  }

  async connect(): Promise<PostgresPoolClient> {
    const client = await this.#pool.connect()
    const known = this.#clients.get(client) ?? wrap(client)
    this.#clients.set(client, known)
    return known
  }

  end(): Promise<void> {
    return this.#pool.end()
  }
}

function wrap(client: pg.PoolClient): PostgresPoolClient {
  const gather = gathering(client)
  const nameOf = naming()
  const send = (text: string, parameters: readonly unknown[]) => {
    gather()
    // What has no parameters, such as a commit, is not worth a plan.
    const name = parameters.length === 0 ? undefined : nameOf(text)
    if (name === undefined) return client.query(text, parameters as unknown[])
    return client.query({ name, text, values: parameters as unknown[] })
  }
  // Cursors, the other use of `query`, are not for prepared connections.
  const query = send as unknown as PostgresPoolClient['query']
  return { query, release: (isBroken?: boolean) => client.release(isBroken) }
}

/** The name of a text from its second time on: most texts that are made up on the way come once. */
function naming(): (text: string) => string | undefined {
  const names = new Map<string, string | undefined>()
  let named = 0
  return (text) => {
    const name = names.get(text)
    if (name !== undefined) return name
    if (names.has(text)) names.set(text, `s${++named}`)
    else if (names.size < MOST_TEXTS) names.set(text, undefined)
    return names.get(text)
  }
}

/** Holds back what a connection writes until this turn of the event loop has nothing more to say. */
function gathering(client: pg.PoolClient): () => void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  let isHeldBack = false
  return () => {
    if (isHeldBack) return
    isHeldBack = true
    stream.cork()
    process.nextTick(() => {
      isHeldBack = false
      stream.uncork()
    })
  }
}
