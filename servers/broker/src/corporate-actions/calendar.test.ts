import { isBankingDay, isTradingDay } from '@paddock/calendar'
import { expect, test } from 'vitest'
import { assets } from '../assets/asset.ts'
import { type Market, rememberSplits } from '../market/splits.ts'
import { cusipOf } from './cusip.ts'
import { dividendsBetween, findCalendarDividend } from './dividend-calendar.ts'

const market: Market = { seed: 'calendar-tests', marketHours: 'always' }
const day = (text: string) => Temporal.PlainDate.from(text)
const year2027 = [day('2027-01-01'), day('2027-12-31')] as const

test('everybody who pays does so four times a year, on days on which that is possible', () => {
  const dividends = dividendsBetween(market, ...year2027)
  for (const [symbol, own] of Map.groupBy(dividends, (dividend) => dividend.symbol)) {
    expect([symbol, own.length]).toEqual([symbol, 4])
  }
  for (const { declaredOn, exOn, recordOn, payableOn, cashMicro } of dividends) {
    expect(isTradingDay(exOn) && isTradingDay(payableOn) && isBankingDay(payableOn)).toBe(true)
    expect(recordOn.equals(exOn)).toBe(true)
    expect(Temporal.PlainDate.compare(declaredOn, exOn)).toBe(-1)
    expect(Temporal.PlainDate.compare(recordOn, payableOn)).toBe(-1)
    expect(cashMicro > 0n).toBe(true)
  }
})

test('the calendar is the same at every look, another with another seed, and ends somewhere', () => {
  const idsOf = (seed: string) => dividendsBetween({ ...market, seed }, ...year2027).map(({ id }) => id)
  expect(idsOf('a')).toEqual(idsOf('a'))
  expect(idsOf('a')).not.toEqual(idsOf('b'))
  expect(dividendsBetween(market, day('1950-01-01'), day('2015-12-31'))).toEqual([])
  expect(dividendsBetween(market, day('2041-01-01'), day('9999-12-31'))).toEqual([])
})

test('a dividend is found by its id', () => {
  const [first] = dividendsBetween(market, ...year2027)
  expect(findCalendarDividend(market, first?.id ?? '')).toEqual(first)
  expect(findCalendarDividend(market, '00000000-0000-4000-8000-000000000000')).toBeUndefined()
})

test('a split makes the dividends after it smaller, not those before', () => {
  const rateOf = (of: Market, from: string, to: string) =>
    dividendsBetween(of, day(from), day(to)).find(({ symbol }) => symbol === 'KO')?.cashMicro
  const splitting: Market = { ...market }
  rememberSplits(splitting, [
    { actionId: 'x', symbol: 'KO', exOn: day('2027-05-03'), oldRate: 1n, newRate: 2n },
  ])
  expect(rateOf(splitting, '2027-03-01', '2027-03-31')).toBe(rateOf(market, '2027-03-01', '2027-03-31'))
  const whole = rateOf(market, '2027-06-01', '2027-06-30') ?? 0n
  expect(rateOf(splitting, '2027-06-01', '2027-06-30')).toBe(whole / 2n)
})

test('made-up CUSIPs differ and end in their check digit', () => {
  const cusips = assets.map(({ symbol }) => cusipOf(symbol))
  expect(new Set(cusips).size).toBe(assets.length)
  for (const cusip of cusips) expect(cusip).toMatch(/^99[0-9A-Z]{4}10\d$/)
})
