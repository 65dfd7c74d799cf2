import * as wire from '@paddock/bank-wire'
import { expect, test } from 'vitest'
import { strictProblems } from '../../../test/conformance/bank/support/strict-answers.ts'
import { bankWith } from './bank-with.ts'
import { brokerageLink, otherProcessorTokens, processorTokenOf } from './linking.ts'
import { hasVendorDocument, readVendorDocument } from './vendor-document.ts'

const vendorTest = test.skipIf(!hasVendorDocument)

const requests = {
  '/institutions/get': wire.InstitutionsGetRequest,
  '/institutions/get_by_id': wire.InstitutionsGetByIdRequest,
  '/institutions/search': wire.InstitutionsSearchRequest,
  '/link/token/create': wire.LinkTokenCreateRequest,
  '/link/token/get': wire.LinkTokenGetRequest,
  '/item/public_token/exchange': wire.ItemPublicTokenExchangeRequest,
  '/item/get': wire.ItemGetRequest,
  '/item/webhook/update': wire.ItemWebhookUpdateRequest,
  '/webhook_verification_key/get': wire.WebhookVerificationKeyGetRequest,
  '/sandbox/item/fire_webhook': wire.SandboxItemFireWebhookRequest,
  '/item/access_token/invalidate': wire.ItemAccessTokenInvalidateRequest,
  '/identity/match': wire.IdentityMatchRequest,
  '/processor/identity/match': wire.ProcessorIdentityMatchRequest,
  '/signal/evaluate': wire.SignalEvaluateRequest,
  '/processor/signal/evaluate': wire.ProcessorSignalEvaluateRequest,
  '/signal/decision/report': wire.SignalDecisionReportRequest,
  '/processor/signal/decision/report': wire.ProcessorSignalDecisionReportRequest,
  '/signal/return/report': wire.SignalReturnReportRequest,
  '/processor/signal/return/report': wire.ProcessorSignalReturnReportRequest,
  '/investments/holdings/get': wire.InvestmentsHoldingsGetRequest,
  '/investments/transactions/get': wire.InvestmentsTransactionsGetRequest,
  '/liabilities/get': wire.LiabilitiesGetRequest,
  '/investments/auth/get': wire.InvestmentsAuthGetRequest,
  '/investments/refresh': wire.InvestmentsRefreshRequest,
  '/identity/refresh': wire.IdentityRefreshRequest,
  '/signal/prepare': wire.SignalPrepareRequest,
  '/signal/schedule': wire.SignalScheduleRequest,
  '/item/public_token/create': wire.ItemPublicTokenCreateRequest,
  '/item/products/terminate': wire.ItemProductsTerminateRequest,
  '/item/import': wire.ItemImportRequest,
  '/item/remove': wire.ItemRemoveRequest,
  '/accounts/get': wire.AccountsGetRequest,
  '/accounts/balance/get': wire.AccountsBalanceGetRequest,
  '/auth/get': wire.AuthGetRequest,
  '/identity/get': wire.IdentityGetRequest,
  '/processor/token/create': wire.ProcessorTokenCreateRequest,
  '/processor/auth/get': wire.ProcessorRequest,
  '/processor/balance/get': wire.ProcessorBalanceGetRequest,
  '/processor/identity/get': wire.ProcessorRequest,
  '/processor/account/get': wire.ProcessorRequest,
  '/processor/signal/prepare': wire.ProcessorRequest,
  '/processor/liabilities/get': wire.ProcessorRequest,
  '/processor/investments/holdings/get': wire.ProcessorRequest,
  '/processor/investments/transactions/get': wire.ProcessorInvestmentsTransactionsGetRequest,
  '/processor/investments/auth/get': wire.ProcessorRequest,
  '/processor/transactions/refresh': wire.ProcessorRequest,
  '/processor/transactions/recurring/get': wire.ProcessorTransactionsRecurringGetRequest,
  '/processor/token/permissions/set': wire.ProcessorTokenPermissionsSetRequest,
  '/processor/token/permissions/get': wire.ProcessorRequest,
  '/processor/token/webhook/update': wire.ProcessorTokenWebhookUpdateRequest,
  '/processor/stripe/bank_account_token/create': wire.ProcessorStripeBankAccountTokenCreateRequest,
  '/transactions/sync': wire.TransactionsSyncRequest,
  '/transactions/get': wire.TransactionsGetRequest,
  '/transactions/recurring/get': wire.TransactionsRecurringGetRequest,
  '/transactions/refresh': wire.TransactionsRefreshRequest,
  '/processor/transactions/sync': wire.ProcessorTransactionsSyncRequest,
  '/processor/transactions/get': wire.ProcessorTransactionsGetRequest,
  '/categories/get': wire.CategoriesGetRequest,
  '/sandbox/transactions/create': wire.SandboxTransactionsCreateRequest,
  '/sandbox/public_token/create': wire.SandboxPublicTokenCreateRequest,
  '/sandbox/processor_token/create': wire.SandboxProcessorTokenCreateRequest,
  '/sandbox/item/set_verification_status': wire.SandboxItemSetVerificationStatusRequest,
  '/sandbox/item/reset_login': wire.SandboxItemResetLoginRequest,
  '/sandbox/user/reset_login': wire.SandboxUserResetLoginRequest,
  '/sandbox/oauth/select_accounts': wire.SandboxOauthSelectAccountsRequest,
  '/credit/bank_income/get': wire.CreditBankIncomeGetRequest,
  '/sandbox/bank_income/fire_webhook': wire.SandboxBankIncomeFireWebhookRequest,
  '/statements/list': wire.StatementsListRequest,
  '/statements/refresh': wire.StatementsRefreshRequest,
  '/statements/download': wire.StatementsDownloadRequest,
  '/user/create': wire.UserCreateRequest,
  '/user/get': wire.UserGetRequest,
  '/user/update': wire.UserUpdateRequest,
  '/user/remove': wire.UserRemoveRequest,
  '/user/items/get': wire.UserItemsGetRequest,
}

vendorTest('every field that the vendor lists for a request is known here', () => {
  const vendor = readVendorDocument()
  for (const [path, request] of Object.entries(requests)) {
    const unknown = vendor.requestFields(path).filter((field) => !Object.hasOwn(request.shape, field))
    expect(unknown, path).toEqual([])
  }
})

vendorTest('every answer has the shape that the vendor describes', async () => {
  const vendor = readVendorDocument()
  // A check that finds nothing wrong with anything would prove nothing.
  expect(vendor.problemsOf('/item/get', { item: {}, request_id: 'x' })).not.toBeNull()

  await using bank = await bankWith()
  const {
    processorToken: processor_token,
    accessToken: access_token,
    checking,
  } = await processorTokenOf(bank.client)
  const { account_id } = checking
  const { data: made } = await bank.client.sandboxPublicTokenCreate({
    institution_id: 'ins_117650',
    initial_products: ['auth' as never],
  })
  const { data: british } = await bank.client.itemPublicTokenExchange({ public_token: made.public_token })
  const owed = await otherProcessorTokens(bank.client)
  const { data: link } = await bank.client.linkTokenCreate(brokerageLink)
  await linkOnce(link.link_token)

  async function linkOnce(link_token: string) {
    const json = { 'content-type': 'application/json' }
    const call = (name: string, body: object) =>
      bank.post(`/link/session/${name}`, { link_token, ...body }, json)
    const left = await call('start', {})
    await call('exit', { link_session_id: left.body.link_session_id, status: null, error: null })
    const { link_session_id } = (await call('start', {})).body
    const events = [{ event_name: 'OPEN', event_metadata: { view_name: 'CONSENT' } }]
    await call('events', { link_session_id, events })
    await call('institution', { link_session_id, institution_id: 'ins_109508' })
    await call('credentials', { link_session_id, username: 'user_good', password: 'pass_good' })
    expect((await call('finish', { link_session_id, account_keys: ['0'] })).status).toBe(200)
  }

  const identity = { name: { given_name: 'Nora', family_name: 'Quill' } }
  const { data: user } = await bank.client.userCreate({ client_user_id: 'vendor', identity } as never)
  const { user_id } = user
  const detail = { include_optional_metadata: true, include_auth_metadata: true }
  const country_codes = ['US', 'CA', 'GB']
  const calls: [string, Record<string, unknown>][] = [
    ['/institutions/get', { count: 50, offset: 0, country_codes, options: detail }],
    [
      '/institutions/get_by_id',
      { institution_id: 'ins_109508', country_codes, options: { ...detail, include_status: true } },
    ],
    ['/institutions/search', { query: 'plat', country_codes }],
    ['/link/token/create', brokerageLink],
    ['/link/token/get', { link_token: link.link_token }],
    ['/item/get', { access_token }],
    ['/accounts/get', { access_token }],
    ['/accounts/balance/get', { access_token }],
    ['/auth/get', { access_token }],
    ['/auth/get', { access_token: british.access_token }],
    ['/identity/get', { access_token }],
    ['/processor/token/create', { access_token, account_id, processor: 'alpaca' }],
    ['/processor/auth/get', { processor_token }],
    ['/processor/balance/get', { processor_token }],
    ['/processor/identity/get', { processor_token }],
    ['/processor/account/get', { processor_token }],
    ['/sandbox/public_token/create', { institution_id: 'ins_109508', initial_products: ['auth'] }],
    ['/sandbox/processor_token/create', { institution_id: 'ins_109508' }],
    ['/identity/match', { access_token, user: { legal_name: 'Nora Quill', address: { city: 'Fernwood' } } }],
    ['/processor/identity/match', { processor_token, user: null }],
    ['/signal/evaluate', { access_token, account_id, client_transaction_id: 'one', amount: 20.5 }],
    ['/signal/decision/report', { client_transaction_id: 'one', initiated: true }],
    ['/signal/return/report', { client_transaction_id: 'one', return_code: 'R01' }],
    ['/processor/signal/evaluate', { processor_token, client_transaction_id: 'two', amount: 20.5 }],
    ['/processor/signal/decision/report', { processor_token, client_transaction_id: 'two', initiated: true }],
    [
      '/processor/signal/return/report',
      { processor_token, client_transaction_id: 'two', return_code: 'R01' },
    ],
    ['/investments/holdings/get', { access_token }],
    ['/investments/transactions/get', { access_token, start_date: '2026-01-01', end_date: '2026-11-20' }],
    ['/liabilities/get', { access_token }],
    ['/investments/auth/get', { access_token }],
    ['/investments/refresh', { access_token }],
    ['/identity/refresh', { access_token }],
    ['/signal/prepare', { access_token }],
    ['/signal/schedule', { access_token, account_id, client_transaction_id: 'three', amount: 95 }],
    ['/processor/signal/prepare', { processor_token }],
    ['/processor/liabilities/get', { processor_token: owed.card }],
    ['/processor/investments/holdings/get', { processor_token: owed.invested }],
    [
      '/processor/investments/transactions/get',
      { processor_token: owed.invested, start_date: '2026-01-01', end_date: '2026-11-20' },
    ],
    ['/processor/investments/auth/get', { processor_token: owed.invested }],
    ['/processor/token/permissions/set', { processor_token, products: ['auth'] }],
    ['/processor/token/permissions/get', { processor_token }],
    ['/processor/token/webhook/update', { processor_token, webhook: 'http://127.0.0.1:9/hooks' }],
    ['/processor/stripe/bank_account_token/create', { access_token, account_id }],
    ['/item/public_token/create', { access_token }],
    ['/item/import', { products: ['auth'], user_auth: { user_id: 'a', auth_token: 'b' } }],
    ['/statements/list', { access_token }],
    ['/statements/refresh', { access_token, start_date: '2026-01-01', end_date: '2026-11-20' }],
    ['/item/webhook/update', { access_token, webhook: 'http://127.0.0.1:9/hooks' }],
    ['/sandbox/item/fire_webhook', { access_token, webhook_code: 'LOGIN_REPAIRED' }],
    ['/webhook_verification_key/get', { key_id: '6c5516e1-92dc-479e-a8ff-5a51992e0001' }],
    ['/user/create', { client_user_id: 'another' }],
    ['/link/token/create', { ...brokerageLink, user: undefined, user_id }],
    ['/sandbox/public_token/create', { institution_id: 'ins_109508', initial_products: ['auth'], user_id }],
    ['/user/get', { user_id }],
    ['/user/update', { user_id, identity: { date_of_birth: '1990-01-02' } }],
    ['/user/items/get', { user_id }],
    ['/sandbox/user/reset_login', { user_id }],
    ['/user/remove', { user_id }],
    ['/sandbox/item/reset_login', { access_token }],
    ['/item/get', { access_token }],
    ['/item/products/terminate', { access_token: british.access_token, reason_code: 'OTHER' }],
    ['/item/remove', { access_token }],
  ]
  for (const [path, body] of calls) {
    const answer = await bank.post(path, body)
    expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(200)
    expect(vendor.problemsOf(path, answer.body), path).toBeNull()
    expect([path, strictProblems(path, 200, answer.body)]).toEqual([path, []])
  }
  const refused = await bank.post('/item/get', { access_token })
  expect(vendor.problemsOfError(refused.body)).toBeNull()
})
