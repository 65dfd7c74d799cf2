import { createHash } from 'node:crypto'
import type { CustomHolding, CustomTrade } from '@paddock/bank-wire'
import type { Account } from '../items/item.ts'
import { objectIdOf } from '../tokens/object-id.ts'
import { presentMinor } from './present-account.ts'

const MICRO = 1_000_000
const tradeSubtypes = {
  buy: 'buy',
  sell: 'sell',
  cancel: 'adjustment',
  cash: 'deposit',
  fee: 'account fee',
  transfer: 'transfer',
} as const

/** The holdings that a custom user's JSON wrote down, each with its security. */
export function describedHoldings({ id, currency, described }: Account, today: Temporal.PlainDate) {
  return (described?.holdings ?? []).map((held) => {
    const as_of = held.institution_price_as_of ?? today.toString()
    const code = held.currency ?? held.security.currency ?? currency
    const security = presentSecurity(held.security, code, held.institution_price, as_of)
    const body = {
      account_id: id,
      security_id: security.security_id,
      institution_price: held.institution_price,
      institution_price_as_of: as_of,
      institution_price_datetime: null,
      institution_value: timesExactly(held.institution_price, held.quantity),
      cost_basis: held.cost_basis ?? null,
      quantity: held.quantity,
      ...coded(code),
      vested_quantity: null,
      vested_value: null,
      tax_lots: [],
    }
    return { body, security }
  })
}

/** The same for its investment transactions: what was paid counts the fees. */
export function describedTrades({ id, currency, described }: Account) {
  return (described?.trades ?? []).map((trade, place) => {
    const code = trade.currency ?? trade.security?.currency ?? currency
    const security =
      trade.security == null ? null : presentSecurity(trade.security, code, trade.price, trade.date)
    const body = {
      investment_transaction_id: idOf(`trade ${id} ${place}`),
      account_id: id,
      security_id: security?.security_id ?? null,
      cancel_transaction_id: null,
      date: trade.date,
      transaction_datetime: null,
      name: trade.name,
      quantity: trade.quantity,
      amount: paidFor(trade),
      price: trade.price,
      fees: trade.fees ?? 0,
      type: trade.type,
      subtype: tradeSubtypes[trade.type],
      ...coded(code),
    }
    return { date: Temporal.PlainDate.from(trade.date), body, security }
  })
}

function presentSecurity(
  { isin, cusip, sedol, name, ticker_symbol }: CustomHolding['security'],
  currency: string,
  price: number,
  asOf: string,
) {
  const ticker = ticker_symbol ?? null
  const isCash = ticker?.startsWith('CUR:') ?? false
  return {
    security_id: idOf(`security ${ticker ?? isin ?? cusip ?? sedol ?? name}`),
    isin: isin ?? null,
    cusip: cusip ?? null,
    sedol: sedol ?? null,
    figi: null,
    institution_security_id: null,
    institution_id: null,
    proxy_security_id: null,
    name: name ?? null,
    ticker_symbol: ticker,
    is_cash_equivalent: isCash,
    type: isCash ? 'cash' : 'equity',
    subtype: isCash ? 'cash' : 'common stock',
    close_price: price,
    close_price_as_of: asOf,
    update_datetime: null,
    ...coded(currency),
    market_identifier_code: null,
    sector: null,
    industry: null,
    cfi_code: null,
    option_contract: null,
    fixed_income: null,
  }
}

function paidFor({ price, quantity, fees }: CustomTrade): number {
  return presentMinor(toCents(micro(price) * micro(quantity)) + toCents(micro(fees ?? 0) * BigInt(MICRO)))
}

function timesExactly(price: number, quantity: number): number {
  return presentMinor(toCents(micro(price) * micro(quantity)))
}

/** Six decimals of a number of the JSON, which is more than a price or a quantity there has. */
const micro = (number: number) => BigInt(Math.round(number * MICRO))

/** Cents of a product of two such, half of one rounded away from zero. */
function toCents(product: bigint): bigint {
  const unit = BigInt(MICRO) * 10_000n
  const half = product < 0n ? -unit / 2n : unit / 2n
  return (product + half) / unit
}

const coded = (currency: string) => ({ iso_currency_code: currency, unofficial_currency_code: null })
const idOf = (text: string) => objectIdOf(createHash('sha256').update(text).digest())

type Apr = 'purchase_apr' | 'cash_apr' | 'balance_transfer_apr' | 'special'

/** What the JSON says of a card, in the place of what would be made up. */
export function describedCredit({ described }: Account) {
  const told = described?.liability
  if (told === undefined || told.type !== 'credit') return {}
  const rates: [Apr, number | null | undefined][] = [
    ['purchase_apr', told.purchase_apr],
    ['cash_apr', told.cash_apr],
    ['balance_transfer_apr', told.balance_transfer_apr],
    ['special', told.special_apr],
  ]
  const aprs = rates.flatMap(([apr_type, percentage]) =>
    percentage == null
      ? []
      : [
          {
            apr_percentage: percentage,
            apr_type,
            balance_subject_to_apr: null,
            interest_charge_amount: null,
          },
        ],
  )
  return {
    ...(aprs.length > 0 && { aprs }),
    ...(told.last_payment_amount != null && { last_payment_amount: told.last_payment_amount }),
    ...(told.minimum_payment_amount != null && { minimum_payment_amount: told.minimum_payment_amount }),
    ...(told.is_overdue != null && { is_overdue: told.is_overdue }),
  }
}

/** The same of a student loan. */
export function describedStudent({ described }: Account) {
  const told = described?.liability
  if (told === undefined || told.type !== 'student') return {}
  const plan = { type: told.repayment_plan_type ?? 'standard' }
  const status = told.loan_status
  return {
    ...given({
      origination_date: told.origination_date,
      origination_principal_amount: told.principal,
      interest_rate_percentage: told.nominal_apr,
      expected_payoff_date: told.expected_payoff_date,
      guarantor: told.guarantor,
      loan_name: told.loan_name,
      last_payment_amount: told.last_payment_amount,
      minimum_payment_amount: told.minimum_payment_amount,
      is_overdue: told.is_overdue,
      payment_reference_number: told.payment_reference_number,
      sequence_number: told.sequence_number,
    }),
    ...(status?.type != null && { loan_status: { type: status.type, end_date: status.end_date ?? null } }),
    ...((told.repayment_plan_type != null || told.repayment_plan_description != null) && {
      repayment_plan: { ...plan, description: told.repayment_plan_description ?? 'Standard Repayment' },
    }),
  }
}

type Given<Facts> = { [Key in keyof Facts]?: NonNullable<Facts[Key]> }

function given<Facts extends object>(facts: Facts): Given<Facts> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value != null)) as Given<Facts>
}
