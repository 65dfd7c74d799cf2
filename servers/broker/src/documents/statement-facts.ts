import { newYorkDate } from '@paddock/calendar'
import { formatPrice, formatQuantity, formatUsd, marketValue, type QuantityNano } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { Activity, ActivityType } from '../activities/activity.ts'
import { activityIdOf } from '../activities/activity-id.ts'
import { getAsset } from '../assets/asset.ts'
import type { BrokerContext } from '../context.ts'
import { type Movement, readBooks } from '../history/history-store.ts'
import { quoteOf } from '../market/market.ts'
import type { StatementActivity, StatementFacts, StatementPosition } from './document-facts.ts'
import { readHolder } from './holder.ts'
import { daysBetween, issueDay, readLines } from './issue-context.ts'

type Totals = { readonly name: string; readonly isOf: (activity: Activity) => boolean }

const ofTypes =
  (...types: readonly ActivityType[]) =>
  ({ type }: Activity) =>
    types.includes(type)

/** The lines of the summary. Each activity counts in the first that takes it. */
const totals: readonly Totals[] = [
  { name: 'Deposits', isOf: ofTypes('CSD') },
  { name: 'Withdrawals', isOf: ofTypes('CSW') },
  { name: 'Journals and transfers', isOf: ofTypes('JNLC', 'JNLS', 'ACATC', 'ACATS') },
  { name: 'Instant funding', isOf: ofTypes('MEM') },
  { name: 'Purchases', isOf: ({ type, quantityNano = 0n }) => type === 'FILL' && quantityNano >= 0n },
  { name: 'Sales', isOf: ofTypes('FILL') },
  { name: 'Dividends', isOf: ({ type }) => type.startsWith('DIV') || type === 'CIL' },
  { name: 'Interest', isOf: ofTypes('INT', 'INTPNL', 'SWP') },
  { name: 'Fees', isOf: ofTypes('FEE', 'CFEE', 'PTC') },
  { name: 'Other', isOf: () => true },
]

/**
 * The statement of a stretch of days: balances from the ledger, lines from the account's activities. Nothing
 * when the account neither had anything nor did anything.
 */
export async function readStatementFacts(
  ctx: BrokerContext,
  accountId: AccountId,
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
): Promise<StatementFacts | undefined> {
  const { from, until } = daysBetween(first, last)
  const end = until.subtract({ milliseconds: 1 })
  const [{ opening, movements }, activities] = await Promise.all([
    readBooks(ctx.db, accountId, from, end),
    readLines(ctx.db, accountId, { from, until }),
  ])
  if (opening.length === 0 && activities.length === 0) return undefined

  const before = balancesOf(opening)
  const after = balancesOf([...opening, ...movements])
  const openingPositions = positionsOf(ctx, before.shares, from.subtract({ milliseconds: 1 }))
  const positions = positionsOf(ctx, after.shares, end)
  const openingValue = sumOf(openingPositions)
  const closingValue = sumOf(positions)
  return {
    kind: 'account_statement',
    holder: await readHolder(ctx.db, accountId),
    account_id: accountId,
    issued_on: issueDay(ctx),
    period_start: first.toString(),
    period_end: last.toString(),
    opening_cash: formatUsd(before.cashMinor),
    closing_cash: formatUsd(after.cashMinor),
    opening_advances: formatUsd(before.advancesMinor),
    closing_advances: formatUsd(after.advancesMinor),
    opening_market_value: formatUsd(openingValue),
    closing_market_value: formatUsd(closingValue),
    opening_equity: formatUsd(before.cashMinor + before.advancesMinor + openingValue),
    closing_equity: formatUsd(after.cashMinor + after.advancesMinor + closingValue),
    totals: totalsOf(activities),
    positions: positions.map(({ valueMinor: _valueMinor, ...position }) => position),
    activities: activities.map(presentLine),
  }
}

function balancesOf(movements: readonly Movement[]) {
  let cashMinor = 0n
  let advancesMinor = 0n
  const shares = new Map<string, bigint>()
  for (const { symbol, isAdvance, amount } of movements) {
    if (isAdvance) advancesMinor += amount
    else if (symbol === undefined) cashMinor += amount
    else shares.set(symbol, (shares.get(symbol) ?? 0n) + amount)
  }
  return { cashMinor, advancesMinor, shares }
}

type Valued = StatementPosition & { readonly valueMinor: bigint }

function positionsOf(
  { config }: BrokerContext,
  shares: ReadonlyMap<string, bigint>,
  at: Temporal.Instant,
): Valued[] {
  return [...shares]
    .filter(([, quantity]) => quantity > 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([symbol, quantity]) => {
      const asset = getAsset(symbol)
      const { lastMicro } = quoteOf(config, asset, at)
      const valueMinor = marketValue(quantity as QuantityNano, lastMicro)
      return {
        symbol,
        name: asset.name,
        qty: formatQuantity(quantity),
        price: formatPrice(lastMicro),
        market_value: formatUsd(valueMinor),
        valueMinor,
      }
    })
}

const sumOf = (positions: readonly Valued[]) =>
  positions.reduce((total, { valueMinor }) => total + valueMinor, 0n)

function totalsOf(activities: readonly Activity[]): StatementFacts['totals'] {
  const byName = Map.groupBy(activities, (activity) => totals.find(({ isOf }) => isOf(activity))?.name ?? '')
  return totals.flatMap(({ name }) => {
    const lines = byName.get(name)
    if (lines === undefined) return []
    return [{ name, amount: formatUsd(lines.reduce((total, line) => total + line.netAmountMinor, 0n)) }]
  })
}

function presentLine(activity: Activity): StatementActivity {
  const { type, subType, symbol, quantityNano, priceMicro } = activity
  return {
    id: activityIdOf(activity),
    date: newYorkDate(activity.at).toString(),
    settle_date: activity.settlesOn.toString(),
    activity_type: type,
    ...(subType !== undefined && { activity_sub_type: subType }),
    ...(type === 'FILL' && { side: (quantityNano ?? 0n) < 0n ? ('sell' as const) : ('buy' as const) }),
    ...(symbol !== undefined && { symbol }),
    ...(quantityNano !== undefined && { qty: formatQuantity(quantityNano) }),
    ...(priceMicro !== undefined && { price: formatPrice(priceMicro) }),
    net_amount: formatUsd(activity.netAmountMinor),
    description: activity.description,
  }
}
