import type { Socket } from 'node:net'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'

/**
 * A pool whose connections have PostgreSQL read and plan each statement once, and send those that are begun in one turn
 * of the event loop in one piece. For statements whose texts are few: each stays prepared as long as its connection.
 */
export class PreparedPool implements PostgresPool {
  readonly options: pg.PoolConfig
  readonly #pool: pg.Pool
  readonly #clients = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  readonly #names = new Map<string, string>()

  constructor(pool: pg.Pool) {
    this.options = pool.options
    this.#pool = pool
  }

  async connect(): Promise<PostgresPoolClient> {
    const client = await this.#pool.connect()
    const known = this.#clients.get(client) ?? this.#wrap(client)
    this.#clients.set(client, known)
    return known
  }

  end(): Promise<void> {
    return this.#pool.end()
  }

  #wrap(client: pg.PoolClient): PostgresPoolClient {
    const gather = gathering(client)
    const send = (text: string, parameters: readonly unknown[]) => {
      gather()
      // What has no parameters, such as a commit, is not worth a plan.
      if (parameters.length === 0) return client.query(text)
      return client.query({ name: this.#nameOf(text), text, values: parameters as unknown[] })
    }
    // Cursors, the other use of `query`, are not for prepared connections.
    const query = send as unknown as PostgresPoolClient['query']
    return { query, release: (isBroken?: boolean) => client.release(isBroken) }
  }

  #nameOf(text: string): string {
    const known = this.#names.get(text) ?? `s${this.#names.size}`
    this.#names.set(text, known)
    return known
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
