import type { PriceMicro } from '@paddock/money'
import type { Db } from '../db/database.ts'
import { calendarSplits, type Market, type Split } from '../market/splits.ts'
import {
  type ActionDay,
  type CorporateAction,
  type CorporateActionId,
  CorporateActionRejected,
  ONE_MICRO,
} from './corporate-action.ts'
import { findCreatedAction, listCreatedActions, refreshMarket } from './corporate-action-store.ts'
import { cusipOf } from './cusip.ts'
import { dividendsBetween, findCalendarDividend } from './dividend-calendar.ts'

/** No day of the calendar's actions is further than this from the ex date. */
const WIDEST_DAYS = 40
const SPLIT_DECLARED_DAYS_BEFORE = 30

/** What the calendar has and what somebody created, with that day from `from` to `to`, in order of it. */
export async function findActions(
  db: Db,
  market: Market,
  day: ActionDay,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): Promise<CorporateAction[]> {
  await refreshMarket(db, market)
  const isInside = (action: CorporateAction) =>
    Temporal.PlainDate.compare(from, action[day]) <= 0 && Temporal.PlainDate.compare(action[day], to) <= 0
  const calendar = [
    ...dividendsBetween(market, from.subtract({ days: WIDEST_DAYS }), to.add({ days: WIDEST_DAYS })),
    ...calendarSplits.map(toAction),
  ]
  return [...calendar.filter(isInside), ...(await listCreatedActions(db, day, from, to))].sort(byDay(day))
}

/** What is announced on `day` and not over, and ends by `last`; in order of the end. */
export async function findAnnounced(
  db: Db,
  market: Market,
  day: Temporal.PlainDate,
  last: Temporal.PlainDate,
): Promise<CorporateAction[]> {
  await refreshMarket(db, market)
  const calendar = [
    ...dividendsBetween(market, day.subtract({ days: WIDEST_DAYS }), day.add({ days: WIDEST_DAYS })),
    ...calendarSplits.map(toAction),
  ]
  const isAnnounced = ({ declaredOn, payableOn }: CorporateAction) =>
    Temporal.PlainDate.compare(declaredOn, day) <= 0 && Temporal.PlainDate.compare(day, payableOn) <= 0
  const created = await listCreatedActions(db, 'payableOn', day, last)
  return [...calendar, ...created].filter(isAnnounced).sort(byDay('payableOn'))
}

export async function getAction(db: Db, market: Market, id: string): Promise<CorporateAction> {
  await refreshMarket(db, market)
  const created = await findCreatedAction(db, id)
  const scheduled = calendarSplits.find(({ actionId }) => actionId === id)
  const action = created ?? (scheduled && toAction(scheduled)) ?? findCalendarDividend(market, id)
  if (action === undefined) throw new CorporateActionRejected('action_not_found')
  return action
}

function toAction({ actionId, symbol, exOn, oldRate, newRate }: Split): CorporateAction {
  return {
    id: actionId as CorporateActionId,
    publicId: `${cusipOf(symbol)}_S${exOn.toString().replaceAll('-', '')}`,
    type: 'split',
    subType: newRate > oldRate ? 'stock_split' : 'reverse_split',
    symbol,
    targetSymbol: symbol,
    declaredOn: exOn.subtract({ days: SPLIT_DECLARED_DAYS_BEFORE }),
    exOn,
    recordOn: exOn,
    payableOn: exOn,
    cashMicro: 0n as PriceMicro,
    oldRateMicro: oldRate * ONE_MICRO,
    newRateMicro: newRate * ONE_MICRO,
  }
}

const byDay = (day: ActionDay) => (a: CorporateAction, b: CorporateAction) =>
  Temporal.PlainDate.compare(a[day], b[day]) || compareText(a.symbol, b.symbol) || compareText(a.id, b.id)

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
