import { cashIn, holdingsOf, type Security, type Trade, tradesOf } from '../investments/portfolio.ts'
import { transferNumbersOf } from '../investments/transfer-numbers.ts'
import type { Account } from '../items/item.ts'
import { presentAccount, presentMinor } from './present-account.ts'
import { describedHoldings, describedTrades } from './present-described.ts'

const PAGE = 100

/** Current clients want the key in these answers only. */
export function presentInvestmentAccount(account: Account) {
  const body = presentAccount(account)
  return { ...body, balances: { ...body.balances, margin_loan_amount: null } }
}

/** What is in the accounts, cash included, and each security once. */
export function presentHoldings(accounts: readonly Account[], today: Temporal.PlainDate) {
  const described = accounts.flatMap((account) => describedHoldings(account, today))
  const held = accounts.filter(isMadeUp).flatMap((account) => {
    const { shares, cashMinor } = holdingsOf(account)
    const cash = { accountId: account.id, security: cashIn(account.currency), valueMinor: cashMinor }
    return [...shares, { ...cash, quantity: null, costMinor: null }].map((one) => ({
      ...one,
      currency: account.currency,
    }))
  })
  return {
    holdings: [...held.map((one) => presentHolding(one, today)), ...described.map(({ body }) => body)],
    securities: eachOnce([
      ...held.map(({ security, currency }) => presentSecurity(security, currency, today)),
      ...described.map(({ security }) => security),
    ]),
  }
}

export function presentTrades(
  accounts: readonly Account[],
  today: Temporal.PlainDate,
  asked: {
    start_date: string
    end_date: string
    options?: { count?: number | undefined; offset?: number | undefined } | undefined
  },
) {
  const from = Temporal.PlainDate.from(asked.start_date)
  const to = Temporal.PlainDate.from(asked.end_date)
  const all = accounts
    .flatMap((account) => [...describedTrades(account), ...madeUpTrades(account, today)])
    .filter(({ date }) => isWithin(date, from, to))
    .sort((a, b) => Temporal.PlainDate.compare(b.date, a.date))
  const { offset = 0, count = PAGE } = asked.options ?? {}
  const page = all.slice(offset, offset + count)
  return {
    investment_transactions: page.map(({ body }) => body),
    total_investment_transactions: all.length,
    securities: eachOnce(page.flatMap(({ security }) => security ?? [])),
  }
}

const isWithin = (date: Temporal.PlainDate, from: Temporal.PlainDate, to: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(date, from) >= 0 && Temporal.PlainDate.compare(date, to) <= 0

/** What another brokerage needs to have the holdings moved to it. */
export function presentTransfer(accounts: readonly Account[], today: Temporal.PlainDate) {
  const { acats, retirement } = transferNumbersOf(accounts)
  return {
    ...presentHoldings(accounts, today),
    owners: accounts.map(({ id, owners }) => ({
      account_id: id,
      names: owners.flatMap(({ names }) => names),
    })),
    numbers: {
      acats: acats.map(({ accountId, account, participants }) => ({
        account_id: accountId,
        account,
        dtc_numbers: participants,
      })),
      // The Canadian way: no bank there has investments here.
      aton: [],
      retirement_401k: retirement.map(({ accountId, account, plan }) => ({
        account_id: accountId,
        account,
        plan,
      })),
    },
    data_sources: {
      numbers: 'INSTITUTION' as const,
      owners: 'INSTITUTION' as const,
      holdings: 'INSTITUTION' as const,
    },
  }
}

const coded = (currency: string) => ({ iso_currency_code: currency, unofficial_currency_code: null })

const isMadeUp = ({ described }: Account) =>
  described?.holdings === undefined && described?.trades === undefined

function madeUpTrades(account: Account, today: Temporal.PlainDate) {
  if (!isMadeUp(account)) return []
  const { currency } = account
  return tradesOf(account, today).map((trade) => ({
    date: trade.date,
    body: presentTrade({ ...trade, currency }),
    security: presentSecurity(trade.security, currency, today),
  }))
}

function eachOnce<Shown extends { security_id: string }>(securities: readonly Shown[]): Shown[] {
  return [...new Map(securities.map((one) => [one.security_id, one])).values()]
}

function presentSecurity(security: Security, currency: string, today: Temporal.PlainDate) {
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
function presentHolding(
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

function presentTrade(trade: Trade & { currency: string }) {
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
