import { z } from 'zod'
import { key, maybe, text } from '../../python-client/models/values.ts'

/** What is owed, as the type-checking client reads it; see strict-models.ts. */
const amount = key(z.number())
const day = key(text)
const flag = key(z.boolean())
const word = key(text)

const address = z.object({ city: word, country: word, postal_code: word, region: word, street: word })

const Credit = z.object({
  account_id: word,
  aprs: z.array(
    z.object({
      apr_percentage: z.number(),
      apr_type: text,
      balance_subject_to_apr: amount,
      interest_charge_amount: amount,
    }),
  ),
  is_overdue: flag,
  last_payment_amount: amount,
  last_payment_date: day,
  last_statement_issue_date: day,
  last_statement_balance: amount,
  minimum_payment_amount: amount,
  next_payment_due_date: day,
})

const Mortgage = z.object({
  account_id: text,
  account_number: word,
  current_late_fee: amount,
  escrow_balance: amount,
  has_pmi: flag,
  has_prepayment_penalty: flag,
  interest_rate: z.object({ percentage: amount, type: word }),
  last_payment_amount: amount,
  last_payment_date: day,
  loan_type_description: word,
  loan_term: word,
  maturity_date: day,
  next_monthly_payment: amount,
  next_payment_due_date: day,
  origination_date: day,
  origination_principal_amount: amount,
  past_due_amount: amount,
  property_address: address,
  ytd_interest_paid: amount,
  ytd_principal_paid: amount,
})

const Student = z.object({
  account_id: word,
  account_number: word,
  disbursement_dates: key(z.array(text)),
  expected_payoff_date: day,
  guarantor: word,
  interest_rate_percentage: z.number(),
  is_overdue: flag,
  last_payment_amount: amount,
  last_payment_date: day,
  last_statement_balance: maybe(z.number()),
  last_statement_issue_date: day,
  loan_name: word,
  loan_status: z.object({ end_date: day, type: word }),
  minimum_payment_amount: amount,
  next_payment_due_date: day,
  origination_date: day,
  origination_principal_amount: amount,
  outstanding_interest_amount: amount,
  payment_reference_number: word,
  // The documentation no longer knows it; the client still fails without it.
  pslf_status: z.object({
    estimated_eligibility_date: day,
    payments_made: amount,
    payments_remaining: amount,
  }),
  repayment_plan: z.object({ description: word, type: word }),
  sequence_number: word,
  servicer_address: address,
  ytd_interest_paid: amount,
  ytd_principal_paid: amount,
})

export const Liabilities = z.object({
  credit: key(z.array(Credit)),
  mortgage: key(z.array(Mortgage)),
  student: key(z.array(Student)),
})
