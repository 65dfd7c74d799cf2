import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from './broker-world.ts'
import { FIRM } from './journals-world.ts'
import { type OrderWorld, orderWorld } from './order-world.ts'

/** Of all kinds together; `RACE_ROUNDS=10000` is what a release is tried with. */
const ROUNDS = Number(process.env.RACE_ROUNDS ?? 500)
/** Customers who race beside each other, each against itself. */
const LANES = 10
const CASH_MINOR = 4_000_00n
const order = { symbol: 'KO', type: 'limit', limit_price: '2.00', qty: '1', time_in_force: 'gtc' }

let world: OrderWorld
let lanes: string[]
/** Cents that a share of KO brings at the market. */
let bidMinor: bigint

beforeAll(async () => {
  world = await orderWorld({ cashMinor: CASH_MINOR })
  const { bid } = await world.market('KO', { price: '2', fill_mode: 'never' })
  bidMinor = BigInt(Math.round(Number(bid) * 100))
  await world.market('PEP', { price: '2' })
  lanes = [world.alice]
  while (lanes.length < LANES) lanes.push(await world.customer(CASH_MINOR))
}, 120_000)

afterAll(() => world?.[Symbol.asyncDispose]())

/** Shares of KO, for $2 each. */
async function buy(account: string, qty: string): Promise<void> {
  const { id } = await world.place(account, { ...order, qty })
  await world.must(fill(id))
}

const fill = (orderId: string) => world.call('POST', `/_sim/orders/${orderId}/fill`, {})
const close = (account: string, symbol: string) =>
  world.call('DELETE', `${world.positionsOf(account)}/${symbol}`)
const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status).sort()
const sharesOf = async (account: string) => Number((await world.shares(account, 'KO')).qty)

/** What an account has: cash, what of it is held, and shares. */
async function estate(account: string) {
  const { posted, held } = await world.cash(account)
  return { posted, held, shares: await sharesOf(account) }
}

/** A round of a race; what is to be looked at a second later goes into the list. */
type Race = (account: string, later: (() => Promise<void>)[]) => Promise<void>

/** One round of each race, between two requests that cannot both have their way. */
const races: Record<string, Race> = {
  async 'an order is either canceled or filled'(account) {
    const before = await estate(account)
    const { id } = await world.place(account, order)
    const [canceled, filled] = await Promise.all([world.cancel(account, id), fill(id)])
    const { status } = await world.look(account, id)
    const isFilled = filled.status === 200
    expect([canceled.status, filled.status, status]).toEqual(
      isFilled ? [422, 200, 'filled'] : [204, 422, 'canceled'],
    )
    const { posted, held, shares } = before
    expect(await estate(account)).toEqual(
      isFilled ? { posted: posted - 2_00n, held, shares: shares + 1 } : before,
    )
  },

  async 'an order that the market is filling is either canceled or filled'(account) {
    const before = (await world.cash(account)).posted
    const { id } = await world.place(account, {
      ...order,
      symbol: 'PEP',
      type: 'market',
      limit_price: undefined,
    })
    const { status } = await world.cancel(account, id)
    const after = await world.look(account, id)
    expect([status, after.status]).toEqual(status === 204 ? [204, 'canceled'] : [422, 'filled'])
    const costMinor = BigInt(Math.round(Number(after.filled_avg_price ?? 0) * 100))
    expect(await world.cash(account)).toEqual({ posted: before - costMinor, held: 0n })
  },

  async 'an order is either replaced or filled'(account) {
    const before = await estate(account)
    const { id } = await world.place(account, order)
    const [replaced, filled] = await Promise.all([world.replace(account, id, { qty: '3' }), fill(id)])
    const isFilled = filled.status === 200
    expect([replaced.status, filled.status]).toEqual(isFilled ? [422, 200] : [200, 422])
    expect((await world.look(account, id)).status).toBe(isFilled ? 'filled' : 'replaced')
    const { posted, held, shares } = before
    if (isFilled) {
      expect(await estate(account)).toEqual({ posted: posted - 2_00n, held, shares: shares + 1 })
      return
    }
    expect(await estate(account)).toEqual({ posted, held: held + 6_00n, shares })
    expect((await world.cancel(account, replaced.body.id)).status).toBe(204)
    expect(await estate(account)).toEqual(before)
  },

  async 'shares are either sold or given away'(account, later) {
    await buy(account, '1')
    const qty = String(await sharesOf(account))
    const journal = { entry_type: 'JNLS', from_account: account, to_account: FIRM, symbol: 'KO', qty }
    const [closed, given] = await Promise.all([
      close(account, 'KO'),
      world.call('POST', '/v1/journals', journal),
    ])
    expect(statuses([closed, given])).toEqual([200, closed.status === 200 ? 403 : closed.status].sort())
    if (closed.status === 200) expect((await fill(closed.body.id)).status).toBe(200)
    later.push(async () => expect(await sharesOf(account)).toBe(0))
  },

  async 'a position is closed and a deposit comes, and neither loses the other'(account, later) {
    await buy(account, '2')
    const before = await estate(account)
    const journal = { entry_type: 'JNLC', from_account: FIRM, to_account: account, amount: '0.01' }
    const [closed, given] = await Promise.all([
      close(account, 'KO'),
      world.call('POST', '/v1/journals', journal),
    ])
    expect([closed.status, given.status]).toEqual([200, 200])
    const { posted, shares } = before
    later.push(async () => {
      expect((await fill(closed.body.id)).status).toBe(200)
      const soldMinor = BigInt(shares) * bidMinor
      expect(await estate(account)).toEqual({ posted: posted + soldMinor + 1n, held: 0n, shares: 0 })
    })
  },

  async 'of two orders for the same cash one is accepted'(account) {
    const before = await estate(account)
    const qty = String((((before.posted - before.held) / 2_00n) * 6n) / 10n)
    const answers = await Promise.all([1, 2].map(() => world.order(account, { ...order, qty })))
    expect(statuses(answers)).toEqual([200, 403])
    expect((await world.cash(account)).held).toBe(before.held + BigInt(qty) * 2_00n)
    const id = answers.find(({ status }) => status === 200)?.body.id
    expect((await world.cancel(account, id)).status).toBe(204)
    expect(await estate(account)).toEqual(before)
  },

  async 'of two orders with one client order id one is made'(account) {
    const client_order_id = crypto.randomUUID()
    const answers = await Promise.all([1, 2].map(() => world.order(account, { ...order, client_order_id })))
    expect(statuses(answers)).toEqual([200, 422])
    const path = `${world.ordersOf(account)}:by_client_order_id?client_order_id=${client_order_id}`
    const { id } = await world.must(world.call('GET', path))
    expect(id).toBe(answers.find(({ status }) => status === 200)?.body.id)
    expect((await world.cancel(account, id)).status).toBe(204)
  },

  async 'of the two exits of an oco one sells, though both are reached'(account) {
    await buy(account, '1')
    const before = await estate(account)
    const parent = await world.place(account, {
      ...order,
      side: 'sell',
      limit_price: undefined,
      order_class: 'oco',
      take_profit: { limit_price: '2.50' },
      stop_loss: { stop_price: '1.50' },
    })
    const open = await world.list(account, 'status=open&symbols=KO&side=sell')
    const loss = open.find(({ type }) => type === 'stop')
    const answers = await Promise.all([fill(parent.id), fill(loss.id)])
    expect(statuses(answers)).toEqual([200, 422])
    const ends = await Promise.all([parent.id, loss.id].map((id) => world.look(account, id)))
    expect(ends.map(({ status }) => status).sort()).toEqual(['canceled', 'filled'])
    const sold = ends.find(({ status }) => status === 'filled')
    expect(await estate(account)).toEqual({
      posted: before.posted + BigInt(Math.round(Number(sold.filled_avg_price) * 100)),
      held: before.held,
      shares: before.shares - 1,
    })
  },
}

test.for(Object.keys(races))('%s', { timeout: 1_200_000 }, async (title) => {
  const rounds = Math.ceil(ROUNDS / Object.keys(races).length / LANES)
  for (let round = 0; round < rounds; round += 1) {
    const later: (() => Promise<void>)[] = []
    await Promise.all(lanes.map((account) => races[title]?.(account, later)))
    if (later.length === 0) continue
    await world.advance({ seconds: 1 })
    await Promise.all(later.map((look) => look()))
  }
})

test('after all races the books are right', () => world.checked())
