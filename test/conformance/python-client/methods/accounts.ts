import { z } from 'zod'
import { Account, AccountConfiguration, Activity, TradeAccount, TradeDocument } from '../models/accounts.ts'
import type { QueryValue } from '../python-text.ts'
import type { PythonTransport } from '../transport.ts'

type Query = Record<string, QueryValue>

/** Accounts, their documents and activities: what each method of the client sends, and how it reads the answer. */
export const accountMethods = {
  create_account: (http: PythonTransport, data: object) => http.post('/accounts', Account, data),

  get_account_by_id: (http: PythonTransport, id: string) =>
    http.get(`/accounts/${id}`, Account, { params: '' }),

  update_account: (http: PythonTransport, id: string, data: object) =>
    http.patch(`/accounts/${id}`, Account, data),

  close_account: (http: PythonTransport, id: string) => http.nothing('POST', `/accounts/${id}/actions/close`),

  delete_account: (http: PythonTransport, id: string) =>
    http.nothing('POST', `/accounts/${id}/actions/close`),

  list_accounts: (http: PythonTransport, filter?: Query) =>
    http.get('/accounts', z.array(Account), filter === undefined ? {} : { sort: 'desc', ...filter }),

  get_trade_account_by_id: (http: PythonTransport, id: string) =>
    http.get(`/trading/accounts/${id}/account`, TradeAccount),

  upload_documents_to_account: (http: PythonTransport, id: string, documents: readonly object[]) =>
    http.nothing('POST', `/accounts/${id}/documents/upload`, { body: documents }),

  get_trade_configuration_for_account: (http: PythonTransport, id: string) =>
    http.get(`/trading/accounts/${id}/account/configurations`, AccountConfiguration),

  /** All nine keys go out, with null for those that were not set. */
  update_trade_configuration_for_account: (http: PythonTransport, id: string, config: object) =>
    http.patch(`/trading/accounts/${id}/account/configurations`, AccountConfiguration, {
      dtbp_check: null,
      fractional_trading: null,
      max_margin_multiplier: null,
      no_shorting: null,
      pdt_check: null,
      suspend_trade: null,
      trade_confirm_email: null,
      ptp_no_exception_entry: null,
      max_options_trading_level: null,
      ...config,
    }),

  /** Both are stubs in the original: they ask nobody. */
  get_cip_data_for_account_by_id: async (_http: PythonTransport, _id: string) => undefined,
  upload_cip_data_for_account_by_id: async (_http: PythonTransport, _id: string) => undefined,

  get_account_activities: async (http: PythonTransport, filter: Query, maxItems?: number) => {
    const found: z.infer<typeof Activity>[] = []
    for (let page_token = filter.page_token; ; page_token = found.at(-1)?.id) {
      const left = maxItems === undefined ? undefined : maxItems - found.length
      if (left === 0) return found
      const asked = filter.page_size === undefined ? 100 : Number(filter.page_size)
      const page_size = left === undefined ? filter.page_size : Math.min(left, asked)
      const rows = await http.get('/accounts/activities', z.array(Activity), {
        ...filter,
        page_size,
        page_token,
      })
      if (rows.length === 0) return found
      found.push(...rows)
      if (found.length > 10_000) throw new Error('the pages of activities have no end')
    }
  },

  get_trade_documents_for_account: (http: PythonTransport, id: string, filter: Query = {}) =>
    http.get(`/accounts/${id}/documents`, z.array(TradeDocument), filter),

  get_trade_document_for_account_by_id: (http: PythonTransport, id: string, document: string) =>
    http.get(`/accounts/${id}/documents/${document}`, TradeDocument),

  download_trade_document_for_account_by_id: (http: PythonTransport, id: string, document: string) =>
    http.download(`/accounts/${id}/documents/${document}/download`),
}
