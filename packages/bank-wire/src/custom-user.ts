import { z } from 'zod'
import { OwnerBody } from './account.ts'
import { AccountType } from './enums.ts'
import { LoanStatus, RepaymentPlan } from './liabilities.ts'
import { Day } from './request.ts'

const amount = z.number().min(-1e12).max(1e12)
const text = z.string().max(200)
const digits = (pattern: RegExp) => z.string().regex(pattern).nullish()
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .nullish()
/** The vendor's samples write arrays where its schema has one object. */
const many = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .union([z.array(schema).max(200), schema.transform((one) => [one])])
    .nullish()
    .transform((list) => list ?? undefined)
/** The first to the 28th, or the last. */
const day = z.union([z.int().min(1).max(28), z.literal('last'), z.string().regex(/^([1-9]|1\d|2[0-8])$/)])

const Security = z
  .object({
    isin: text.nullish(),
    cusip: text.nullish(),
    sedol: text.nullish(),
    name: text.nullish(),
    ticker_symbol: text.nullish(),
    currency,
  })
  .refine(({ isin, cusip, sedol, name, ticker_symbol }) => isin ?? cusip ?? sedol ?? name ?? ticker_symbol, {
    message: 'must have one of isin, cusip, sedol, name, ticker_symbol',
  })

export const CustomHolding = z.object({
  institution_price: amount,
  institution_price_as_of: Day.nullish(),
  cost_basis: amount.nullish(),
  quantity: amount,
  currency,
  security: Security,
})
export type CustomHolding = z.infer<typeof CustomHolding>

export const CustomTrade = z.object({
  date: Day,
  name: text,
  quantity: amount,
  price: amount,
  fees: amount.nullish(),
  type: z.enum(['buy', 'sell', 'cancel', 'cash', 'fee', 'transfer']),
  currency,
  security: Security.nullish(),
})
export type CustomTrade = z.infer<typeof CustomTrade>

const rate = z.number().min(0).max(1_000).nullish()

/** Of a card or a student loan; what is not given is made up. */
export const CustomLiability = z.object({
  type: z.enum(['credit', 'student']),
  purchase_apr: rate,
  cash_apr: rate,
  balance_transfer_apr: rate,
  special_apr: rate,
  last_payment_amount: amount.nullish(),
  minimum_payment_amount: amount.nullish(),
  is_overdue: z.boolean().nullish(),
  origination_date: Day.nullish(),
  principal: amount.nullish(),
  nominal_apr: rate,
  expected_payoff_date: Day.nullish(),
  guarantor: text.nullish(),
  loan_name: text.nullish(),
  loan_status: z.object({ end_date: Day.nullish(), type: LoanStatus.nullish() }).nullish(),
  payment_reference_number: text.nullish(),
  repayment_plan_description: text.nullish(),
  repayment_plan_type: RepaymentPlan.nullish(),
  sequence_number: text.nullish(),
})
export type CustomLiability = z.infer<typeof CustomLiability>

export const InflowModel = z.object({
  type: z.enum(['none', 'monthly-income', 'monthly-balance-payment', 'monthly-interest-only-payment']),
  income_amount: amount.nullish(),
  payment_day_of_month: day.nullish(),
  transaction_name: z.string().min(1).max(200).nullish(),
  statement_day_of_month: day.nullish(),
})
export type InflowModel = z.infer<typeof InflowModel>

const identity = z.object({
  names: z.array(z.string().min(1).max(200)).max(10).nullish(),
  phone_numbers: OwnerBody.shape.phone_numbers.max(10).nullish(),
  emails: OwnerBody.shape.emails.max(10).nullish(),
  addresses: OwnerBody.shape.addresses.max(10).nullish(),
})

/**
 * The JSON that stands where a password stands for the user `user_custom`. Unknown keys are let through:
 * the vendor's own samples carry more than has a use here.
 */
export const CustomUser = z.object({
  version: z.union([z.string(), z.number()]).nullish(),
  seed: z.string().max(200).nullish(),
  override_accounts: z
    .array(
      z.object({
        type: z.union([AccountType, z.literal('payroll')]).nullish(),
        subtype: z.string().max(100).nullish(),
        starting_balance: amount.nullish(),
        force_available_balance: amount.nullish(),
        has_null_available_balance: z.boolean().nullish(),
        currency,
        meta: z
          .object({
            name: text.nullish(),
            official_name: text.nullish(),
            limit: amount.nullish(),
            mask: digits(/^([0-9A-Za-z]{2,4})?$/),
          })
          .nullish(),
        numbers: z
          .object({
            account: digits(/^\d{4,17}$/),
            ach_routing: digits(/^\d{9}$/),
            ach_wire_routing: digits(/^\d{9}$/),
            eft_institution: digits(/^\d{3}$/),
            eft_branch: digits(/^\d{5}$/),
            international_bic: digits(/^[0-9A-Z]{8}([0-9A-Z]{3})?$/),
            international_iban: digits(/^[A-Z]{2}\d{2}[0-9A-Z]{11,30}$/),
            bacs_sort_code: digits(/^\d{6}$/),
          })
          .nullish(),
        transactions: z
          .array(
            z.object({
              date_transacted: Day,
              date_posted: Day,
              amount,
              description: z.string().min(1).max(200),
            }),
          )
          .max(500)
          .nullish(),
        holdings: many(CustomHolding),
        investment_transactions: many(CustomTrade),
        liability: CustomLiability.nullish(),
        inflow_model: InflowModel.nullish(),
        identity: identity.nullish(),
      }),
    )
    .max(20)
    .nullish(),
  recaptcha: z.enum(['good', 'bad']).nullish(),
  force_error: z.string().max(100).nullish(),
})
export type CustomUser = z.infer<typeof CustomUser>
