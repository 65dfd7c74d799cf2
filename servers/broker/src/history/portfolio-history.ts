import { newYorkDate } from '@paddock/calendar'
import { assert } from '@paddock/kernel'
import type { AccountId } from '../accounts/account.ts'
import type { ActivityType } from '../activities/activity.ts'
import { findAsset } from '../assets/asset.ts'
import type { BrokerContext } from '../context.ts'
import type { Market } from '../market/market.ts'
import { EquityReader, signedValue } from './equity-reader.ts'
import { type AskedSpan, HistoryRejected, type Span, spanOf } from './history-span.ts'
import { type Flow, readBooks, readFlows } from './history-store.ts'
import {
  isReportedDay,
  type Reporting,
  type Timeframe,
  type Window,
  windowsBetween,
} from './history-window.ts'
import { pricesAt } from './prices-at.ts'

export type HistoryQuery = AskedSpan & {
  readonly timeframe: Timeframe | undefined
  readonly reporting: Reporting
  /** Whether each day begins with no gain and no loss. */
  readonly resetsDaily: boolean
  /** The cash flows to be listed: none, those of these types, or all that there were. */
  readonly cashflowTypes: readonly ActivityType[] | 'all'
}

export type HistoryPoint = {
  readonly label: Temporal.Instant
  readonly equityMinor: bigint
  /** The change of equity since the base, less what was brought and plus what was taken. */
  readonly profitLossMinor: bigint
  /** What the gain is a part of: the base, or what was brought where the base was nothing. */
  readonly stakeMinor: bigint
}

export type PortfolioHistory = {
  readonly timeframe: Timeframe
  readonly points: readonly HistoryPoint[]
  readonly baseMinor: bigint
  readonly baseAsOf: Temporal.PlainDate
  readonly cashflow: ReadonlyMap<ActivityType, readonly bigint[]>
}

/**
 * What comes from outside or goes there: it changes equity, but nobody has gained or lost by it. An advance
 * changes no equity, for as much is owed; the deposit that pays for it does.
 */
const externalTypes: ReadonlySet<ActivityType> = new Set(['CSD', 'CSW', 'JNLC', 'JNLS', 'ACATC', 'ACATS'])

const MAX_POINTS = 10_000

/** An account's equity over time and what it gained, from its books at those moments and the prices of then. */
export async function readPortfolioHistory(
  ctx: BrokerContext,
  accountId: AccountId,
  query: HistoryQuery,
): Promise<PortfolioHistory> {
  const { marketHours: hours } = ctx.config
  const days = { hours, reporting: query.reporting }
  const span = spanOf(query, query.timeframe, days, ctx.clock.now())
  const windows = listWindows(span, days)
  const from = windows[0]?.start ?? span.start
  const to = windows.at(-1)?.end ?? span.end
  const wanted = query.cashflowTypes === 'all' ? 'all' : [...externalTypes, ...query.cashflowTypes]
  const [books, flows] = await Promise.all([
    readBooks(ctx.db, accountId, from, to),
    readFlows(ctx.db, accountId, wanted, from, to),
  ])
  const equity = new EquityReader(ctx.config, books)
  const baseMinor = equity.before(from)
  return {
    timeframe: span.timeframe,
    points: pointsOf(ctx.config, windows, equity, flows, {
      baseMinor,
      resetsDaily: query.resetsDaily && span.timeframe !== '1D',
    }),
    baseMinor,
    baseAsOf: lastReportedBefore(days, from),
    cashflow: cashflowOf(windows, flows, query.cashflowTypes),
  }
}

type Days = {
  readonly hours: BrokerContext['config']['marketHours']
  readonly reporting: Reporting
}

function listWindows(span: Span, { hours, reporting }: Days): Window[] {
  const windows: Window[] = []
  for (const window of windowsBetween(span, hours, reporting)) {
    windows.push(window)
    if (windows.length > MAX_POINTS) throw new HistoryRejected('history_too_long')
  }
  return windows
}

function pointsOf(
  market: Market,
  windows: readonly Window[],
  equity: EquityReader,
  flows: readonly Flow[],
  { baseMinor, resetsDaily }: { baseMinor: bigint; resetsDaily: boolean },
): HistoryPoint[] {
  const external = flows.filter(({ type }) => externalTypes.has(type))
  const points: HistoryPoint[] = []
  let next = 0
  let baseNow = baseMinor
  let broughtMinor = 0n
  let dayOpen: Temporal.Instant | undefined
  const take = (until: Temporal.Instant, isInclusive: boolean) => {
    for (; next < external.length; next += 1) {
      const flow = external[next]
      assert(flow !== undefined)
      if (Temporal.Instant.compare(flow.at, until) >= (isInclusive ? 1 : 0)) return
      broughtMinor += worthOf(market, flow)
    }
  }
  for (const window of windows) {
    if (resetsDaily && (dayOpen === undefined || !dayOpen.equals(window.dayOpen))) {
      dayOpen = window.dayOpen
      // What was brought over night is there when the day begins.
      const opening = Temporal.Instant.compare(window.start, dayOpen) > 0 ? window.start : dayOpen
      take(opening, false)
      baseNow = equity.before(opening)
      broughtMinor = 0n
    }
    take(window.end, true)
    const equityMinor = equity.at(window.end)
    points.push({
      label: window.label,
      equityMinor,
      profitLossMinor: equityMinor - baseNow - broughtMinor,
      stakeMinor: baseNow > 0n ? baseNow : broughtMinor,
    })
  }
  return points
}

/** Shares that were given count with what they were worth then. */
function worthOf(market: Market, { symbol, quantityNano, netAmountMinor, at }: Flow): bigint {
  const asset = symbol === undefined ? undefined : findAsset(symbol)
  if (asset === undefined || quantityNano === 0n) return netAmountMinor
  return netAmountMinor + signedValue(pricesAt(market, at), asset, quantityNano)
}

/** The last day before `from` of which there would have been a point. */
function lastReportedBefore({ hours, reporting }: Days, from: Temporal.Instant): Temporal.PlainDate {
  for (let date = newYorkDate(from).subtract({ days: 1 }); ; date = date.subtract({ days: 1 })) {
    if (isReportedDay(hours, reporting, date)) return date
  }
}

/** What each kind of flow came to within each point, from the end of the one before. */
function cashflowOf(
  windows: readonly Window[],
  flows: readonly Flow[],
  types: readonly ActivityType[] | 'all',
): Map<ActivityType, bigint[]> {
  const found = new Map<ActivityType, bigint[]>()
  const listOf = (type: ActivityType) => {
    const known = found.get(type) ?? windows.map(() => 0n)
    found.set(type, known)
    return known
  }
  if (types !== 'all') types.forEach(listOf)
  let index = 0
  for (const { type, at, netAmountMinor } of flows) {
    if (types !== 'all' && !types.includes(type)) continue
    for (; ; index += 1) {
      const window = windows[index]
      if (window === undefined || Temporal.Instant.compare(at, window.end) <= 0) break
    }
    const list = listOf(type)
    if (index < list.length) list[index] = (list[index] ?? 0n) + netAmountMinor
  }
  return found
}
