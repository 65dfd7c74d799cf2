import { isTradingDay, nextTradingDay, settlementDate } from '@paddock/calendar'
import type { PriceMicro } from '@paddock/money'
import { type Asset, getAsset } from '../assets/asset.ts'
import { nameBasedId } from '../assets/asset-id.ts'
import { hash, keyOf } from '../market/random-walk.ts'
import { factorOn, type Market, splitsOf } from '../market/splits.ts'
import { type CorporateAction, type CorporateActionId, ONE_MICRO } from './corporate-action.ts'
import { cusipOf } from './cusip.ts'
import { dividendPayers } from './dividend-payers.ts'

/** The calendar reaches this far; nothing is known outside it. */
const FIRST_YEAR = 2016
const LAST_YEAR = 2040

/** The ex date is on one of these days of its month, or on the next trading day. */
const FIRST_EX_DAY = 7
const EX_DAYS = 12
const DECLARED_DAYS_BEFORE = 24
const PAYABLE_DAYS_AFTER = 21

/** Dividends grow by this much of today's a year. */
const GROWTH_PERCENT = 4n
const TODAYS_YEAR = 2026
/** Rates are whole half cents, or tenths of a cent when that is too coarse. */
const HALF_CENT_MICRO = 5_000n
const TENTH_CENT_MICRO = 1_000n

const payers = dividendPayers.map(([symbol, yieldBasisPoints, cycle]) => ({
  asset: getAsset(symbol),
  yieldBasisPoints,
  cycle,
}))

/** The calendar's dividends that go ex from `from` to `to`, both included: a pure function of the market. */
export function dividendsBetween(
  market: Market,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): CorporateAction[] {
  const found: CorporateAction[] = []
  const isInside = ({ exOn }: CorporateAction) =>
    Temporal.PlainDate.compare(from, exOn) <= 0 && Temporal.PlainDate.compare(exOn, to) <= 0
  for (const month of monthsBetween(from, to)) {
    for (const dividend of dividendsOf(market.seed, month)) {
      if (isInside(dividend)) found.push(inSharesOfItsDay(market, dividend))
    }
  }
  return found
}

/** What was worked out once for a seed and a month; a few thousand rows when all has been asked for. */
const months = new Map<string, readonly CorporateAction[]>()

function dividendsOf(seed: string, month: Temporal.PlainYearMonth): readonly CorporateAction[] {
  const key = `${month}|${seed}`
  let known = months.get(key)
  if (known === undefined) {
    known = payers
      .filter(({ cycle }) => (month.month - cycle) % 3 === 0)
      .map(({ asset, yieldBasisPoints }) => dividendOf(seed, asset, yieldBasisPoints, month))
    months.set(key, known)
  }
  return known
}

/** A split before the ex date makes the rate of a share smaller, as it does with the price. */
function inSharesOfItsDay(market: Market, dividend: CorporateAction): CorporateAction {
  if (splitsOf(market, dividend.symbol).length === 0) return dividend
  const factor = factorOn(market, dividend.symbol, dividend.exOn)
  return { ...dividend, cashMicro: ((dividend.cashMicro * factor.old) / factor.new) as PriceMicro }
}

const idsBySeed = new Map<string, ReadonlyMap<string, Temporal.PlainDate>>()

/** An id tells nothing, so it is looked up among all that the calendar has, which is made at the first question. */
export function findCalendarDividend(market: Market, id: string): CorporateAction | undefined {
  let exDates = idsBySeed.get(market.seed)
  if (exDates === undefined) {
    const all = dividendsBetween(
      market,
      new Temporal.PlainDate(FIRST_YEAR, 1, 1),
      new Temporal.PlainDate(LAST_YEAR, 12, 31),
    )
    exDates = new Map(all.map((dividend) => [dividend.id, dividend.exOn]))
    idsBySeed.set(market.seed, exDates)
  }
  const exOn = exDates.get(id)
  return exOn && dividendsBetween(market, exOn, exOn).find((dividend) => dividend.id === id)
}

function* monthsBetween(
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): Generator<Temporal.PlainYearMonth> {
  const first = Math.max(from.year * 12 + from.month - 1, FIRST_YEAR * 12)
  const last = Math.min(to.year * 12 + to.month - 1, LAST_YEAR * 12 + 11)
  for (let month = first; month <= last; month += 1) {
    yield new Temporal.PlainYearMonth(Math.floor(month / 12), (month % 12) + 1)
  }
}

function dividendOf(
  seed: string,
  asset: Asset,
  yieldBasisPoints: bigint,
  month: Temporal.PlainYearMonth,
): CorporateAction {
  const { symbol } = asset
  const chance = hash(keyOf(`${seed}|${symbol}|dividend`), 0, month.year * 12 + month.month)
  const exOn = onTradingDay(month.toPlainDate({ day: FIRST_EX_DAY + (chance % EX_DAYS) }))
  return {
    id: nameBasedId(`dividend|${seed}|${symbol}|${month}`) as CorporateActionId,
    publicId: `${cusipOf(symbol)}_D${exOn.toString().replaceAll('-', '')}`,
    type: 'dividend',
    subType: 'cash',
    symbol,
    targetSymbol: symbol,
    declaredOn: onTradingDay(exOn.subtract({ days: DECLARED_DAYS_BEFORE })),
    exOn,
    // Since trades settle on the next day, both are the same day.
    recordOn: exOn,
    payableOn: settlementDate(exOn.add({ days: PAYABLE_DAYS_AFTER - 1 })),
    cashMicro: quarterlyRate(asset.referencePriceMicro, yieldBasisPoints, month.year) as PriceMicro,
    oldRateMicro: ONE_MICRO,
    newRateMicro: ONE_MICRO,
  }
}

function quarterlyRate(priceMicro: PriceMicro, yieldBasisPoints: bigint, year: number): bigint {
  const growthPercent = 100n + GROWTH_PERCENT * BigInt(year - TODAYS_YEAR)
  const exactMicro = (priceMicro * yieldBasisPoints * growthPercent) / (4n * 10_000n * 100n)
  const step = exactMicro < 10n * HALF_CENT_MICRO ? TENTH_CENT_MICRO : HALF_CENT_MICRO
  const rounded = exactMicro - (exactMicro % step)
  return rounded === 0n ? step : rounded
}

function onTradingDay(date: Temporal.PlainDate): Temporal.PlainDate {
  return isTradingDay(date) ? date : nextTradingDay(date)
}
