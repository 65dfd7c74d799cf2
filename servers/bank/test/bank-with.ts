import { freshDatabase, type TestDatabase } from '@paddock/pg-test'
import { WorldClock } from '@paddock/service'
import { Configuration, PlaidApi } from 'plaid'
import { type BankConfig, type BankServer, bankMigrations, startBank } from '../src/index.ts'

export const START = Temporal.Instant.from('2026-11-20T15:00:00Z')

export const keys = { clientId: 'paddock-demo-client', secret: 'paddock-demo-secret' }
const other = { clientId: 'other-client', secret: 'other-secret' }
export const alpaca = { clientId: 'alpaca-client', secret: 'alpaca-secret', processor: 'alpaca' }

export interface TestBank extends AsyncDisposable {
  url: string
  clock: WorldClock
  database: TestDatabase
  /** Our application, another one, and the partner that redeems processor tokens. */
  client: PlaidApi
  stranger: PlaidApi
  partner: PlaidApi
  /** Ends the server and starts it again on the same database. */
  restart(): Promise<void>
  /** A call with exactly this body and our keys. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>
}

export interface Answer {
  status: number
  body: Record<string, unknown>
  headers: Headers
}

/** A bank on a database of its own, at a standing clock, with its official clients. */
export async function bankWith(changes: Partial<BankConfig> = {}): Promise<TestBank> {
  const database = await freshDatabase({ schema: 'bank', sources: bankMigrations })
  const clock = new WorldClock({ frozenAt: START })
  const config = (port: number): BankConfig => ({
    host: '127.0.0.1',
    port,
    databaseUrl: database.url,
    clock,
    keys,
    partners: [other, alpaca],
    cipherKey: Buffer.alloc(32, 7),
    linkOrigins: ['http://localhost:4000'],
    logLevel: 'silent',
    seed: 'test',
    ...changes,
  })
  let server: BankServer = await startBank(config(0))
  const { url } = server
  const close = async () => {
    await server.close()
    await database[Symbol.asyncDispose]()
  }
  return {
    url,
    clock,
    database,
    client: plaidClient(url, keys),
    stranger: plaidClient(url, other),
    partner: plaidClient(url, alpaca),
    async restart() {
      await server.close()
      server = await startBank(config(Number(new URL(url).port)))
    },
    post: (path, body, headers) => post(url, path, body, headers),
    [Symbol.asyncDispose]: close,
  }
}

export function plaidClient(basePath: string, { clientId, secret }: { clientId: string; secret: string }) {
  const headers = { 'PLAID-CLIENT-ID': clientId, 'PLAID-SECRET': secret, 'Plaid-Version': '2020-09-14' }
  return new PlaidApi(new Configuration({ basePath, baseOptions: { headers, timeout: 20_000 } }))
}

async function post(
  url: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {
    'plaid-client-id': keys.clientId,
    'plaid-secret': keys.secret,
    'content-type': 'application/json',
  },
): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: text })
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    headers: response.headers,
  }
}
