import fc from 'fast-check'
import { expect } from 'vitest'
import type { Answer } from './broker-world.ts'
import { isAtWork, isOpen, left, type ModelAccount, type ModelOrder, type OrderModel } from './order-model.ts'
import type { OrderWorld } from './order-world.ts'

/** KO executes when a test says so, in parts too; PEP executes by itself, at a price that stands still. */
export const STEERED = 'KO'
export const MARKET = 'PEP'

export type Real = { readonly world: OrderWorld; readonly accounts: readonly ModelAccount[] }
type Command = fc.AsyncCommand<OrderModel, Real>

const unfilledEnds = ['expired', 'canceled', 'rejected']

const dollars = (cents: number) => (cents / 100).toFixed(2)
const cents = (text: string) => Math.round(Number(text) * 100)
const nth = <Value>(values: readonly Value[], index: number) => values[index % Math.max(values.length, 1)]

/** One thing that is done to both; afterwards both must tell the same of every order and all the money. */
function command(
  name: string,
  check: (model: OrderModel) => boolean,
  run: (model: OrderModel, real: Real) => Promise<void>,
): Command {
  return {
    check,
    toString: () => name,
    async run(model, real) {
      await run(model, real)
      // What is due happens before the clock moves.
      const { now } = await real.world.advance({ seconds: 1 })
      model.settle()
      model.expire(now)
      await expectSame(model, real)
    },
  }
}

async function expectSame(model: OrderModel, { world, accounts }: Real): Promise<void> {
  await Promise.all(
    accounts.map(async (account) => {
      const [orders, { cash, buying_power }, positions] = await Promise.all([
        world.list(account.id),
        world.balances(account.id),
        world.must(world.call('GET', world.positionsOf(account.id))),
      ])
      expectSameOrders(model, account, orders)
      expect({ cash: cents(cash), free: cents(buying_power) }).toEqual({
        cash: account.cash,
        free: Math.max(0, model.freeCash(account)),
      })
      for (const symbol of [STEERED, MARKET]) {
        const told = positions.find((position: { symbol: string }) => position.symbol === symbol)
        expect({ symbol, qty: Number(told?.qty ?? 0), available: Number(told?.qty_available ?? 0) }).toEqual({
          symbol,
          qty: account.shares.get(symbol) ?? 0,
          available: model.freeShares(account, symbol),
        })
      }
    }),
  )
}

function expectSameOrders(model: OrderModel, account: ModelAccount, orders: Answer['body'][]): void {
  const told = new Map(orders.map((order) => [order.id, order]))
  const own = model.orders.filter(({ owner }) => owner === account)
  expect([...told.keys()].sort()).toEqual(own.map(({ id }) => id).sort())
  for (const { id, type, status, filled, quantity, isExit } of own) {
    const answer = told.get(id)
    // Of exits that end in one second the first ends by itself, and the other with it.
    const isEnd = isExit && unfilledEnds.includes(status) && unfilledEnds.includes(answer.status)
    expect({ id, type, status: answer.status, filled: answer.filled_qty, qty: answer.qty }).toEqual({
      id,
      type,
      status: isEnd ? answer.status : status,
      filled: String(filled),
      qty: String(quantity),
    })
  }
}

type Wish = {
  readonly owner: number
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  readonly type: string
  readonly timeInForce: string
  readonly orderClass: string
  readonly quantity: number
  /** Percent of the price, and percent away from it. */
  readonly limit: number
  readonly stop: number
  readonly trail: number
  readonly commission: number
}

const wishes = fc.record<Wish>({
  owner: fc.nat(1),
  symbol: fc.constantFrom(STEERED, MARKET),
  side: fc.constantFrom('buy', 'buy', 'sell'),
  type: fc.constantFrom('market', 'limit', 'limit', 'stop', 'stop_limit', 'trailing_stop'),
  timeInForce: fc.constantFrom('day', 'gtc', 'gtc', 'ioc', 'fok'),
  orderClass: fc.constantFrom('', '', '', 'bracket', 'oco', 'oto'),
  quantity: fc.integer({ min: 1, max: 9 }),
  limit: fc.constantFrom(80, 95, 100, 105, 120),
  stop: fc.constantFrom(2, 10),
  trail: fc.integer({ min: 1, max: 150 }),
  commission: fc.constantFrom(0, 0, 25),
})

function bodyOf(wish: Wish, last: number): Record<string, unknown> {
  const { type, orderClass, symbol, side } = wish
  const at = (percent: number) => dollars(Math.round((last * percent) / 100))
  const exits = { take_profit: { limit_price: at(130) }, stop_loss: { stop_price: at(75) } }
  const isOco = orderClass === 'oco'
  const isLimit = type === 'limit' || type === 'stop_limit'
  const isForTheMoment = wish.timeInForce === 'ioc' || wish.timeInForce === 'fok'
  const mustStay = orderClass !== '' || type.includes('stop')
  const isBuy = orderClass === '' ? side === 'buy' : !isOco
  return {
    symbol,
    side: isOco ? 'sell' : orderClass === '' ? side : 'buy',
    qty: String(wish.quantity),
    type: isOco ? 'limit' : type,
    time_in_force: isForTheMoment && mustStay ? 'day' : wish.timeInForce,
    order_class: orderClass,
    ...(wish.commission === 0 ? {} : { commission: dollars(wish.commission) }),
    ...(isLimit && !isOco ? { limit_price: at(wish.limit) } : {}),
    ...(!isOco && type.startsWith('stop')
      ? { stop_price: at(isBuy ? 100 + wish.stop : 100 - wish.stop) }
      : {}),
    ...(!isOco && type === 'trailing_stop' ? { trail_price: dollars(wish.trail) } : {}),
    ...(orderClass === '' ? {} : orderClass === 'oto' ? { stop_loss: exits.stop_loss } : exits),
  }
}

function toModel(body: Answer['body'], owner: ModelAccount, parent?: ModelOrder): ModelOrder {
  const price = (text: string | null) => (text === null ? undefined : cents(text))
  return {
    id: body.id,
    owner,
    symbol: body.symbol,
    side: body.side,
    type: body.type,
    timeInForce: body.time_in_force,
    orderClass: body.order_class,
    parent,
    isExit: parent !== undefined || body.order_class === 'oco',
    expiresAt: body.expires_at,
    limit: price(body.limit_price),
    stop: body.type === 'trailing_stop' ? undefined : price(body.stop_price),
    trail: price(body.trail_price),
    best: undefined,
    isTriggered: false,
    quantity: Number(body.qty),
    filled: 0,
    status: body.status,
    commission: cents(body.commission),
    charged: 0,
    held: 0,
    holdPrice: 0,
  }
}

const submit = (wish: Wish): Command =>
  command(
    `submit ${JSON.stringify(wish)}`,
    () => true,
    async (model, { world, accounts }) => {
      const owner = accounts[wish.owner] as ModelAccount
      const market = model.market(wish.symbol)
      const asked = bodyOf(wish, market.last)
      const { status, body } = await world.order(owner.id, asked)
      if (status !== 200) {
        expect(status, JSON.stringify(body)).toBeGreaterThanOrEqual(400)
        expect(status, JSON.stringify(body)).toBeLessThan(500)
        if (body.message === 'insufficient buying power') {
          expect(cents(body.buying_power)).toBe(Math.max(0, model.freeCash(owner)))
          expect(cents(body.cost_basis)).toBeGreaterThan(model.freeCash(owner))
        }
        return
      }
      expect(market.isHalted).toBe(false)
      const order = toModel(body, owner)
      const exits = (body.legs ?? []).map((leg: object) => toModel(leg, owner, order))
      model.accept(order, exits)
      const taken = wish.side === 'sell' || asked.side === 'sell' ? 'shares' : 'cash'
      expect(model.available(order), `free ${taken} after an order was accepted`).toBeGreaterThanOrEqual(0)
    },
  )

const cancel = (index: number): Command =>
  command(
    `cancel ${index}`,
    (model) => model.orders.some(isOpen),
    async (model, { world }) => {
      const order = nth(model.orders.filter(isOpen), index) as ModelOrder
      const { status, body } = await world.cancel(order.owner.id, order.id)
      expect(status, JSON.stringify(body)).toBe(204)
      model.end(order, 'canceled')
    },
  )

const replace = (
  index: number,
  wish: { quantity?: number | undefined; limit?: number | undefined },
): Command =>
  command(
    `replace ${index} ${JSON.stringify(wish)}`,
    (model) => model.orders.some(isOpen),
    async (model, { world }) => {
      const old = nth(model.orders.filter(isOpen), index) as ModelOrder
      const limit =
        wish.limit === undefined ? undefined : Math.round((model.market(old.symbol).last * wish.limit) / 100)
      const change = {
        ...(wish.quantity === undefined ? {} : { qty: String(wish.quantity) }),
        ...(limit === undefined ? {} : { limit_price: dollars(limit) }),
      }
      const { status, body } = await world.replace(old.owner.id, old.id, change)
      if (status !== 200) {
        expect(status, JSON.stringify(body)).toBeLessThan(500)
        return
      }
      const byQuantity = (wish.quantity ?? old.quantity) - old.quantity
      const fresh = {
        ...toModel(body, old.owner, old.parent),
        isExit: old.isExit,
        best: old.best,
        isTriggered: old.isTriggered,
      }
      expect(fresh.quantity).toBe(left(old) + byQuantity)
      model.replace(old, fresh, byQuantity)
      expect(model.available(fresh)).toBeGreaterThanOrEqual(0)
    },
  )

const execute = (index: number, part: number, price: number): Command =>
  command(
    `fill ${part} of ${index} at ${price} %`,
    (model) => model.orders.some((order) => isAtWork(order) && order.symbol === STEERED),
    async (model, { world }) => {
      const candidates = model.orders.filter((order) => isAtWork(order) && order.symbol === STEERED)
      const order = nth(candidates, index) as ModelOrder
      const quantity = Math.min(part, left(order))
      const at = order.limit ?? Math.round((model.market(STEERED).last * price) / 100)
      const isComplete = quantity === left(order)
      const wanted = { price: dollars(at), ...(isComplete ? {} : { qty: String(quantity) }) }
      const path = `/_sim/orders/${order.id}/${isComplete ? 'fill' : 'partial_fill'}`
      const { status, body } = await world.call('POST', path, wanted)
      const held = order.held
      const isPaid = model.execute(order, quantity, at)
      if (!isPaid) order.held = held
      expect(status < 300, JSON.stringify(body)).toBe(isPaid)
    },
  )

const reject = (index: number): Command =>
  command(
    `reject ${index}`,
    (model) => model.orders.some((order) => order.status === 'new' && order.filled === 0),
    async (model, { world }) => {
      const order = nth(
        model.orders.filter(({ status, filled }) => status === 'new' && filled === 0),
        index,
      ) as ModelOrder
      await world.sim(`orders/${order.id}/reject`)
      model.end(order, 'rejected')
    },
  )

const setMarket = (wish: { price?: number | undefined; halted?: boolean | undefined }): Command =>
  command(
    `market ${JSON.stringify(wish)}`,
    () => true,
    async (model, { world }) => {
      const market = model.market(MARKET)
      const change = {
        ...(wish.price === undefined ? {} : { price: dollars(wish.price) }),
        ...(wish.halted === undefined ? {} : { halted: wish.halted }),
      }
      const told = await world.market(MARKET, change)
      Object.assign(market, {
        last: cents(told.price),
        bid: cents(told.bid),
        ask: cents(told.ask),
        isHalted: told.halted,
      })
    },
  )

const tick = (seconds: number): Command =>
  command(
    `tick ${seconds}`,
    () => true,
    async (_model, { world }) => {
      await world.advance({ seconds })
    },
  )

/** Any sequence of what can happen to orders. */
export const anyCommands = (maxCommands: number) =>
  fc.commands(
    [
      wishes.map(submit),
      wishes.map(submit),
      wishes.map((wish) =>
        submit({ ...wish, type: 'market', side: 'buy', orderClass: '', timeInForce: 'day' }),
      ),
      fc.nat(20).map(cancel),
      fc
        .tuple(
          fc.nat(20),
          fc.record({
            quantity: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
            limit: fc.option(fc.constantFrom(90, 100, 110), { nil: undefined }),
          }),
        )
        .map(([index, wish]) => replace(index, wish)),
      fc
        .tuple(fc.nat(20), fc.integer({ min: 1, max: 9 }), fc.constantFrom(90, 100, 104, 115))
        .map((how) => execute(...how)),
      fc.nat(20).map(reject),
      fc.integer({ min: 700, max: 1_300 }).map((price) => setMarket({ price })),
      fc.boolean().map((halted) => setMarket({ halted })),
      fc.constantFrom(1, 60, 3_600, 15_000).map(tick),
    ],
    { maxCommands, size: '+1' },
  )
