import { z } from 'zod'
import { Id, ignored, optional, options, request, Token } from './request.ts'
import { PersonalFinanceCategoryBody } from './transaction.ts'

const wishes = optional(
  options({
    include_personal_finance_category: ignored,
    personal_finance_category_version: optional(z.enum(['v1', 'v2'])),
  }),
)
export const TransactionsRecurringGetRequest = request({
  access_token: Token,
  account_ids: optional(z.array(Id).max(100)),
  options: wishes,
})
export const ProcessorTransactionsRecurringGetRequest = request({ processor_token: Token, options: wishes })

const StreamAmountBody = z.object({
  amount: z.number(),
  iso_currency_code: z.string(),
  unofficial_currency_code: z.null(),
})

export const TransactionStreamBody = z.object({
  account_id: z.string(),
  stream_id: z.string(),
  category: z.array(z.string()).nullable(),
  category_id: z.string().nullable(),
  description: z.string(),
  merchant_name: z.string().nullable(),
  first_date: z.string(),
  last_date: z.string(),
  predicted_next_date: z.string().nullable(),
  frequency: z.enum(['WEEKLY', 'BIWEEKLY', 'SEMI_MONTHLY', 'MONTHLY', 'ANNUALLY', 'UNKNOWN']),
  transaction_ids: z.array(z.string()),
  average_amount: StreamAmountBody,
  last_amount: StreamAmountBody,
  is_active: z.boolean(),
  status: z.enum(['MATURE', 'EARLY_DETECTION', 'TOMBSTONED', 'UNKNOWN']),
  personal_finance_category: PersonalFinanceCategoryBody,
  is_user_modified: z.literal(false),
})
export type TransactionStreamBody = z.infer<typeof TransactionStreamBody>

export const TransactionsRecurringGetResponse = z.object({
  inflow_streams: z.array(TransactionStreamBody),
  outflow_streams: z.array(TransactionStreamBody),
  updated_datetime: z.string(),
  personal_finance_category_version: z.enum(['v1', 'v2']),
  request_id: z.string(),
})
