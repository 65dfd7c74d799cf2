import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { activeCustomer, deposit, linkBank } from '../support/fund.ts'
import { newPlace, type RunningStack, runCommand, startStackProcess } from '../support/running-stack.ts'
import { type SeedCustomer, simulate } from '../support/seed-routes.ts'
import { untilInWorld } from '../support/until.ts'

/** What a client knows of one request: told yes, told no, or cut off before any answer. */
interface Record {
  kind: 'transfer' | 'order'
  id: string
  outcome: 'accepted' | 'refused' | 'unknown'
}

const CYCLES = 3
const WORKERS = 6

/** One client that sends deposits and orders, each with an id of its own, until the stack is gone. */
async function client(
  customer: SeedCustomer,
  relationshipId: string,
  history: Record[],
  stop: { now: boolean },
) {
  for (let turn = 0; !stop.now; turn += 1) {
    const kind = turn % 3 === 0 ? 'transfer' : 'order'
    const id = randomUUID()
    const note: Record = { kind, id, outcome: 'unknown' }
    history.push(note)
    try {
      const { status } = await request(customer, kind, id, relationshipId)
      note.outcome = status < 300 ? 'accepted' : status < 500 ? 'refused' : 'unknown'
    } catch {
      return
    }
  }
}

function request(customer: SeedCustomer, kind: Record['kind'], id: string, relationshipId: string) {
  return kind === 'transfer'
    ? customer.send('PUT', `/api/transfers/${id}`, {
        relationship_id: relationshipId,
        direction: 'INCOMING',
        amount: '1.00',
      })
    : customer.send('PUT', `/api/orders/${id}`, {
        symbol: 'KO',
        side: 'buy',
        type: 'market',
        time_in_force: 'day',
        notional: '1.00',
      })
}

/** After the restart: what was cut off is sent again with its own id, and must end in exactly one thing. */
async function settleUnknown(customer: SeedCustomer, relationshipId: string, history: Record[]) {
  for (const note of history.filter(({ outcome }) => outcome === 'unknown')) {
    const { status } = await request(customer, note.kind, note.id, relationshipId)
    expect(status, `retry of ${note.kind} ${note.id}`).toBeLessThan(500)
    note.outcome = status < 300 ? 'accepted' : 'refused'
  }
}

async function expectEachOnce(stack: RunningStack, customer: SeedCustomer, history: Record[]) {
  const accepted = (kind: Record['kind']) =>
    history.filter((note) => note.kind === kind && note.outcome === 'accepted').map(({ id }) => id)
  const brokerIds = await untilInWorld(stack.broker, 'no unknown outcome', async () => {
    const [{ transfers }, { orders }] = await Promise.all([
      customer.expectOk('GET', '/api/transfers'),
      customer.expectOk('GET', '/api/orders'),
    ])
    const rows = { transfers, orders } as {
      transfers: { id: string; broker_transfer_id: string | null; status: string }[]
      orders: { id: string; broker_order_id: string | null; status: string }[]
    }
    const open = [...rows.transfers, ...rows.orders].filter(({ status }) => status === 'UNKNOWN')
    return open.length === 0 ? rows : undefined
  })
  const transfers = new Map(brokerIds.transfers.map((row) => [row.id, row.broker_transfer_id]))
  const orders = new Map(brokerIds.orders.map((row) => [row.id, row.broker_order_id]))
  for (const id of accepted('transfer')) expect(transfers.get(id), `transfer ${id}`).toBeTruthy()
  for (const id of accepted('order')) expect(orders.get(id), `order ${id}`).toBeTruthy()
  const made = [...transfers.values(), ...orders.values()].filter((id) => id !== null)
  expect(new Set(made).size).toBe(made.length)
}

test('nothing acknowledged is lost and nothing happens twice when everything is killed under load', async () => {
  await using place = await newPlace()
  let stack = await startStackProcess(place, ['--no-demo'])
  try {
    const customer = await activeCustomer(stack, 'kim@example.org')
    const relationshipId = await linkBank(stack, customer)
    await deposit(stack, customer, relationshipId, '5000')
    const history: Record[] = []

    for (let cycle = 0; cycle < CYCLES; cycle += 1) {
      const stop = { now: false }
      const clients = Array.from({ length: WORKERS }, () => client(customer, relationshipId, history, stop))
      const before = history.filter(({ outcome }) => outcome === 'accepted').length
      await expect
        .poll(() => history.filter(({ outcome }) => outcome === 'accepted').length, {
          timeout: 20_000,
          interval: 5,
        })
        .toBeGreaterThan(before + 20)
      await stack.kill()
      stop.now = true
      await Promise.all(clients)

      stack = await startStackProcess(place, ['--no-demo'])
      await customer.signIn()
      await settleUnknown(customer, relationshipId, history)
    }

    await simulate(stack.broker, '/_sim/clock/advance', { days: 5 })
    await expectEachOnce(stack, customer, history)
    const { code, output } = await runCommand(place, 'verify-command')
    expect(output).toContain('0 broken')
    expect(code).toBe(0)
  } finally {
    await stack.stop()
  }
}, 240_000)
