import { z } from 'zod'
import { AccountBody, AccountsGetRequest } from './account.ts'
import { ItemBody } from './item.ts'

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
      apr_type: z.enum(['purchase_apr', 'cash_apr', 'balance_transfer_apr', 'special']),
      balance_subject_to_apr: amount.nullable(),
      interest_charge_amount: amount.nullable(),
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
export const LoanStatus = z.enum([
  'cancelled',
  'charged off',
  'claim',
  'consolidated',
  'deferment',
  'delinquent',
  'discharged',
  'extension',
  'forbearance',
  'in grace',
  'in military',
  'in school',
  'not fully disbursed',
  'other',
  'paid in full',
  'refunded',
  'repayment',
  'transferred',
  'pending idr',
])
export const RepaymentPlan = z.enum([
  'extended graduated',
  'extended standard',
  'graduated',
  'income-contingent repayment',
  'income-based repayment',
  'income-sensitive repayment',
  'interest-only',
  'other',
  'pay as you earn',
  'revised pay as you earn',
  'standard',
  'saving on a valuable education',
])
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
  loan_status: z.object({ type: LoanStatus, end_date: day.nullable() }),
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
  repayment_plan: z.object({ type: RepaymentPlan, description: z.string() }),
  sequence_number: z.string(),
  servicer_address: Address,
  ytd_interest_paid: amount,
  ytd_principal_paid: amount,
})

const LiabilitiesBody = z.object({
  credit: z.array(CreditLiabilityBody),
  mortgage: z.array(MortgageLiabilityBody).nullable(),
  student: z.array(StudentLiabilityBody).nullable(),
})

export const LiabilitiesGetResponse = z.object({
  accounts: z.array(AccountBody),
  liabilities: LiabilitiesBody,
  item: ItemBody,
  request_id: z.string(),
})
export const ProcessorLiabilitiesGetResponse = z.object({
  account: AccountBody,
  liabilities: LiabilitiesBody,
  request_id: z.string(),
})
