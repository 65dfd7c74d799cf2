import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AccountId } from '../src/accounts/account.ts'
import { orderErrors } from '../src/http/trading/order-errors.ts'
import type { OrderRejection } from '../src/orders/order.ts'
import type { PositionRejection } from '../src/positions/position.ts'
import { changeRules } from './order-rules-of-changes.ts'
import { stateRules } from './order-rules-of-state.ts'
import { termRules } from './order-rules-of-terms.ts'
import { type TradingWorld, tradingWorld } from './trading-world.ts'

const rules = [...termRules, ...stateRules, ...changeRules]

let shared: TradingWorld

beforeAll(async () => {
  shared = await tradingWorld()
})

afterAll(() => shared[Symbol.asyncDispose]())

/** All that an order could leave behind. */
async function tracesOf({ db, call, cash, ordersOf }: TradingWorld, account: AccountId) {
  const { body: orders } = await call('GET', `${ordersOf(account)}?status=all&limit=500`)
  const [{ events }, { moved }] = await Promise.all([
    db
      .selectFrom('events')
      .select(({ fn }) => fn.countAll().as('events'))
      .where('account_id', '=', account)
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('activities')
      .select(({ fn }) => fn.countAll().as('moved'))
      .where('account_id', '=', account)
      .executeTakeFirstOrThrow(),
  ])
  return { orders, events, moved, cash: await cash(account) }
}

test.for(rules)('$refusal: $what', async ({ options, scene, ask, status, code, message, fields }) => {
  const own = options === undefined ? undefined : await tradingWorld(options)
  try {
    const world = own ?? shared
    const account = await world.customer(10_000_00n)
    const set = await scene?.(world, account)
    const before = await tracesOf(world, account)
    const { method = 'POST', path = world.ordersOf(account), body } = ask(world, account, set ?? {})
    expect(await world.call(method, path, body)).toEqual({
      status,
      body: { code, message, ...fields?.(world, account, set ?? {}) },
    })
    expect(await tracesOf(world, account)).toEqual(before)
  } finally {
    await own?.[Symbol.asyncDispose]()
  }
})

test('every refusal of orders and positions has a row in the table of rules', () => {
  const named = new Set<OrderRejection | PositionRejection>(rules.map(({ refusal }) => refusal))
  expect(Object.keys(orderErrors).filter((refusal) => !named.has(refusal as OrderRejection))).toEqual([])
})
