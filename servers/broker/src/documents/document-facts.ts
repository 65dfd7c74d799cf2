/** What documents say, as text that is ready to be printed or sent: it is kept from the moment of issue. */

export type Holder = {
  readonly name: string
  readonly address_lines: readonly string[]
  readonly account_number: string
}

type Issue = {
  readonly holder: Holder
  readonly account_id: string
  /** The wall day of New York on which it was issued. */
  readonly issued_on: string
}

export type StatementPosition = {
  readonly symbol: string
  readonly name: string
  readonly qty: string
  readonly price: string
  readonly market_value: string
}

export type StatementActivity = {
  readonly id: string
  readonly date: string
  readonly settle_date: string
  readonly activity_type: string
  readonly activity_sub_type?: string
  readonly side?: 'buy' | 'sell'
  readonly symbol?: string
  readonly qty?: string
  readonly price?: string
  readonly net_amount: string
  readonly description: string
}

export type StatementFacts = Issue & {
  readonly kind: 'account_statement'
  readonly period_start: string
  readonly period_end: string
  readonly opening_cash: string
  readonly closing_cash: string
  /** Below zero by what was given in advance and nobody has paid for. */
  readonly opening_advances: string
  readonly closing_advances: string
  readonly opening_market_value: string
  readonly closing_market_value: string
  readonly opening_equity: string
  readonly closing_equity: string
  /** What the period's activities came to, by what they were; their sum is the change of cash. */
  readonly totals: readonly { readonly name: string; readonly amount: string }[]
  readonly positions: readonly StatementPosition[]
  readonly activities: readonly StatementActivity[]
}

export type ConfirmedTrade = {
  readonly execution_id: string
  readonly order_id: string
  readonly executed_at: string
  readonly side: 'buy' | 'sell'
  readonly symbol: string
  readonly name: string
  readonly qty: string
  readonly price: string
  readonly principal: string
  readonly fees: string
  /** Signed, as the account sees it. */
  readonly net_amount: string
  readonly settle_date: string
}

export type ConfirmationFacts = Issue & {
  readonly kind: 'trade_confirmation'
  readonly trade_date: string
  readonly trades: readonly ConfirmedTrade[]
  readonly total_bought: string
  readonly total_sold: string
  readonly total_fees: string
  readonly net_amount: string
}

export type TaxSale = {
  readonly date: string
  readonly symbol: string
  readonly name: string
  readonly qty: string
  readonly proceeds: string
  readonly fees: string
  readonly cost: string
  readonly gain: string
}

export type TaxFacts = Issue & {
  readonly kind: 'tax_statement'
  readonly tax_year: number
  readonly sales: readonly TaxSale[]
  readonly total_proceeds: string
  readonly total_fees: string
  readonly total_cost: string
  readonly total_gain: string
  readonly income: readonly {
    readonly date: string
    readonly activity_type: string
    readonly symbol?: string
    readonly description: string
    readonly amount: string
  }[]
  readonly total_dividends: string
  readonly total_interest: string
  readonly total_withheld: string
  readonly total_cash_in_lieu: string
}

export type DocumentFacts = StatementFacts | ConfirmationFacts | TaxFacts
