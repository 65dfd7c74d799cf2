import { newId } from '@paddock/kernel'
import { ledgerAccountId, openAccounts, post, readBalances } from '@paddock/ledger'
import { freshDatabase, freshFolder } from '@paddock/pg-test'
import { openDatabase, WorldClock } from '@paddock/service'
import { expect } from 'vitest'
import type { AccountId } from '../src/accounts/account.ts'
import { findAsset } from '../src/assets/asset.ts'
import type { BrokerConfig } from '../src/config.ts'
import type { DB } from '../src/db/schema.ts'
import { brokerMigrations, startBroker } from '../src/index.ts'
import { quoteOf } from '../src/market/market.ts'

/** Friday noon in New York: the exchange is open. */
export const FRIDAY_NOON = Temporal.Instant.from('2026-11-20T17:00:00Z')

/** The day after: it is closed. */
export const SATURDAY = Temporal.Instant.from('2026-11-21T17:00:00Z')

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field in tests
  readonly body: any
}

export interface WorldOptions {
  readonly at?: Temporal.Instant
  readonly marketHours?: BrokerConfig['marketHours']
  readonly cashMinor?: bigint
  readonly seed?: string
  readonly fees?: BrokerConfig['fees']
}

/** The body of an answer that must be a 200. */
export async function must(answer: Promise<Answer>): Promise<Answer['body']> {
  const { status, body } = await answer
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}

/** A booted broker on a database of its own, with a clock that stands still and alice, who has cash. */
export async function tradingWorld(options: WorldOptions = {}) {
  const database = await freshDatabase({ schema: 'broker', sources: brokerMigrations })
  const folder = await freshFolder()
  const clock = new WorldClock({ frozenAt: options.at ?? FRIDAY_NOON })
  const config: BrokerConfig = {
    host: '127.0.0.1',
    port: 0,
    databaseUrl: database.url,
    clock,
    keys: { key: 'test-key', secret: 'test-secret' },
    cipherKey: Buffer.alloc(32, 7),
    bank: { baseUrl: 'http://127.0.0.1:9', clientId: 'nobody', secret: 'nothing' },
    ach: { folder: folder.path, fileKeys: [Buffer.alloc(32, 9)] },
    marketHours: options.marketHours ?? 'always',
    webOrigins: [],
    seed: options.seed ?? 'trading-tests',
    logLevel: 'silent',
    fees: options.fees,
    requestsPerMinute: 1_000_000,
  }
  const db = openDatabase<DB>({ url: database.url, schema: 'broker', maxConnections: 4 })
  const broker = await startBroker(config)
  const authorization = `Basic ${Buffer.from('test-key:test-secret').toString('base64')}`

  async function call(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${broker.url}${path}`, {
      method,
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }

  /** A customer who may trade everything and has this much cash. */
  async function customer(cashMinor: bigint): Promise<AccountId> {
    const id = newId() as AccountId
    const now = clock.now()
    await db
      .insertInto('accounts')
      .values({
        id,
        email_key: `${id}@example.com`,
        status: 'ACTIVE',
        crypto_status: 'ACTIVE',
        account_type: 'trading',
        currency: 'USD',
        enabled_assets: '["us_equity","crypto"]',
        application: '{}',
        search_text: '',
        created_at: now,
        updated_at: now,
      })
      .execute()
    await give(id, cashMinor)
    return id
  }

  async function give(accountId: AccountId, cashMinor: bigint): Promise<void> {
    const cash = ledgerAccountId(accountId, 'cash', 'USD')
    const clearing = ledgerAccountId('firm', 'ach_clearing', 'USD')
    await db.transaction().execute(async (tx) => {
      await openAccounts(tx, [
        { id: cash, owner: accountId, kind: 'cash', asset: 'USD', floor: 0n },
        { id: clearing, owner: 'firm', kind: 'ach_clearing', asset: 'USD', floor: null },
      ])
      if (cashMinor === 0n) return
      const id = newId()
      const cause = { kind: 'test', id, step: 'give' }
      await post(tx, [
        { type: 'post', id, from: clearing, to: cash, amount: cashMinor, cause, at: clock.now() },
      ])
    })
  }

  /** The order once the market has had its turn: it may have executed in part. */
  async function worked(accountId: string, orderId: string): Promise<Answer['body']> {
    for (let tries = 0; tries < 400; tries += 1) {
      const { body } = await call('GET', `${ordersOf(accountId)}/${orderId}`)
      if (!['new', 'accepted'].includes(body.status)) return body
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    throw new Error('the order is still open')
  }

  /** The order once it is done; where a quote was too small for all of it the next one comes a second later. */
  async function settled(accountId: string, orderId: string): Promise<Answer['body']> {
    for (let tries = 0; tries < 400; tries += 1) {
      const body = await worked(accountId, orderId)
      if (body.status !== 'partially_filled') return body
      clock.moveTo(clock.now().add({ seconds: 1 }))
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    throw new Error('the order is still open')
  }

  function order(accountId: string, body: object): Promise<Answer> {
    return call('POST', ordersOf(accountId), { type: 'market', time_in_force: 'day', side: 'buy', ...body })
  }

  const ordersOf = (accountId: string) => `/v1/trading/accounts/${accountId}/orders`
  const alice = await customer(options.cashMinor ?? 10_000_00n)

  return {
    config,
    database,
    alice,
    broker,
    call,
    clock,
    customer,
    db,
    give,
    ordersOf,
    positionsOf: (accountId: string) => `/v1/trading/accounts/${accountId}/positions`,
    quote: (symbol: string) => {
      const asset = findAsset(symbol)
      if (asset === undefined) throw new Error(`no asset ${symbol}`)
      return quoteOf(config, asset, clock.now())
    },
    order,
    settled,
    worked,
    /** Shares bought and paid; answers the execution. */
    async buy(accountId: AccountId, symbol: string, qty: string) {
      const { body } = await order(accountId, { symbol, qty })
      await settled(accountId, body.id)
      return db.selectFrom('fills').selectAll().where('order_id', '=', body.id).executeTakeFirstOrThrow()
    },
    /** The trade events of an account so far, as its stream tells them; it ends because its end has passed. */
    async tradeEvents(accountId: string, path = '/v2/events/trades'): Promise<Answer['body'][]> {
      const until = clock.now()
      clock.moveTo(until.add({ seconds: 1 }))
      const query = new URLSearchParams({ since: '2026-01-01', until: until.toString() })
      // The sequencer may still be at work on the last ones.
      await new Promise((resolve) => setTimeout(resolve, 300))
      const response = await fetch(`${broker.url}${path}?${query}`, { headers: { authorization } })
      const lines = (await response.text()).split('\n').filter((line) => line.startsWith('data: '))
      return lines.map((line) => JSON.parse(line.slice(6))).filter((event) => event.account_id === accountId)
    },
    /** Time enough for a due job to have been found. */
    agendaHasLooked: () => new Promise((resolve) => setTimeout(resolve, 400)),
    async balance(ledgerAccount: string) {
      return (await readBalances(db, [ledgerAccount])).get(ledgerAccount)?.posted ?? 0n
    },
    async cash(accountId: string) {
      const id = ledgerAccountId(accountId, 'cash', 'USD')
      const balance = (await readBalances(db, [id])).get(id)
      return { posted: balance?.posted ?? 0n, held: balance?.pendingOut ?? 0n }
    },
    async [Symbol.asyncDispose]() {
      await broker.close()
      await db.destroy()
      await database[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

export type TradingWorld = Awaited<ReturnType<typeof tradingWorld>>
