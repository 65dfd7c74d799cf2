import type { Security, Trade } from '../investments/portfolio.ts'
import { presentMinor } from './present-account.ts'

const coded = (currency: string) => ({ iso_currency_code: currency, unofficial_currency_code: null })

export function presentSecurity(security: Security, currency: string, today: Temporal.PlainDate) {
  const isCash = security.type === 'cash'
  return {
    security_id: security.id,
    isin: null,
    cusip: null,
    sedol: null,
    figi: null,
    institution_security_id: null,
    institution_id: null,
    proxy_security_id: null,
    name: security.name,
    ticker_symbol: security.ticker,
    is_cash_equivalent: isCash,
    type: security.type,
    subtype: security.subtype,
    close_price: presentMinor(security.priceMinor),
    close_price_as_of: today.toString(),
    update_datetime: null,
    ...coded(currency),
    market_identifier_code: isCash ? null : 'XNAS',
    sector: security.sector,
    industry: security.industry,
    cfi_code: null,
    option_contract: null,
    fixed_income: null,
  }
}

/** Of cash the quantity is the amount. */
export function presentHolding(
  held: {
    accountId: string
    security: Security
    quantity: bigint | null
    valueMinor: bigint
    costMinor: bigint | null
    currency: string
  },
  today: Temporal.PlainDate,
) {
  const value = presentMinor(held.valueMinor)
  return {
    account_id: held.accountId,
    security_id: held.security.id,
    institution_price: presentMinor(held.security.priceMinor),
    institution_price_as_of: today.toString(),
    institution_price_datetime: null,
    institution_value: value,
    cost_basis: held.costMinor === null ? null : presentMinor(held.costMinor),
    quantity: held.quantity === null ? value : Number(held.quantity),
    ...coded(held.currency),
    vested_quantity: null,
    vested_value: null,
    tax_lots: [],
  }
}

export function presentTrade(trade: Trade & { currency: string }) {
  return {
    investment_transaction_id: trade.id,
    account_id: trade.accountId,
    security_id: trade.security.id,
    cancel_transaction_id: null,
    date: trade.date.toString(),
    transaction_datetime: null,
    name: `BUY ${trade.security.ticker}`,
    quantity: Number(trade.quantity),
    amount: presentMinor(trade.quantity * trade.priceMinor),
    price: presentMinor(trade.priceMinor),
    fees: 0,
    type: 'buy',
    subtype: 'buy',
    ...coded(trade.currency),
  }
}
