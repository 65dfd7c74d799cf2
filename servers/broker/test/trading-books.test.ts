import fc from 'fast-check'
import { expect, test } from 'vitest'
import { booksBalance } from './trading-books.ts'
import { tradingWorld } from './trading-world.ts'

const step = fc.record({
  symbol: fc.constantFrom('KO', 'SPY', 'BITF', 'BTC/USD'),
  side: fc.constantFrom('buy', 'buy', 'sell'),
  amount: fc.oneof(
    fc
      .bigInt(1n, 20_000_000_000n)
      .map((nano) => ({ qty: `${nano / 10n ** 9n}.${String(nano % 10n ** 9n).padStart(9, '0')}` })),
    fc.integer({ min: 100, max: 90_000 }).map((cents) => ({ notional: (cents / 100).toFixed(2) })),
  ),
  commission: fc.constantFrom('0', '0', '0.37'),
  seconds: fc.integer({ min: 0, max: 90_000 }),
})

test('any sequence of buys and sales keeps the books balanced and quantities exact', async () => {
  await using world = await tradingWorld({ cashMinor: 0n })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const customer = await world.customer(3_000_00n)
      for (const { symbol, side, amount, commission, seconds } of steps) {
        world.clock.moveTo(world.clock.now().add({ seconds }))
        const time_in_force = symbol === 'BTC/USD' ? 'gtc' : 'day'
        const order = { symbol, side, ...amount, commission, time_in_force }
        const { status, body } = await world.order(customer, order)
        expect([200, 403, 422]).toContain(status)
        if (status === 200) expect((await world.settled(customer, body.id)).status).toBe('filled')
      }
      await booksBalance(world)
    }),
    { numRuns: 5 },
  )
})
