import { expect } from 'vitest'
import { call, type Note, type OrderLoad } from './order-load.ts'

/** What is told of orders that are over: it must never change again. */
export async function endedOrders(load: OrderLoad): Promise<Map<string, string>> {
  const ended = new Map<string, string>()
  for (const account of load.accounts) {
    const { body } = await call(
      load.broker,
      'GET',
      `/v1/trading/accounts/${account}/orders?status=closed&limit=500`,
    )
    for (const { id, status, filled_qty } of body) ended.set(id, `${status} ${filled_qty}`)
  }
  return ended
}

export async function expectStillEnded(load: OrderLoad, before: ReadonlyMap<string, string>): Promise<void> {
  const sample = [...before].slice(-200)
  for (const [id, told] of sample) {
    const found = await findOrder(load, id)
    expect(`${found.status} ${found.filled_qty}`, `order ${id} was over`).toBe(told)
  }
}

/** Every wish that was accepted has been done, once, as it was told; every one that was refused has left nothing. */
export async function expectEachOnce(load: OrderLoad): Promise<void> {
  const open = load.history.filter(({ outcome }) => outcome === 'open')
  expect(open).toEqual([])
  for (const note of load.history) {
    if (note.kind === 'order' || note.kind === 'replace') await expectOrder(load, note)
    if (note.kind === 'cancel' && note.outcome === 'accepted') {
      expect((await findOrder(load, note.key)).status, `canceled order ${note.key}`).toBe('canceled')
    }
    if (note.kind === 'journal' && note.outcome === 'accepted') {
      const { status, body } = await call(load.broker, 'GET', `/v1/journals/${note.id}`)
      expect({ status, amount: body.net_amount }, `journal ${note.id}`).toEqual({
        status: 200,
        amount: '1.5',
      })
    }
  }
  for (const kind of ['order', 'replace', 'journal', 'deposit'] as const) {
    const ids = load.accepted(kind).map(({ id }) => id)
    expect(new Set(ids).size, `each ${kind} has an id of its own`).toBe(ids.length)
  }
  await expectDeposits(load)
}

async function expectOrder(load: OrderLoad, { account, key, id, outcome, wish }: Note): Promise<void> {
  const path = `/v1/trading/accounts/${account}/orders:by_client_order_id?client_order_id=${key}`
  const { status, body } = await call(load.broker, 'GET', path)
  expect(status, `${outcome} order ${key}`).toBe(outcome === 'accepted' ? 200 : 404)
  if (outcome !== 'accepted') return
  expect({ id: body.id, replaces: body.replaces }).toEqual({ id, replaces: wish.order ?? null })
  for (const field of ['symbol', 'side', 'type', 'time_in_force'] as const) {
    if (wish[field] !== undefined) expect(body[field], `${field} of order ${key}`).toBe(wish[field])
  }
  if (wish.order !== undefined) {
    expect(await findOrder(load, String(wish.order))).toMatchObject({ status: 'replaced', replaced_by: id })
  }
}

async function findOrder(load: OrderLoad, id: string) {
  const owner = load.history.find((note) => note.id === id && note.kind !== 'cancel')?.account
  for (const account of owner === undefined ? load.accounts : [owner]) {
    const { status, body } = await call(load.broker, 'GET', `/v1/trading/accounts/${account}/orders/${id}`)
    if (status === 200) return body
  }
  throw new Error(`order ${id} is gone`)
}

/** The first deposit of each customer, and one for each that was accepted. */
async function expectDeposits(load: OrderLoad): Promise<void> {
  for (const account of load.accounts) {
    const wanted = load.accepted('deposit').filter((note) => note.account === account)
    const found: string[] = []
    for (;;) {
      const path = `/v1/accounts/${account}/transfers?limit=100&offset=${found.length}`
      const { body } = await call(load.broker, 'GET', path)
      if (body.length === 0) break
      found.push(...body.map((transfer: { id: string }) => transfer.id))
    }
    expect(found.length, 'transfers').toBe(wanted.length + 1)
    for (const { id } of wanted) expect(found).toContain(id)
  }
}
