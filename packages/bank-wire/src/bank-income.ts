import { z } from 'zod'
import { OwnerBody } from './account.ts'
import { Id, optional, options, request, Token } from './request.ts'

const user = { user_id: optional(Id), user_token: optional(Token) }

export const CreditBankIncomeGetRequest = request({
  ...user,
  options: optional(options({ count: optional(z.int().min(1).max(100)) })),
})

export const SandboxBankIncomeFireWebhookRequest = request({
  webhook_override: optional(z.url({ protocol: /^https?$/ }).max(2_000)),
  webhook_code: z.enum(['BANK_INCOME_REFRESH_UPDATE', 'BANK_INCOME_REFRESH_COMPLETE']),
  webhook_fields: options({
    user_id: Id,
    bank_income_refresh_complete_result: optional(z.enum(['SUCCESS', 'FAILURE'])),
  }),
})

const AmountBody = z.object({
  amount: z.number(),
  iso_currency_code: z.string(),
  unofficial_currency_code: z.null(),
})

const HistoricalSummaryBody = z.object({
  total_amount: z.number(),
  iso_currency_code: z.string(),
  unofficial_currency_code: z.null(),
  total_amounts: z.array(AmountBody),
  start_date: z.string(),
  end_date: z.string(),
  transactions: z.array(
    z.object({
      amount: z.number(),
      date: z.string(),
      name: z.string(),
      original_description: z.string(),
      pending: z.boolean(),
      transaction_id: z.string(),
      check_number: z.null(),
      iso_currency_code: z.string(),
      unofficial_currency_code: z.null(),
    }),
  ),
})

export const BankIncomeCategory = z.enum([
  'SALARY',
  'UNEMPLOYMENT',
  'CASH',
  'GIG_ECONOMY',
  'RENTAL',
  'CHILD_SUPPORT',
  'MILITARY',
  'RETIREMENT',
  'LONG_TERM_DISABILITY',
  'BANK_INTEREST',
  'CASH_DEPOSIT',
  'TRANSFER_FROM_APPLICATION',
  'TAX_REFUND',
  'BENEFIT_OTHER',
  'OTHER',
])
export type BankIncomeCategory = z.infer<typeof BankIncomeCategory>

const SourceBody = z.object({
  income_source_id: z.string(),
  income_description: z.string(),
  income_category: BankIncomeCategory,
  account_id: z.string(),
  start_date: z.string(),
  end_date: z.string(),
  pay_frequency: z.enum(['WEEKLY', 'BIWEEKLY', 'SEMI_MONTHLY', 'MONTHLY', 'DAILY', 'UNKNOWN']),
  total_amount: z.number(),
  transaction_count: z.int(),
  historical_summary: z.array(HistoricalSummaryBody),
})

export const BankIncomeBody = z.object({
  bank_income_id: z.string(),
  generated_time: z.string(),
  days_requested: z.int(),
  items: z.array(
    z.object({
      bank_income_accounts: z.array(
        z.object({
          account_id: z.string(),
          mask: z.string(),
          name: z.string(),
          official_name: z.string().nullable(),
          subtype: z.string(),
          type: z.literal('depository'),
          owners: z.array(OwnerBody),
        }),
      ),
      bank_income_sources: z.array(SourceBody),
      last_updated_time: z.string(),
      institution_id: z.string(),
      institution_name: z.string(),
      item_id: z.string(),
    }),
  ),
  bank_income_summary: z.object({
    total_amount: z.number(),
    iso_currency_code: z.string(),
    unofficial_currency_code: z.null(),
    total_amounts: z.array(AmountBody),
    start_date: z.string(),
    end_date: z.string(),
    income_sources_count: z.int(),
    income_categories_count: z.int(),
    income_transactions_count: z.int(),
    historical_summary: z.array(HistoricalSummaryBody),
  }),
  warnings: z.array(z.never()),
})
export type BankIncomeBody = z.infer<typeof BankIncomeBody>

export const CreditBankIncomeGetResponse = z.object({
  bank_income: z.array(BankIncomeBody),
  request_id: z.string(),
})
