import { readBalances } from '@paddock/ledger'
import type { UsdMinor } from '@paddock/money'
import { openDatabase } from '@paddock/service'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { FIRM_ACCOUNT_ID } from '../src/firm/firm-account.ts'
import { brokerChecks } from '../src/index.ts'
import { type Answer, brokerWorld } from './broker-world.ts'

const MUCH = 1_000_000_00n as UsdMinor

/** What `/_sim/market/{symbol}` can be told. */
export type MarketWish = {
  readonly price?: string
  readonly halted?: boolean
  readonly fill_mode?: 'normal' | 'never' | 'reject' | 'partial' | 'later'
  readonly partial_qty?: string
}

type Options = Parameters<typeof brokerWorld>[0] & {
  /** Cents that alice has; the firm has $50,000 to give. */
  readonly cashMinor?: bigint
}

/** A broker whose prices stand still until a test moves them, and alice, who has cash. */
export async function orderWorld({ cashMinor = 10_000_00n, ...config }: Options = {}) {
  const world = await brokerWorld({ journals: { perJournalMinor: MUCH, perDayMinor: MUCH }, ...config })
  const { call, must, db } = world
  const sim = (path: string, body: object = {}) => must(call('POST', `/_sim/${path}`, body))
  const ordersOf = (accountId: string) => `/v1/trading/accounts/${accountId}/orders`
  const positionsOf = (accountId: string) => `/v1/trading/accounts/${accountId}/positions`

  /** Cash from the firm, which is there at once. */
  async function give(accountId: string, amountMinor: bigint): Promise<void> {
    const amount = `${amountMinor / 100n}.${String(amountMinor % 100n).padStart(2, '0')}`
    const journal = { entry_type: 'JNLC', from_account: FIRM_ACCOUNT_ID, to_account: accountId, amount }
    await must(call('POST', '/v1/journals', journal))
    await sim('clock/advance', { seconds: 1 })
  }

  /** Somebody who may trade everything and has so much cash. */
  async function customer(amountMinor: bigint): Promise<string> {
    const id = await world.activeAccount({ enabled_assets: ['us_equity', 'crypto'] })
    if (amountMinor > 0n) await give(id, amountMinor)
    return id
  }

  const order = (accountId: string, body: object): Promise<Answer> =>
    call('POST', ordersOf(accountId), { type: 'market', time_in_force: 'day', side: 'buy', ...body })

  const look = (accountId: string, orderId: string): Promise<Answer['body']> =>
    must(call('GET', `${ordersOf(accountId)}/${orderId}`))

  /** Moves the clock; all that was due has happened when this returns, also without a move. */
  const advance = (move: object = { seconds: 0 }): Promise<Answer['body']> => sim('clock/advance', move)

  return {
    ...world,
    advance,
    alice: await customer(cashMinor),
    customer,
    give,
    sim,
    ordersOf,
    positionsOf,
    order,
    look,
    /** A market that stands still at a price, with the narrowest spread. */
    market: (symbol: string, wish: MarketWish = {}): Promise<Answer['body']> =>
      sim(`market/${symbol.replace('/', '')}`, { volatility_percent: 0, spread_percent: 1, ...wish }),
    place: (accountId: string, body: object): Promise<Answer['body']> => must(order(accountId, body)),
    list: (accountId: string, query = 'status=all&direction=asc&limit=500'): Promise<Answer['body'][]> =>
      must(call('GET', `${ordersOf(accountId)}?${query}`)),
    cancel: (accountId: string, orderId: string) => call('DELETE', `${ordersOf(accountId)}/${orderId}`),
    replace: (accountId: string, orderId: string, body: object) =>
      call('PATCH', `${ordersOf(accountId)}/${orderId}`, body),
    /** Executes an order, or with `qty` a part of it, at a price. */
    fill: (orderId: string, body: { qty?: string; price?: string } = {}): Promise<Answer['body']> =>
      sim(`orders/${orderId}/${body.qty === undefined ? 'fill' : 'partial_fill'}`, body),
    /** Shares bought at the market of now, whatever its orders are made to do. */
    async own(accountId: string, symbol: string, qty: string): Promise<void> {
      const { id } = await must(order(accountId, { symbol, qty }))
      await advance()
      const { status } = await look(accountId, id)
      if (status !== 'filled') await sim(`orders/${id}/fill`)
    },
    /** What an account has of an asset, and how much of it no sale has set aside. */
    async shares(accountId: string, symbol: string): Promise<{ qty: string; available: string }> {
      const { body } = await call('GET', `${positionsOf(accountId)}/${symbol}`)
      return { qty: body.qty ?? '0', available: body.qty_available ?? '0' }
    },
    /** Cents that an account has, and has set aside. */
    async cash(accountId: string): Promise<{ posted: bigint; held: bigint }> {
      const id = `${accountId}:cash:USD`
      const balance = (await readBalances(db, [id])).get(id)
      return { posted: balance?.posted ?? 0n, held: balance?.pendingOut ?? 0n }
    },
    /** The words of the trade events of an order, in order. */
    async told(orderId: string): Promise<string[]> {
      const rows = await db
        .selectFrom('events')
        .select('status_to')
        .where('stream', '=', 'trade')
        .where('entity_id', '=', orderId)
        .orderBy('id')
        .execute()
      return rows.map(({ status_to }) => status_to)
    },
    /** A statement that only the owner of the tables may make, such as one that breaks them. */
    async asOwner(statement: string): Promise<void> {
      const owner = openDatabase({ url: world.database.ownerUrl, schema: 'broker', maxConnections: 1 })
      await sql.raw(statement).execute(owner)
      await owner.destroy()
    },
    /** Keeps every promise of `npm run verify` about the broker, once all events are numbered. */
    async checked(): Promise<void> {
      await advance()
      const found: string[] = []
      for (const { id, run } of brokerChecks) found.push(...(await run(db)).map((text) => `${id}: ${text}`))
      expect(found).toEqual([])
    },
  }
}

export type OrderWorld = Awaited<ReturnType<typeof orderWorld>>
