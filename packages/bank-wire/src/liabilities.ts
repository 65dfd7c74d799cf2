import { z } from 'zod'
import { AccountBody, AccountsGetRequest, BalancesBody } from './account.ts'
import { ItemBody } from './item.ts'
import { Id, optional, options, request, Token } from './request.ts'

const amount = z.number().nullable()
const day = z.string().nullable()

export const LiabilitiesGetRequest = AccountsGetRequest

const Address = z.object({
  street: z.string().nullable(),
  city: z.string().nullable(),
  region: z.string().nullable(),
  postal_code: z.string().nullable(),
  country: z.string().nullable(),
})

export const CreditLiabilityBody = z.object({
  account_id: z.string(),
  aprs: z.array(
    z.object({
      apr_percentage: z.number(),
      apr_type: z.literal('purchase_apr'),
      balance_subject_to_apr: amount,
      interest_charge_amount: amount,
    }),
  ),
  is_overdue: z.boolean(),
  last_payment_amount: amount,
  last_payment_date: day,
  last_statement_issue_date: day,
  last_statement_balance: amount,
  minimum_payment_amount: amount,
  next_payment_due_date: day,
})
export const MortgageLiabilityBody = z.object({
  account_id: z.string(),
  account_number: z.string(),
  current_late_fee: amount,
  escrow_balance: amount,
  has_pmi: z.boolean(),
  has_prepayment_penalty: z.boolean(),
  interest_rate: z.object({ percentage: z.number(), type: z.literal('fixed') }),
  last_payment_amount: amount,
  last_payment_date: day,
  loan_type_description: z.string(),
  loan_term: z.string(),
  maturity_date: day,
  next_monthly_payment: amount,
  next_payment_due_date: day,
  origination_date: day,
  origination_principal_amount: amount,
  past_due_amount: amount,
  property_address: Address,
  ytd_interest_paid: amount,
  ytd_principal_paid: amount,
})
export const StudentLiabilityBody = z.object({
  account_id: z.string(),
  account_number: z.string(),
  disbursement_dates: z.array(z.string()),
  expected_payoff_date: day,
  guarantor: z.string(),
  interest_rate_percentage: z.number(),
  is_overdue: z.boolean(),
  last_payment_amount: amount,
  last_payment_date: day,
  last_statement_balance: amount,
  last_statement_issue_date: day,
  loan_name: z.string(),
  loan_status: z.object({ type: z.literal('repayment'), end_date: day }),
  minimum_payment_amount: amount,
  next_payment_due_date: day,
  origination_date: day,
  origination_principal_amount: amount,
  outstanding_interest_amount: amount,
  payment_reference_number: z.string(),
  pslf_status: z.object({
    estimated_eligibility_date: z.null(),
    payments_made: z.null(),
    payments_remaining: z.null(),
  }),
  repayment_plan: z.object({ type: z.literal('standard'), description: z.string() }),
  sequence_number: z.string(),
  servicer_address: Address,
  ytd_interest_paid: amount,
  ytd_principal_paid: amount,
})

export const LiabilitiesGetResponse = z.object({
  accounts: z.array(AccountBody),
  liabilities: z.object({
    credit: z.array(CreditLiabilityBody),
    mortgage: z.array(MortgageLiabilityBody).nullable(),
    student: z.array(StudentLiabilityBody).nullable(),
  }),
  item: ItemBody,
  request_id: z.string(),
})

export const InvestmentsHoldingsGetRequest = AccountsGetRequest
export const InvestmentsTransactionsGetRequest = request({
  access_token: Token,
  start_date: z.iso.date(),
  end_date: z.iso.date(),
  options: optional(
    options({
      account_ids: optional(z.array(Id).max(100)),
      count: optional(z.int().min(1).max(500)),
      offset: optional(z.int().min(0).max(1_000_000)),
      async_update: optional(z.boolean()),
    }),
  ),
})

const currency = { iso_currency_code: z.string(), unofficial_currency_code: z.null() }

/** Current clients want the key `margin_loan_amount` in these answers. */
export const InvestmentAccountBody = AccountBody.extend({
  balances: BalancesBody.extend({ margin_loan_amount: z.null() }),
})
export const SecurityBody = z.object({
  security_id: z.string(),
  isin: z.null(),
  cusip: z.null(),
  sedol: z.null(),
  figi: z.null(),
  institution_security_id: z.null(),
  institution_id: z.null(),
  proxy_security_id: z.null(),
  name: z.string(),
  ticker_symbol: z.string(),
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
  cost_basis: amount,
  quantity: z.number(),
  ...currency,
  vested_quantity: z.null(),
  vested_value: z.null(),
  tax_lots: z.array(z.never()),
})
export const InvestmentTransactionBody = z.object({
  investment_transaction_id: z.string(),
  account_id: z.string(),
  security_id: z.string(),
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
const shared = {
  accounts: z.array(InvestmentAccountBody),
  securities: z.array(SecurityBody),
  item: ItemBody,
  is_investments_fallback_item: z.boolean(),
  request_id: z.string(),
}
export const InvestmentsHoldingsGetResponse = z.object({ ...shared, holdings: z.array(HoldingBody) })
export const InvestmentsTransactionsGetResponse = z.object({
  ...shared,
  investment_transactions: z.array(InvestmentTransactionBody),
  total_investment_transactions: z.int(),
})
