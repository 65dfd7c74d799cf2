import { newYorkDate } from '@paddock/calendar'
import { formatQuantity, formatUsd } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { Activity, ActivityType } from '../activities/activity.ts'
import { findAsset } from '../assets/asset.ts'
import type { BrokerContext } from '../context.ts'
import type { Db } from '../db/database.ts'
import type { TaxFacts, TaxSale } from './document-facts.ts'
import { readHolder } from './holder.ts'
import { daysBetween, issueDay, readLines, type Stretch } from './issue-context.ts'

const dividendTypes: readonly ActivityType[] = ['DIV', 'DIVCGL', 'DIVCGS', 'DIVROC', 'DIVTXEX']
const interestTypes: readonly ActivityType[] = ['INT', 'INTPNL', 'SWP']
const withholdingTypes: readonly ActivityType[] = ['DIVNRA', 'DIVWH', 'WH']

/** What makes a customer receive a tax pack for a year. */
export const taxedTypes: readonly ActivityType[] = [
  'FILL',
  'CIL',
  ...dividendTypes,
  ...interestTypes,
  ...withholdingTypes,
]

/** A year's sales with their cost and gain, and its income; nothing when there was neither. */
export async function readTaxFacts(
  ctx: BrokerContext,
  accountId: AccountId,
  year: number,
): Promise<TaxFacts | undefined> {
  const stretch = daysBetween(
    Temporal.PlainDate.from({ year, month: 1, day: 1 }),
    Temporal.PlainDate.from({ year, month: 12, day: 31 }),
  )
  const sales = await readSales(ctx.db, accountId, stretch)
  const lines = await readLines(
    ctx.db,
    accountId,
    stretch,
    taxedTypes.filter((type) => type !== 'FILL'),
  )
  if (sales.length === 0 && lines.length === 0) return undefined
  const total = (key: 'proceeds' | 'fees' | 'cost' | 'gain') =>
    formatUsd(sales.reduce((sum, sale) => sum + sale[key], 0n))
  const totalOf = (types: readonly ActivityType[]) =>
    formatUsd(
      lines
        .filter(({ type }) => types.includes(type))
        .reduce((sum, { netAmountMinor }) => sum + netAmountMinor, 0n),
    )
  return {
    kind: 'tax_statement',
    holder: await readHolder(ctx.db, accountId),
    account_id: accountId,
    issued_on: issueDay(ctx),
    tax_year: year,
    sales: sales.map(presentSale),
    total_proceeds: total('proceeds'),
    total_fees: total('fees'),
    total_cost: total('cost'),
    total_gain: total('gain'),
    income: lines.map(presentIncome),
    total_dividends: totalOf(dividendTypes),
    total_interest: totalOf(interestTypes),
    total_withheld: totalOf(withholdingTypes),
    total_cash_in_lieu: totalOf(['CIL']),
  }
}

type Sale = {
  readonly symbol: string
  readonly at: Temporal.Instant
  readonly quantityNano: bigint
  readonly proceeds: bigint
  readonly fees: bigint
  readonly cost: bigint
  readonly gain: bigint
}

/** Sales with their cost: only the execution itself knows it. */
async function readSales(db: Db, accountId: AccountId, { from, until }: Stretch): Promise<Sale[]> {
  const rows = await db
    .selectFrom('fills')
    .select(['symbol', 'filled_at', 'quantity_nano', 'amount_minor', 'commission_minor', 'cost_basis_minor'])
    .where('account_id', '=', accountId)
    .where('side', '=', 'sell')
    .where('filled_at', '>=', from)
    .where('filled_at', '<', until)
    .orderBy('filled_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => {
    const cost = row.cost_basis_minor ?? 0n
    return {
      symbol: row.symbol,
      at: row.filled_at,
      quantityNano: row.quantity_nano,
      proceeds: row.amount_minor,
      fees: row.commission_minor,
      cost,
      gain: row.amount_minor - row.commission_minor - cost,
    }
  })
}

function presentSale({ symbol, at, quantityNano, ...amounts }: Sale): TaxSale {
  return {
    date: newYorkDate(at).toString(),
    symbol,
    name: findAsset(symbol)?.name ?? symbol,
    qty: formatQuantity(quantityNano),
    proceeds: formatUsd(amounts.proceeds),
    fees: formatUsd(amounts.fees),
    cost: formatUsd(amounts.cost),
    gain: formatUsd(amounts.gain),
  }
}

function presentIncome({
  type,
  at,
  symbol,
  description,
  netAmountMinor,
}: Activity): TaxFacts['income'][number] {
  return {
    date: newYorkDate(at).toString(),
    activity_type: type,
    ...(symbol !== undefined && { symbol }),
    description,
    amount: formatUsd(netAmountMinor),
  }
}
