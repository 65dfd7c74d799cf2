import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { type ModelAccount, OrderModel } from './order-model.ts'
import { anyCommands, MARKET, type Real, STEERED } from './order-model-commands.ts'
import { type OrderWorld, orderWorld } from './order-world.ts'

/** `MODEL_RUNS=2000` is what a release is tried with; `MODEL_SEED` repeats what has failed, `MODEL_SHRINK=1` shortens it. */
const RUNS = Number(process.env.MODEL_RUNS ?? 50)
const SEED = Number(process.env.MODEL_SEED ?? Date.now() % 1_000_000_007)
/** No new sequence is begun after this; a machine that is busy tries fewer. */
const LONGEST_MS = process.env.MODEL_RUNS === undefined ? 25_000 : 3_600_000
const COMMANDS = 25
const CASH_MINOR = 100_00n

/** As many sequences as the firm's money is enough for. */
const SEQUENCES_OF_A_WORLD = 200

let known: OrderWorld | undefined
let begun = 0

afterAll(() => known?.[Symbol.asyncDispose]())

async function nextWorld(): Promise<OrderWorld> {
  if (begun % SEQUENCES_OF_A_WORLD === 0) {
    await known?.[Symbol.asyncDispose]()
    known = undefined
  }
  begun += 1
  known ??= await orderWorld({ cashMinor: 0n })
  return known
}

/** Two new customers, and both markets at $10. */
async function begin() {
  const model = new OrderModel()
  const world = await nextWorld()
  for (const [symbol, fill_mode] of [
    [STEERED, 'never'],
    [MARKET, 'normal'],
  ] as const) {
    const { price, bid, ask } = await world.market(symbol, { price: '10', halted: false, fill_mode })
    const toCents = (text: string) => Math.round(Number(text) * 100)
    model.markets.set(symbol, {
      last: toCents(price),
      bid: toCents(bid),
      ask: toCents(ask),
      isHalted: false,
      fillsByItself: fill_mode === 'normal',
    })
  }
  const accounts: ModelAccount[] = []
  while (accounts.length < 2) {
    const id = await world.customer(CASH_MINOR)
    accounts.push({ id, cash: Number(CASH_MINOR), shares: new Map() })
  }
  return { model, real: { world, accounts } }
}

/** Nothing of this sequence is left for the next one to meet. */
async function end({ world, accounts }: Real): Promise<void> {
  for (const { id } of accounts) await world.call('DELETE', world.ordersOf(id))
}

test('any sequence of what can happen to orders leaves them, and all money and shares, as the model says', {
  timeout: LONGEST_MS + 120_000,
}, async () => {
  console.info(`order model: MODEL_SEED=${SEED}`)
  const ends = new Map<string, number>()
  const begunAt = performance.now()
  await fc.assert(
    fc.asyncProperty(anyCommands(COMMANDS), async (commands) => {
      if (performance.now() - begunAt > LONGEST_MS) return
      const { model, real } = await begin()
      try {
        await fc.asyncModelRun(() => ({ model, real }), commands)
        await real.world.checked()
        for (const { status } of model.orders) ends.set(status, (ends.get(status) ?? 0) + 1)
      } finally {
        await end(real)
      }
    }),
    { seed: SEED, numRuns: RUNS, endOnFailure: process.env.MODEL_SHRINK === undefined },
  )
  console.info(`order model: ${[...ends].map(([status, count]) => `${count} ${status}`).join(', ')}`)
  expect(ends.size).toBeGreaterThan(0)
})
