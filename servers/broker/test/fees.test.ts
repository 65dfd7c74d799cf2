import type { UsdMinor } from '@paddock/money'
import { expect, test } from 'vitest'
import type { FeeRates } from '../src/fees/fee-rates.ts'
import { brokerChecks } from '../src/index.ts'
import { must, type TradingWorld, tradingWorld, type WorldOptions } from './trading-world.ts'

const rates: FeeRates = {
  secPerMillionMinor: 20_60n,
  tafPerSharePico: 195_000_000n,
  tafMostMinor: 9_79n as UsdMinor,
  catPerSharePico: 3_000_000n,
}

/** Alice trades KO at 50 exactly, and only when a trade says so. */
async function feesWorld(options: WorldOptions = {}) {
  const world = await tradingWorld({ fees: rates, cashMinor: 100_000_00n, ...options })
  await must(
    world.call('POST', '/_sim/market/KO', { fill_mode: 'never', price: '50', volatility_percent: 0 }),
  )
  return world
}

async function trade(world: TradingWorld, side: 'buy' | 'sell', qty: string, price = '50', symbol = 'KO') {
  // By limit, which sets aside no more than the price.
  const terms = { type: 'limit', limit_price: price, time_in_force: 'gtc' }
  const order = await must(world.order(world.alice, { symbol, side, qty, ...terms }))
  await must(world.call('POST', `/_sim/orders/${order.id}/fill`, { price }))
}

const balances = (world: TradingWorld) =>
  must(world.call('GET', `/v1/trading/accounts/${world.alice}/account`))
const advance = (world: TradingWorld, to: string) => must(world.call('POST', '/_sim/clock/advance', { to }))

async function feeLines(world: TradingWorld) {
  const lines = await must(
    world.call('GET', `/v1/accounts/activities/FEE?account_id=${world.alice}&direction=asc`),
  )
  return lines
    .map((line: Record<string, string>) => `${line.date} ${line.activity_sub_type} ${line.net_amount}`)
    .sort()
}

async function verify({ db }: TradingWorld): Promise<void> {
  for (const { id, run } of brokerChecks) {
    // Accounts and cash of this world came ready-made.
    if (!['I12', 'I13', 'I24'].includes(id)) expect(await run(db), id).toEqual([])
  }
}

test('fees of a day are taken from buying power at once, and from cash at eleven in the evening', async () => {
  await using world = await feesWorld()
  await trade(world, 'buy', '1000')
  // 0.003 for the audit trail is a cent.
  expect(await balances(world)).toMatchObject({
    cash: '50000',
    buying_power: '49999.99',
    accrued_fees: '0.01',
  })
  await trade(world, 'sell', '1000')
  // 50,000 at 20.60 a million, 1,000 shares at 0.000195, 2,000 at 0.000003.
  expect(await balances(world)).toMatchObject({
    cash: '100000',
    buying_power: '99998.76',
    accrued_fees: '1.24',
    pending_reg_taf_fees: '1.23',
    cash_withdrawable: '49998.76',
    equity: '100000',
  })
  expect(await feeLines(world)).toEqual([])

  await advance(world, '2026-11-20T22:59:59-05:00')
  expect(await balances(world)).toMatchObject({ cash: '100000', accrued_fees: '1.24' })
  await advance(world, '2026-11-20T23:00:01-05:00')
  expect(await balances(world)).toMatchObject({
    cash: '99998.76',
    buying_power: '99998.76',
    accrued_fees: '0',
  })
  expect(await feeLines(world)).toEqual([
    '2026-11-20 CAT -0.01',
    '2026-11-20 REG -1.03',
    '2026-11-20 TAF -0.2',
  ])
  expect(await world.balance('firm:fees:USD')).toBe(1_24n)
  await verify(world)
})

test('many executions of a day round up once, and what executes after eleven is of the next day', async () => {
  await using world = await feesWorld()
  for (let times = 0; times < 5; times += 1) await trade(world, 'buy', '10')
  expect(await balances(world)).toMatchObject({ accrued_fees: '0.01' })
  await advance(world, '2026-11-20T23:30:00-05:00')
  await trade(world, 'sell', '50')
  expect(await balances(world)).toMatchObject({ accrued_fees: '0.08' })
  await advance(world, '2026-11-21T23:00:01-05:00')
  expect(await feeLines(world)).toEqual([
    '2026-11-20 CAT -0.01',
    '2026-11-21 CAT -0.01',
    '2026-11-21 REG -0.06',
    '2026-11-21 TAF -0.01',
  ])
  await verify(world)
})

test('a day that cannot be paid waits until there is money, and cash never goes below zero', async () => {
  await using world = await feesWorld({ cashMinor: 500_00n })
  await trade(world, 'buy', '10')
  expect(await balances(world)).toMatchObject({ cash: '0', buying_power: '0', accrued_fees: '0.01' })
  await advance(world, '2026-11-21T12:00:00-05:00')
  expect(await feeLines(world)).toEqual([])
  await world.give(world.alice, 100n)
  expect(await balances(world)).toMatchObject({ cash: '1', buying_power: '0.99', accrued_fees: '0.01' })
  await advance(world, '2026-11-22T12:00:00-05:00')
  expect(await balances(world)).toMatchObject({ cash: '0.99', accrued_fees: '0' })
  expect(await feeLines(world)).toEqual(['2026-11-20 CAT -0.01'])
  await verify(world)
})

test('coins owe nothing, and without rates nothing does', async () => {
  await using world = await feesWorld()
  await must(world.call('POST', '/_sim/market/BTC%2FUSD', { fill_mode: 'never' }))
  await trade(world, 'buy', '0.5', '60000', 'BTC/USD')
  await trade(world, 'sell', '0.5', '60000', 'BTC/USD')
  expect(await balances(world)).toMatchObject({ accrued_fees: '0' })
  await using free = await feesWorld({ fees: undefined })
  await trade(free, 'buy', '1000')
  await trade(free, 'sell', '1000')
  expect(await balances(free)).toMatchObject({ accrued_fees: '0', buying_power: '100000' })
  await verify(free)
})

test('coins owe the broker its part of the value on both sides, booked in the evening as CFEE', async () => {
  await using world = await feesWorld({ fees: { ...rates, cryptoPpm: 2_500n } })
  await must(world.call('POST', '/_sim/market/BTC%2FUSD', { fill_mode: 'never' }))
  await trade(world, 'buy', '0.5', '60000', 'BTC/USD')
  expect(await balances(world)).toMatchObject({
    cash: '70000',
    buying_power: '69925',
    accrued_fees: '75',
    pending_reg_taf_fees: '0',
  })
  await trade(world, 'sell', '0.1', '60001.5', 'BTC/USD')
  // 15.000375 more.
  expect(await balances(world)).toMatchObject({ accrued_fees: '90.01' })
  await advance(world, '2026-11-20T23:00:01-05:00')
  expect(await balances(world)).toMatchObject({ cash: '75910.14', accrued_fees: '0' })
  const lines = await must(
    world.call('GET', `/v1/accounts/activities/CFEE?account_id=${world.alice}&direction=asc`),
  )
  expect(lines).toMatchObject([{ activity_type: 'CFEE', date: '2026-11-20', net_amount: '-90.01' }])
  expect(await world.balance('firm:fees:USD')).toBe(90_01n)
  await verify(world)
})

test('what a sale in parts has brought may buy at once and leave a business day later', async () => {
  await using world = await feesWorld({ fees: undefined, cashMinor: 500_00n })
  await trade(world, 'buy', '10')
  const terms = { type: 'limit', limit_price: '50', time_in_force: 'gtc', commission: '1' }
  const sale = await must(world.order(world.alice, { symbol: 'KO', side: 'sell', qty: '10', ...terms }))
  await must(world.call('POST', `/_sim/orders/${sale.id}/partial_fill`, { qty: '4', price: '50' }))
  expect(await balances(world)).toMatchObject({
    cash: '199.6',
    buying_power: '199.6',
    cash_withdrawable: '0',
  })
  await advance(world, '2026-11-21T12:00:00-05:00')
  await must(world.call('POST', `/_sim/orders/${sale.id}/fill`, { price: '50' }))
  expect(await balances(world)).toMatchObject({ cash: '499', buying_power: '499', cash_withdrawable: '0' })

  await advance(world, '2026-11-23T12:00:00-05:00')
  // Friday's part has settled on Monday; Saturday's settles on Monday too, or after it as the calendar says.
  const fills = await world.db
    .selectFrom('fills')
    .selectAll()
    .where('side', '=', 'sell')
    .orderBy('filled_at')
    .execute()
  const settled = fills.filter(({ settles_on }) => settles_on.toString() <= '2026-11-23')
  const leaves = settled.reduce((sum, fill) => sum + fill.amount_minor - fill.commission_minor, 0n)
  expect(settled.length).toBeGreaterThan(0)
  expect(await balances(world)).toMatchObject({ cash_withdrawable: String(Number(leaves) / 100) })
  await trade(world, 'buy', '9')
  expect(await balances(world)).toMatchObject({ buying_power: '49' })
  await verify(world)
})

test.for([
  { commission_type: 'notional', commission: '1', parts: [33n, 33n, 34n] },
  { commission_type: 'qty', commission: '0.015', parts: [5n, 4n, 5n] },
  { commission_type: 'bps', commission: '25', parts: [38n, 37n, 38n] },
])(
  'a commission by $commission_type is charged part by part, together to the cent',
  async ({ parts, ...commission }) => {
    await using world = await feesWorld({ fees: undefined })
    const order = await must(world.order(world.alice, { symbol: 'KO', side: 'buy', qty: '9', ...commission }))
    for (const qty of ['3', '3']) {
      await must(world.call('POST', `/_sim/orders/${order.id}/partial_fill`, { qty, price: '50' }))
    }
    await must(world.call('POST', `/_sim/orders/${order.id}/fill`, { price: '50' }))
    const fills = await world.db.selectFrom('fills').selectAll().orderBy('id').execute()
    expect(fills.map(({ commission_minor }) => commission_minor)).toEqual(parts)
    const total = parts.reduce((sum, part) => sum + part, 0n)
    expect(await world.balance('firm:commission:USD')).toBe(total)
    expect(await world.cash(world.alice)).toEqual({ posted: 100_000_00n - 450_00n - total, held: 0n })
    await verify(world)
  },
)
