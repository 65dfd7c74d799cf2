import { afterAll, beforeAll, expect, test } from 'vitest'
import { FIRM_ACCOUNT_ID } from '../src/firm/firm-account.ts'
import { type BrokerWorld, brokerWorld } from './broker-world.ts'

let world: BrokerWorld
beforeAll(async () => {
  world = await brokerWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const history = (accountId: string, query: Record<string, string> = {}) =>
  world.must(
    world.call(
      'GET',
      `/v1/trading/accounts/${accountId}/account/portfolio/history?${new URLSearchParams(query)}`,
    ),
  )

async function buy(accountId: string, order: Record<string, string>) {
  const body = { side: 'buy', type: 'market', time_in_force: 'day', ...order }
  await world.must(world.call('POST', `/v1/trading/accounts/${accountId}/orders`, body))
  await world.advance({ seconds: 5 })
}

async function journal(body: Record<string, string>) {
  await world.must(world.call('POST', '/v1/journals', body))
  await world.advance({ seconds: 5 })
}

test('cash and shares that are journaled are no gain, on either side', async () => {
  const alice = await world.activeAccount()
  await buy(FIRM_ACCOUNT_ID, { symbol: 'SPY', qty: '3' })
  await journal({ entry_type: 'JNLC', from_account: FIRM_ACCOUNT_ID, to_account: alice, amount: '40' })
  const given = { entry_type: 'JNLS', from_account: FIRM_ACCOUNT_ID, to_account: alice, symbol: 'SPY' }
  await journal({ ...given, qty: '0.05' })

  const query = { period: '1D', timeframe: '1Min', pnl_reset: 'no_reset', cashflow_types: 'ALL' }
  const { equity, profit_loss, cashflow } = await history(alice, query)
  const { equity: now } = await world.balances(alice)
  expect(equity.at(-1)).toBe(Number(now))
  expect(equity.at(-1)).toBeGreaterThan(70)
  // The price went on for a few seconds since the shares came.
  expect(Math.abs(profit_loss.at(-1))).toBeLessThan(0.5)
  expect(cashflow.JNLC.reduce((total: number, amount: number) => total + amount, 0)).toBe(40)

  const firm = await history(FIRM_ACCOUNT_ID, { period: '1D', timeframe: '1Min' })
  expect(Math.abs(firm.profit_loss.at(-1))).toBeLessThan(20)
})

test('an advance is no equity, so its coming and going is no gain either', async () => {
  const bob = await world.activeAccount()
  await world.must(
    world.call('POST', '/v1/instant_funding', {
      account_no: (await world.must(world.call('GET', `/v1/accounts/${bob}`))).account_number,
      source_account_no: (await world.must(world.call('GET', `/v1/accounts/${FIRM_ACCOUNT_ID}`)))
        .account_number,
      amount: '20',
    }),
  )
  await world.advance({ seconds: 5 })
  const { equity, profit_loss } = await history(bob, { period: '1D', timeframe: '1Min' })
  const balances = await world.balances(bob)
  expect(balances.memoposts).toBe('20')
  expect(equity.at(-1)).toBe(Number(balances.equity))
  expect(profit_loss.at(-1)).toBe(0)
})

test('a split neither makes nor loses money: shares and prices change together', async () => {
  const carol = await world.fundedAccount('20000')
  // Four for one when December 14 begins.
  await buy(carol.id, { symbol: 'GS', qty: '10' })
  const before = await world.must(world.call('GET', `/v1/trading/accounts/${carol.id}/positions/GS`))
  await world.must(world.advance({ to: '2026-12-14T17:00:00Z' }))
  const after = await world.must(world.call('GET', `/v1/trading/accounts/${carol.id}/positions/GS`))
  expect([before.qty, after.qty]).toEqual(['10', '40'])

  const { equity } = await history(carol.id, { start: '2026-12-12', timeframe: '1H' })
  for (const [index, value] of equity.entries()) {
    const last = equity[index - 1] ?? value
    expect(Math.abs(value - last) / last).toBeLessThan(0.1)
  }
  const days = await history(carol.id, { period: '1W', timeframe: '1D' })
  expect(days.equity.at(-1)).toBe(Number((await world.balances(carol.id)).equity))
  expect(Math.min(...days.equity)).toBeGreaterThan(15_000)
})

test('a dividend is a gain', async () => {
  const dave = await world.fundedAccount('5000')
  await buy(dave.id, { symbol: 'SPY', qty: '5' })
  // Only shares that have settled are entitled.
  await world.advance({ days: 7 })
  const day = (days: number) =>
    world.clock.now().toZonedDateTimeISO('America/New_York').add({ days }).toPlainDate().toString()
  const dates = { ex_date: day(3), record_date: day(3), payable_date: day(5) }
  await world.must(
    world.call('POST', '/_sim/corporate-actions', { type: 'dividend', symbol: 'SPY', cash: '2', ...dates }),
  )
  const opening = await history(dave.id, { period: '1D', timeframe: '1D' })
  await world.advance({ days: 6 })
  const query = { start: day(-6), timeframe: '1D', cashflow_types: 'DIV,CSD' }
  const { equity, profit_loss, base_value, cashflow } = await history(dave.id, query)
  expect(cashflow.DIV.reduce((total: number, amount: number) => total + amount, 0)).toBe(10)
  expect(profit_loss.at(-1)).toBeCloseTo(equity.at(-1) - base_value - sumOf(cashflow.CSD), 6)
  expect(opening.equity.at(-1)).toBeGreaterThan(4000)
})

const sumOf = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0)
