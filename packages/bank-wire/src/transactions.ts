import { z } from 'zod'
import { AccountBody } from './account.ts'
import { ItemBody } from './item.ts'
import { Day, Id, ignored, optional, options, request, Token } from './request.ts'
import { RemovedTransactionBody, TransactionBody } from './transaction.ts'

const count = optional(z.int().min(1).max(500))
const version = optional(z.enum(['v1', 'v2']))
const shown = {
  include_original_description: optional(z.boolean()),
  include_personal_finance_category: ignored,
  include_logo_and_counterparty_beta: ignored,
  personal_finance_category_version: version,
  days_requested: optional(z.int().min(1).max(730)),
}

const sync = {
  cursor: optional(z.string().max(256)),
  count,
  options: optional(options({ ...shown, account_id: optional(Id) })),
}
const get = {
  start_date: Day,
  end_date: Day,
  options: optional(
    options({
      ...shown,
      account_ids: optional(z.array(Id).max(100)),
      count,
      offset: optional(z.int().min(0).max(1_000_000)),
      include_personal_finance_category_beta: ignored,
    }),
  ),
}

export const TransactionsSyncRequest = request({ access_token: Token, ...sync })
export const ProcessorTransactionsSyncRequest = request({ processor_token: Token, ...sync })
export const TransactionsGetRequest = request({ access_token: Token, ...get })
export const ProcessorTransactionsGetRequest = request({ processor_token: Token, ...get })
export const TransactionsRefreshRequest = request({ access_token: Token })

const page = {
  transactions_update_status: z.enum(['NOT_READY', 'INITIAL_UPDATE_COMPLETE', 'HISTORICAL_UPDATE_COMPLETE']),
  added: z.array(TransactionBody),
  modified: z.array(TransactionBody),
  removed: z.array(RemovedTransactionBody),
  next_cursor: z.string(),
  has_more: z.boolean(),
  request_id: z.string(),
}
export const TransactionsSyncResponse = z.object({ ...page, accounts: z.array(AccountBody) })
export const ProcessorTransactionsSyncResponse = z.object({ ...page, account: AccountBody })

const list = {
  transactions: z.array(TransactionBody),
  total_transactions: z.number(),
  request_id: z.string(),
}
export const TransactionsGetResponse = z.object({ ...list, accounts: z.array(AccountBody), item: ItemBody })
export const ProcessorTransactionsGetResponse = z.object({ ...list, account: AccountBody })

export const SandboxTransactionsCreateRequest = request({
  access_token: Token,
  transactions: z
    .array(
      options({
        date_transacted: Day,
        date_posted: Day,
        amount: z.number().min(-1e9).max(1e9),
        description: z.string().min(1).max(200),
        iso_currency_code: optional(z.string().regex(/^[A-Z]{3}$/)),
      }),
    )
    .min(1)
    .max(10),
})

export const CategoriesGetRequest = request({})
export const CategoriesGetResponse = z.object({
  categories: z.array(
    z.object({ category_id: z.string(), group: z.string(), hierarchy: z.array(z.string()) }),
  ),
  request_id: z.string(),
})
