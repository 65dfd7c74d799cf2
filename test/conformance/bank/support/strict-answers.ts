import { z } from 'zod'
import { key, maybe, text, unlessNull } from '../../python-client/models/values.ts'
import { BankIncome } from './strict-income.ts'
import { Liabilities } from './strict-liabilities.ts'
import * as model from './strict-models.ts'

const { Account, Institution, InvestmentAccount, Item, MatchedAccount, PlaidError, Transaction } = model
const list = <Row extends z.ZodType>(row: Row) => z.array(row)
const number = z.number()

const linkedAccount = z.object({
  id: text,
  name: text,
  mask: key(text),
  type: text,
  subtype: key(text),
  verification_status: key(text),
  class_type: maybe(text),
})
const linkedInstitution = z.object({ name: text, institution_id: text })

const LinkSession = z.object({
  link_session_id: text,
  started_at: unlessNull(text),
  finished_at: maybe(text),
  exit: maybe(z.object({ error: key(PlaidError), metadata: key(z.object({ status: unlessNull(text) })) })),
  events: unlessNull(
    list(
      z.object({
        event_name: text,
        timestamp: text,
        event_id: text,
        // Words only: a null in here makes the whole answer fail.
        event_metadata: z.record(text, text),
      }),
    ),
  ),
  results: maybe(
    z.object({
      item_add_results: list(
        z.object({ public_token: text, accounts: list(linkedAccount), institution: key(linkedInstitution) }),
      ),
      cra_item_add_results: list(z.unknown()),
      cra_update_results: list(z.unknown()),
      bank_income_results: list(z.unknown()),
      payroll_income_results: list(z.unknown()),
      document_income_results: key(z.unknown()),
    }),
  ),
  on_success: maybe(z.object({ public_token: text })),
})

const risk = z.object({ score: number, risk_tier: number })
const signal = {
  scores: key(
    z.object({
      customer_initiated_return_risk: unlessNull(risk),
      bank_initiated_return_risk: unlessNull(risk),
    }),
  ),
  core_attributes: unlessNull(z.record(text, maybe(z.union([number, z.boolean(), text])))),
  ruleset: maybe(
    z.object({
      ruleset_key: unlessNull(text),
      result: text,
      triggered_rule_details: maybe(
        z.object({ internal_note: unlessNull(text), custom_action_key: unlessNull(text) }),
      ),
    }),
  ),
  warnings: list(z.object({ warning_type: text, warning_code: text, warning_message: text })),
}

const accounts = { accounts: list(Account), item: Item }
const account = { account: Account }
const sync = {
  added: list(Transaction),
  modified: list(Transaction),
  removed: list(model.RemovedTransaction),
  next_cursor: text,
  has_more: z.boolean(),
  transactions_update_status: text,
}
const transactions = { transactions: list(Transaction), total_transactions: number }
const streams = {
  inflow_streams: list(model.TransactionStream),
  outflow_streams: list(model.TransactionStream),
  updated_datetime: text,
  personal_finance_category_version: unlessNull(text),
}
const investments = {
  accounts: list(InvestmentAccount),
  securities: list(model.Security),
  item: Item,
  is_investments_fallback_item: unlessNull(z.boolean()),
}
const holdings = { holdings: list(model.Holding) }
const transferData = {
  ...holdings,
  owners: list(z.object({ account_id: unlessNull(text), names: unlessNull(list(text)) })),
  numbers: z.object({
    acats: unlessNull(
      list(z.object({ account_id: text, account: text, dtc_numbers: unlessNull(list(text)) })),
    ),
    aton: unlessNull(list(z.object({ account_id: text, account: text }))),
    retirement_401k: unlessNull(list(z.unknown())),
  }),
  data_sources: z.object({
    numbers: unlessNull(text),
    owners: unlessNull(text),
    holdings: unlessNull(text),
  }),
}
const trades = {
  investment_transactions: list(model.InvestmentTransaction),
  total_investment_transactions: number,
}
const achNumbers = z.object({ account_id: text, account: text, routing: text, wire_routing: key(text) })
const eftNumbers = z.object({ account_id: text, account: text, institution: text, branch: text })
const abroadNumbers = z.object({ account_id: text, iban: text, bic: text })
const bacsNumbers = z.object({ account_id: text, account: text, sort_code: text })

/** What the type-checking client wants of each operation's answer, besides its `request_id`. */
const answers: Readonly<Record<string, z.ZodRawShape>> = {
  '/accounts/balance/get': accounts,
  '/accounts/get': accounts,
  '/auth/get': {
    ...accounts,
    numbers: z.object({
      ach: list(achNumbers),
      eft: list(eftNumbers),
      international: list(abroadNumbers),
      bacs: list(bacsNumbers),
    }),
  },
  '/categories/get': {
    categories: list(z.object({ category_id: text, group: text, hierarchy: list(text) })),
  },
  '/credit/bank_income/get': { bank_income: unlessNull(list(BankIncome)) },
  '/identity/get': { accounts: list(model.AccountWithOwners), item: Item },
  '/identity/match': { accounts: list(MatchedAccount), item: Item },
  '/identity/refresh': {},
  '/institutions/get': { institutions: list(Institution), total: number },
  '/institutions/get_by_id': { institution: Institution },
  '/institutions/search': { institutions: list(Institution) },
  '/investments/auth/get': { ...investments, ...transferData },
  '/investments/holdings/get': { ...investments, ...holdings },
  '/investments/refresh': {},
  '/investments/transactions/get': { ...investments, ...trades },
  '/item/access_token/invalidate': { new_access_token: text },
  '/item/get': { item: model.ItemWithConsent, status: maybe(model.ItemStatus) },
  '/item/import': { access_token: text },
  '/item/products/terminate': {},
  '/item/public_token/create': { public_token: text, expiration: unlessNull(text) },
  '/item/public_token/exchange': { access_token: text, item_id: text },
  '/item/remove': {},
  '/item/webhook/update': { item: Item },
  '/liabilities/get': { ...accounts, liabilities: Liabilities },
  '/link/token/create': {
    link_token: text,
    expiration: text,
    hosted_link_url: unlessNull(text),
    user_id: unlessNull(text),
  },
  '/link/token/get': {
    link_token: text,
    created_at: key(text),
    expiration: key(text),
    metadata: z.object({
      initial_products: list(text),
      webhook: key(text),
      country_codes: list(text),
      language: key(text),
      redirect_uri: key(text),
      client_name: key(text),
      account_filters: unlessNull(z.record(text, unlessNull(z.object({ account_subtypes: list(text) })))),
    }),
    link_sessions: unlessNull(list(LinkSession)),
    user_id: unlessNull(text),
  },
  '/processor/account/get': { ...account, institution_id: text },
  '/processor/auth/get': {
    ...account,
    numbers: z.object({
      ach: maybe(achNumbers),
      eft: maybe(eftNumbers),
      international: maybe(abroadNumbers),
      bacs: maybe(bacsNumbers),
    }),
  },
  '/processor/balance/get': account,
  '/processor/identity/get': { account: model.AccountWithOwners },
  '/processor/identity/match': { account: MatchedAccount },
  '/processor/investments/auth/get': { ...account, securities: list(model.Security), ...transferData },
  '/processor/investments/holdings/get': {
    account: InvestmentAccount,
    securities: list(model.Security),
    ...holdings,
  },
  '/processor/investments/transactions/get': {
    account: InvestmentAccount,
    securities: list(model.Security),
    ...trades,
  },
  '/processor/liabilities/get': { ...account, liabilities: Liabilities },
  '/processor/signal/decision/report': {},
  '/processor/signal/evaluate': signal,
  '/processor/signal/prepare': {},
  '/processor/signal/return/report': {},
  '/processor/stripe/bank_account_token/create': { stripe_bank_account_token: text },
  '/processor/token/create': { processor_token: text },
  '/processor/token/permissions/get': { products: list(text) },
  '/processor/token/permissions/set': {},
  '/processor/token/webhook/update': {},
  '/processor/transactions/get': { ...account, ...transactions },
  '/processor/transactions/recurring/get': streams,
  '/processor/transactions/refresh': {},
  '/processor/transactions/sync': { account: maybe(Account), ...sync },
  '/sandbox/bank_income/fire_webhook': {},
  '/sandbox/item/fire_webhook': { webhook_fired: z.boolean() },
  '/sandbox/item/reset_login': { reset_login: z.boolean() },
  '/sandbox/item/set_verification_status': {},
  '/sandbox/oauth/select_accounts': {},
  '/sandbox/processor_token/create': { processor_token: text },
  '/sandbox/public_token/create': { public_token: text },
  '/sandbox/transactions/create': {},
  '/sandbox/user/reset_login': {},
  '/signal/decision/report': {},
  '/signal/evaluate': signal,
  '/signal/prepare': {},
  '/signal/return/report': {},
  '/signal/schedule': {
    optimal_date: key(text),
    recommendations: list(z.object({ date: text, recommendation: text, rank: maybe(number) })),
    warnings: signal.warnings,
  },
  '/statements/list': {
    accounts: list(
      z.object({
        account_id: text,
        account_mask: text,
        account_name: text,
        account_official_name: text,
        account_subtype: text,
        account_type: text,
        statements: list(z.object({ statement_id: text, month: number, year: number })),
      }),
    ),
    institution_id: text,
    institution_name: text,
    item_id: text,
  },
  '/statements/refresh': {},
  '/transactions/get': { ...accounts, ...transactions },
  '/transactions/recurring/get': streams,
  '/transactions/refresh': {},
  '/transactions/sync': { accounts: list(Account), ...sync },
  '/user/create': { user_id: text, user_token: unlessNull(text) },
  '/user/get': { user_id: text, client_user_id: key(text), created_at: text, updated_at: unlessNull(text) },
  '/user/items/get': { items: list(Item) },
  '/user/remove': {},
  '/user/update': {},
  '/webhook_verification_key/get': {
    key: z.object({
      alg: text,
      crv: text,
      kid: text,
      kty: text,
      use: text,
      x: text,
      y: text,
      created_at: z.int(),
      expired_at: key(z.int()),
    }),
  },
}

/** The operations whose answers have a model here. */
export const modelledOperations: readonly string[] = Object.keys(answers)

/** How the type-checking client would fail on this answer; empty when it would take it. */
export function strictProblems(path: string, status: number, body: unknown): string[] {
  const model = status < 400 ? z.object({ ...answers[path], request_id: text }) : PlaidError
  const issues = model.safeParse(body).error?.issues ?? []
  return issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
}
