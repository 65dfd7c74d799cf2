import fc from 'fast-check'
import type { Vocabulary } from './fuzz-target.ts'
import { live } from './live-ids.ts'
import { day, instant } from './moments.ts'

const INSTITUTIONS = ['ins_109508', 'ins_109508', 'ins_109509', 'ins_127287', 'ins_130016']
const PRODUCTS = ['auth', 'transactions', 'identity', 'balance', 'investments', 'liabilities', 'signal']

/** Two lists of live things that go together have the same order, so that one choice takes a pair. */
const choice = fc.nat(999)

/** An item with one of its accounts. */
const ofItem = (choice: number) => ({
  access_token: live('access_token', choice),
  account_id: live('account_id', choice),
})
/** A Link session that has come as far as this. */
const inSession = (stage: string, choice: number) => ({
  link_token: live(`${stage}_token`, choice),
  link_session_id: live(`${stage}_session`, choice),
})
const spare = choice.map((one) => ({ access_token: live('spare_access_token', one) }))
const amount = fc.constantFrom(1, 0.01, 12.34, 49.99, 1_000)

const about = <Fields extends Record<string, fc.Arbitrary<unknown>>>(
  first: fc.Arbitrary<object>,
  fields: Fields,
): fc.Arbitrary<object> => fc.tuple(first, fc.record(fields)).map(([one, other]) => ({ ...one, ...other }))

const examples: Vocabulary['examples'] = {
  'POST /link/token/create': fc.record(
    {
      client_name: fc.constant('Paddock'),
      language: fc.constantFrom('en', 'fr', 'es'),
      country_codes: fc.constantFrom(['US'], ['US', 'CA'], ['GB', 'FR']),
      user: fc.constant({ client_user_id: 'user-@fresh()' }),
      products: fc.constantFrom(['auth'], ['auth', 'transactions'], ['identity']),
      webhook: fc.constant('@live(webhook,0)'),
      redirect_uri: fc.constant('https://app.example/return'),
    },
    { requiredKeys: ['client_name', 'language', 'country_codes', 'user', 'products'] },
  ),
  'POST /sandbox/public_token/create': fc.record(
    {
      institution_id: fc.constantFrom(...INSTITUTIONS),
      initial_products: fc.constantFrom(['auth'], ['auth', 'identity'], ['transactions']),
      options: fc.constantFrom(
        { webhook: '@live(webhook,0)' },
        { override_username: 'user_transactions_dynamic', override_password: 'any' },
        { override_username: 'user_good', override_password: 'wrong' },
        {
          override_username: 'user_custom',
          override_password: JSON.stringify({
            override_accounts: [{ type: 'depository', subtype: 'checking', starting_balance: 12.5 }],
          }),
        },
      ),
    },
    { requiredKeys: ['institution_id', 'initial_products'] },
  ),
  'POST /item/public_token/exchange': choice.map((one) => ({ public_token: live('public_token', one) })),
  'POST /processor/token/create': choice.map((one) => ({ ...ofItem(one), processor: 'alpaca' })),
  'POST /processor/stripe/bank_account_token/create': choice.map(ofItem),
  'POST /signal/evaluate': about(choice.map(ofItem), {
    client_transaction_id: fc.constant('t-@fresh()'),
    amount,
  }),
  'POST /signal/schedule': about(choice.map(ofItem), {
    client_transaction_id: fc.constant('t-@fresh()'),
    amount,
  }),
  'POST /signal/decision/report': fc.record({
    client_transaction_id: choice.map((one) => live('signal_transaction', one)),
    initiated: fc.boolean(),
  }),
  'POST /signal/return/report': fc.record({
    client_transaction_id: choice.map((one) => live('signal_transaction', one)),
    return_code: fc.constantFrom('R01', 'R10'),
  }),
  'POST /transactions/sync': fc.record(
    {
      access_token: choice.map((one) => live('access_token', one)),
      count: fc.constantFrom(1, 5, 20),
      cursor: fc.constantFrom('', '@live(cursor,0)', '@live(cursor,4)'),
    },
    { requiredKeys: ['access_token', 'count'] },
  ),
  'POST /transactions/get': about(
    choice.map((one) => ({ access_token: live('access_token', one) })),
    {
      start_date: fc.constantFrom('2026-10-01', '2025-01-01'),
      end_date: fc.constantFrom('2026-11-20', '2026-10-02'),
      options: fc.record({ count: fc.constantFrom(1, 5, 20), offset: fc.constantFrom(0, 3) }),
    },
  ),
  'POST /statements/download': choice.map((one) => ({
    access_token: live('access_token', 0),
    statement_id: live('statement', one),
  })),
  'POST /investments/transactions/get': about(
    choice.map((one) => ({ access_token: live('access_token', one) })),
    {
      start_date: fc.constantFrom('2026-10-01', '2025-01-01'),
      end_date: fc.constantFrom('2026-11-20', '2026-10-02'),
      options: fc.record({ count: fc.constantFrom(1, 5, 20), offset: fc.constantFrom(0, 3) }),
    },
  ),
  'POST /sandbox/transactions/create': fc.record({
    access_token: fc.constant(live('dynamic_access_token', 0)),
    transactions: fc.constant([
      { date_transacted: '2026-11-18', date_posted: '2026-11-19', amount: 3.21, description: 'Kiosk' },
    ]),
  }),
  'POST /sandbox/item/fire_webhook': about(spare, {
    webhook_code: fc.constantFrom('LOGIN_REPAIRED', 'NEW_ACCOUNTS_AVAILABLE', 'SYNC_UPDATES_AVAILABLE'),
  }),
  'POST /sandbox/item/reset_login': spare,
  'POST /item/remove': spare,
  'POST /item/products/terminate': spare,
  'POST /user/update': choice.map((one) => ({ user_id: live('user', one), identity: {} })),
  'POST /user/get': choice.map((one) => ({ user_id: live('user', one) })),
  'POST /user/items/get': choice.map((one) => ({ user_id: live('user', one) })),
  'POST /item/access_token/invalidate': spare,
  'POST /institutions/get_by_id': fc.record({
    institution_id: fc.constantFrom(...INSTITUTIONS),
    country_codes: fc.constant(['US']),
  }),
  'POST /institutions/get': fc.record({
    count: fc.constantFrom(1, 3, 10),
    offset: fc.constantFrom(0, 2),
    country_codes: fc.constantFrom(['US'], ['CA', 'GB']),
  }),
  'POST /link/session/start': choice.map((one) => ({ link_token: live('link_token', one) })),
  'POST /link/session/institutions': about(
    choice.map((one) => inSession('started', one)),
    { query: fc.constantFrom('', 'plat', 'bank') },
  ),
  'POST /link/session/institution': about(
    choice.map((one) => inSession('started', one)),
    { institution_id: fc.constantFrom(...INSTITUTIONS) },
  ),
  'POST /link/session/credentials': about(
    choice.map((one) => inSession('chosen', one)),
    {
      username: fc.constantFrom('user_good', 'user_good', 'user_transactions_dynamic', 'nobody'),
      password: fc.constantFrom('pass_good', 'mfa_device', 'mfa_questions_2_2', 'wrong'),
    },
  ),
  'POST /link/session/mfa': about(
    choice.map((one) => inSession('asked', one)),
    { answers: fc.constantFrom(['1234'], ['0'], ['wrong'], ['', 'b']) },
  ),
  'POST /link/session/oauth-begin': choice.map((one) => inSession('leaving', one)),
  'POST /link/session/oauth-decision': choice.map((one) => ({
    ...inSession('leaving', one),
    oauth_state_id: live('oauth_state', one),
  })),
  'POST /link/session/finish': choice.map((one) => ({
    ...inSession('signed_in', one),
    account_keys: [live('account_key', 0)],
  })),
  'POST /link/session/events': about(
    choice.map((one) => inSession('started', one)),
    { events: fc.constant([{ event_name: 'OPEN', event_metadata: { view_name: 'CONSENT' } }]) },
  ),
  'POST /link/session/exit': choice.map((one) => inSession('started', one)),
  'POST /_sim/items/{id}': fc.constantFrom(
    { login: 'working' },
    { login: 'broken' },
    { consent_expires_at: '2026-12-01T00:00:00Z' },
  ),
  'POST /_sim/bank-accounts/{id}': fc.constantFrom(
    { balance: '120.50' },
    { overdraft: '100' },
    { state: 'open' },
    { state: 'frozen' },
  ),
  'POST /_sim/faults': fc.record({
    kind: fc.constantFrom('planned_maintenance', 'institution_down', 'wrong_numbers'),
    path: fc.constantFrom('/auth/get', '/accounts/get'),
    times: fc.constantFrom(1, 2),
  }),
}

/** The words of Plaid's API, of Link's pages and of the simulation's door. */
export const bankVocabulary: Vocabulary = {
  kinds: {
    access_token: 'access_token',
    account_id: 'account_id',
    account_ids: 'account_id',
    item_id: 'item',
    link_session_id: 'started_session',
    link_token: 'started_token',
    oauth_state_id: 'oauth_state',
    processor_token: 'processor_token',
    public_token: 'public_token',
    key_id: 'webhook_key',
    user_id: 'user',
    user_token: 'user_token',
    webhook: 'webhook',
  },
  hints: [
    // They go as headers; in the body as well they would only be read where a case takes those away.
    [/^client_id$|^secret$/, fc.constant(null)],
    [/^institution_id$|^institution_ids$/, fc.constantFrom(...INSTITUTIONS)],
    [/products$/, fc.constantFrom(...PRODUCTS)],
    [/^client_transaction_id$/, fc.constant('t-@fresh()')],
    [/(^|_)date$|^authorized_on$/, day],
    [/_at$|datetime$/, instant],
    [/^cursor$/, fc.constantFrom('', '@live(cursor,0)', '@live(cursor,4)')],
    [/^count$/, fc.constantFrom(1, 5, 20)],
    [/^offset$/, fc.constantFrom(0, 1, 20)],
    [/^query$/, fc.constantFrom('', 'plat', 'bank', 'nothing')],
    [/amount|balance|overdraft/, fc.constantFrom('1', '12.34', '0.01', 5)],
    [/^routing_number$/, fc.constantFrom('121000358', '011401533', '322271627')],
    [/^account_number$/, fc.constantFrom('1111222233330000', '123456789')],
    [/^trace_number$/, fc.constant('121000350000001')],
    [/^code$/, fc.constantFrom('R01', 'C01', 'R10')],
    [/^username$|^override_username$/, fc.constantFrom('user_good', 'user_transactions_dynamic')],
    [/^password$|^override_password$/, fc.constantFrom('pass_good', 'wrong')],
    [/^redirect_uri$/, fc.constant('https://app.example/return')],
    [/^account_keys?$/, fc.constant('@live(account_key,0)')],
    [/email/, fc.constant('fuzz.@fresh()@example.org')],
    [/phone/, fc.constant('+12065550142')],
  ],
  segments: [],
  examples,
}
