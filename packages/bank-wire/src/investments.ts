import { z } from 'zod'
import { AccountBody, AccountsGetRequest, BalancesBody } from './account.ts'
import { ItemBody } from './item.ts'
import { Day, Id, optional, options, request, Token } from './request.ts'

export const InvestmentsHoldingsGetRequest = AccountsGetRequest
const transactionsQuestion = {
  start_date: Day,
  end_date: Day,
  options: optional(
    options({
      account_ids: optional(z.array(Id).max(100)),
      count: optional(z.int().min(1).max(500)),
      offset: optional(z.int().min(0).max(1_000_000)),
      async_update: optional(z.boolean()),
    }),
  ),
}
export const InvestmentsTransactionsGetRequest = request({ access_token: Token, ...transactionsQuestion })
export const ProcessorInvestmentsTransactionsGetRequest = request({
  processor_token: Token,
  ...transactionsQuestion,
})
export const InvestmentsRefreshRequest = request({ access_token: Token })
export const InvestmentsAuthGetRequest = AccountsGetRequest

const currency = { iso_currency_code: z.string(), unofficial_currency_code: z.null() }

/** Current clients want the key `margin_loan_amount` in these answers. */
export const InvestmentAccountBody = AccountBody.extend({
  balances: BalancesBody.extend({ margin_loan_amount: z.null() }),
})
export const SecurityBody = z.object({
  security_id: z.string(),
  isin: z.string().nullable(),
  cusip: z.string().nullable(),
  sedol: z.string().nullable(),
  figi: z.null(),
  institution_security_id: z.null(),
  institution_id: z.null(),
  proxy_security_id: z.null(),
  name: z.string().nullable(),
  ticker_symbol: z.string().nullable(),
  is_cash_equivalent: z.boolean(),
  type: z.string(),
  subtype: z.string(),
  close_price: z.number(),
  close_price_as_of: z.string(),
  update_datetime: z.null(),
  ...currency,
  market_identifier_code: z.string().nullable(),
  sector: z.string().nullable(),
  industry: z.string().nullable(),
  cfi_code: z.null(),
  option_contract: z.null(),
  fixed_income: z.null(),
})
export const HoldingBody = z.object({
  account_id: z.string(),
  security_id: z.string(),
  institution_price: z.number(),
  institution_price_as_of: z.string(),
  institution_price_datetime: z.null(),
  institution_value: z.number(),
  cost_basis: z.number().nullable(),
  quantity: z.number(),
  ...currency,
  vested_quantity: z.null(),
  vested_value: z.null(),
  tax_lots: z.array(z.never()),
})
export const InvestmentTransactionBody = z.object({
  investment_transaction_id: z.string(),
  account_id: z.string(),
  security_id: z.string().nullable(),
  cancel_transaction_id: z.null(),
  date: z.string(),
  transaction_datetime: z.null(),
  name: z.string(),
  quantity: z.number(),
  amount: z.number(),
  price: z.number(),
  fees: z.number(),
  type: z.string(),
  subtype: z.string(),
  ...currency,
})
const shared = { securities: z.array(SecurityBody), request_id: z.string() }
const origin = { is_investments_fallback_item: z.boolean() }
const ofItem = { ...shared, ...origin, accounts: z.array(InvestmentAccountBody), item: ItemBody }
const ofAccount = { ...shared, ...origin, account: InvestmentAccountBody }
const holdings = { holdings: z.array(HoldingBody) }
const transactions = {
  investment_transactions: z.array(InvestmentTransactionBody),
  total_investment_transactions: z.int(),
}
export const InvestmentsHoldingsGetResponse = z.object({ ...ofItem, ...holdings })
export const ProcessorInvestmentsHoldingsGetResponse = z.object({ ...ofAccount, ...holdings })
export const InvestmentsTransactionsGetResponse = z.object({ ...ofItem, ...transactions })
export const ProcessorInvestmentsTransactionsGetResponse = z.object({ ...ofAccount, ...transactions })

const source = z.literal('INSTITUTION')
/** What another brokerage needs to have the holdings moved to it. */
const transfer = {
  ...holdings,
  owners: z.array(z.object({ account_id: z.string(), names: z.array(z.string()) })),
  numbers: z.object({
    acats: z.array(
      z.object({ account_id: z.string(), account: z.string(), dtc_numbers: z.array(z.string()) }),
    ),
    aton: z.array(z.object({ account_id: z.string(), account: z.string() })),
    retirement_401k: z.array(z.object({ account_id: z.string(), plan: z.string(), account: z.string() })),
  }),
  data_sources: z.object({ numbers: source, owners: source, holdings: source }),
}
export const InvestmentsAuthGetResponse = z.object({
  ...shared,
  ...transfer,
  accounts: z.array(InvestmentAccountBody),
  item: ItemBody,
})
export const ProcessorInvestmentsAuthGetResponse = z.object({ ...ofAccount, ...transfer })
