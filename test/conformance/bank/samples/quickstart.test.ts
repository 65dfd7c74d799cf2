import {
  SandboxItemFireWebhookRequestWebhookCodeEnum as Code,
  CountryCode,
  ProcessorTokenCreateRequestProcessorEnum,
  Products,
  type Transaction,
} from 'plaid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { webhookReceiver } from '../../../../servers/bank/test/webhook-receiver.ts'
import { type BankTarget, openBank } from '../support/bank-target.ts'
import { throughLink } from '../support/through-link.ts'

/** The calls of the vendor's quickstart, tiny quickstart and tutorials, with the bodies that they send. */
let bank: BankTarget
let app: Awaited<ReturnType<typeof webhookReceiver>>

beforeAll(async () => {
  bank = await openBank()
  app = await webhookReceiver()
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await bank[Symbol.asyncDispose]()
})

const country_codes = [CountryCode.Us, CountryCode.Ca]

async function connect(request: object) {
  const { data } = await bank.plaid.linkTokenCreate(request as never)
  const { public_token, metadata } = await throughLink(bank.url, data.link_token)
  const exchanged = await bank.plaid.itemPublicTokenExchange({ public_token })
  return { access_token: exchanged.data.access_token, link_token: data.link_token, metadata }
}

const quickstart = {
  user: { client_user_id: 'user-id' },
  client_name: 'Plaid Quickstart',
  products: ['auth', 'transactions', 'signal'],
  country_codes,
  language: 'en',
  redirect_uri: 'http://localhost:3000/',
}

/** The loop of the quickstart's back ends: it waits while the cursor is empty. */
async function quickstartSync(access_token: string, first: '' | null): Promise<Transaction[]> {
  let cursor: string | null = first
  const added: Transaction[] = []
  for (let hasMore = true; hasMore; ) {
    const { data } = await bank.plaid.transactionsSync({ access_token, cursor: cursor as string })
    cursor = data.next_cursor
    if (cursor === '') {
      await bank.pass(2)
      continue
    }
    added.push(...data.added)
    hasMore = data.has_more
  }
  return added.toSorted((a, b) => a.date.localeCompare(b.date)).slice(-8)
}

test('quickstart: each button of its page finds what it shows', async () => {
  const { access_token } = await connect(quickstart)

  const { data: auth } = await bank.plaid.authGet({ access_token })
  const rows = auth.numbers.ach.map((numbers) => {
    const account = auth.accounts.find(({ account_id }) => account_id === numbers.account_id)
    return [
      account?.name,
      account?.balances.available ?? account?.balances.current,
      numbers.account,
      numbers.routing,
    ]
  })
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.flat().filter((cell) => cell == null)).toEqual([])

  for (const first of [null, ''] as const) {
    const latest = await quickstartSync(access_token, first)
    expect(latest).toHaveLength(8)
    expect(latest.filter(({ name, amount, date }) => !name || !date || typeof amount !== 'number')).toEqual(
      [],
    )
  }

  const { data: identity } = await bank.plaid.identityGet({ access_token })
  for (const { names, emails, phone_numbers, addresses } of identity.accounts.flatMap(
    ({ owners }) => owners,
  )) {
    const { street, city, region, postal_code } = addresses[0]?.data ?? {}
    expect([
      names[0],
      emails[0]?.data,
      phone_numbers[0]?.data,
      street,
      city,
      region,
      postal_code,
    ]).not.toContain(undefined)
  }
  const { data: balance } = await bank.plaid.accountsBalanceGet({ access_token })
  expect(balance.accounts.length).toBeGreaterThan(0)

  const { data: listed } = await bank.plaid.accountsGet({ access_token })
  const { data: signal } = await bank.plaid.signalEvaluate({
    access_token,
    account_id: listed.accounts[0]?.account_id ?? '',
    client_transaction_id: `txn-${crypto.randomUUID().slice(0, 30)}`,
    amount: 100,
  })
  expect(signal.ruleset?.result).toBeDefined()

  const { data: item } = await bank.plaid.itemGet({ access_token })
  const { data: institution } = await bank.plaid.institutionsGetById({
    institution_id: item.item.institution_id ?? '',
    country_codes,
  })
  expect(institution.institution.name).toBe('First Platypus Bank')
})

test('quickstart: holdings, investment transactions and liabilities lead back to their accounts', async () => {
  const { access_token } = await connect({ ...quickstart, products: ['investments', 'liabilities'] })
  const { data: held } = await bank.plaid.investmentsHoldingsGet({ access_token })
  for (const holding of held.holdings) {
    const account = held.accounts.find(({ account_id }) => account_id === holding.account_id)
    const security = held.securities.find(({ security_id }) => security_id === holding.security_id)
    expect([account?.mask, account?.name, security?.ticker_symbol]).not.toContain(undefined)
  }
  const { data: traded } = await bank.plaid.investmentsTransactionsGet({
    access_token,
    start_date: '2026-10-21',
    end_date: '2026-11-20',
  })
  for (const row of traded.investment_transactions) {
    expect(traded.accounts.map(({ account_id }) => account_id)).toContain(row.account_id)
    expect(traded.securities.map(({ security_id }) => security_id)).toContain(row.security_id)
  }
  const { data: owed } = await bank.plaid.liabilitiesGet({ access_token })
  const names = new Map(owed.accounts.map(({ account_id, name }) => [account_id, name]))
  // The page reads the cards without asking whether there are any.
  const { credit, mortgage, student } = owed.liabilities
  expect(Array.isArray(credit)).toBe(true)
  for (const row of [credit ?? [], mortgage ?? [], student ?? []].flat()) {
    expect(names.get(row.account_id ?? '')).toBeDefined()
  }
})

test('quickstart: what is not served here is an error with a body that its page can show', async () => {
  const answer = await bank.post('/asset_report/create', { access_tokens: ['x'], days_requested: 10 })
  expect(answer).toMatchObject({ status: 404, body: { error_code: 'NOT_FOUND', display_message: null } })
})

test('tiny quickstart: a token, an exchange, a balance; and what its link token tells afterwards', async () => {
  const { access_token, link_token } = await connect({
    user: { client_user_id: '127.0.0.1-session' },
    client_name: "Plaid's Tiny Quickstart",
    language: 'en',
    products: ['auth'],
    country_codes: ['US'],
    redirect_uri: 'http://localhost:8080/oauth',
  })
  const { data } = await bank.plaid.accountsBalanceGet({ access_token })
  expect(data.accounts[0]).toMatchObject({ balances: { available: 100, current: 110 } })
  const { data: told } = await bank.plaid.linkTokenGet({ link_token })
  expect(told.link_sessions?.[0]?.results?.item_add_results[0]?.public_token).toMatch(/^public-sandbox-/)
})

test('hosted quickstart: the page is opened by its address, and the session’s end tells the token twice', async () => {
  const { data: link } = await bank.plaid.linkTokenCreate({
    user: { client_user_id: 'hosted-user' },
    client_name: 'Hosted Quickstart',
    language: 'en',
    products: ['auth'],
    country_codes: ['US'],
    webhook: app.url,
    hosted_link: { completion_redirect_uri: 'http://localhost:8080/complete' },
  } as never)
  const page = await fetch(link.hosted_link_url ?? '')
  expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')])
  const { public_token } = await throughLink(bank.url, link.link_token)
  await bank.pass(10)
  const { link_token } = link
  const ended = app.received.find(
    ({ body }) => body.link_token === link_token && body.webhook_code === 'SESSION_FINISHED',
  )
  expect(ended?.body).toMatchObject({
    webhook_type: 'LINK',
    status: 'SUCCESS',
    public_tokens: [public_token],
  })
  const { data: told } = await bank.plaid.linkTokenGet({ link_token })
  expect(told.link_sessions?.[0]?.results?.item_add_results[0]?.public_token).toBe(public_token)
  await bank.plaid.itemPublicTokenExchange({ public_token })
})

test('auth tutorial: numbers wait for micro-deposits, are verified, told by webhook and handed to a processor', async () => {
  const { data: made } = await bank.plaid.sandboxPublicTokenCreate({
    institution_id: 'ins_109512',
    initial_products: [Products.Auth],
    options: {
      webhook: app.url,
      override_username: 'user_good',
      override_password: 'microdeposits_good',
    },
  })
  const { data } = await bank.plaid.itemPublicTokenExchange({ public_token: made.public_token })
  const { access_token } = data
  const { data: listed } = await bank.plaid.accountsGet({ access_token })
  const waiting = listed.accounts.find((one) => one.verification_status === 'pending_automatic_verification')
  const account_id = waiting?.account_id ?? ''
  const early = await bank.post('/auth/get', { access_token })
  expect([early.status, early.body.error_code]).toEqual([400, 'PRODUCT_NOT_READY'])
  app.received.length = 0
  await bank.plaid.sandboxItemSetVerificationStatus({
    access_token,
    account_id,
    verification_status: 'automatically_verified' as never,
  })
  await bank.pass(1)
  expect(app.received.map(({ body }) => body)).toContainEqual(
    expect.objectContaining({ webhook_type: 'AUTH', webhook_code: 'AUTOMATICALLY_VERIFIED', account_id }),
  )
  const { data: auth } = await bank.plaid.authGet({ access_token, options: { account_ids: [account_id] } })
  expect(auth.numbers.ach[0]).toMatchObject({ account_id })
  const { data: token } = await bank.plaid.processorTokenCreate({
    access_token,
    account_id,
    processor: ProcessorTokenCreateRequestProcessorEnum.Alpaca,
  })
  expect(token.processor_token).toMatch(/^processor-sandbox-/)
})

test('transactions tutorial: a hidden field is accepted, and an update is fired without its type', async () => {
  const { access_token, metadata } = await connect({
    user: { client_user_id: '1' },
    client_name: 'Todd’s Hoagies',
    products: ['transactions'],
    language: 'en',
    country_codes: ['US'],
    webhook: app.url,
  })
  expect(metadata.institution).not.toBeNull()
  const { data: item } = await bank.plaid.itemGet({ access_token })
  await bank.plaid.institutionsGetById({
    institution_id: item.item.institution_id ?? '',
    country_codes: [CountryCode.Us],
  })
  const { data: listed } = await bank.plaid.accountsGet({ access_token })
  expect(listed.accounts.map(({ name }) => name)).not.toContain(null)
  await bank.plaid.transactionsSync({ access_token })
  await bank.pass(10)
  const { data } = await bank.plaid.transactionsSync({
    access_token,
    options: { include_personal_finance_category: true },
  })
  expect(data.added.map((row) => row.personal_finance_category?.primary)).not.toContain(undefined)
  app.received.length = 0
  await bank.plaid.sandboxItemFireWebhook({ access_token, webhook_code: Code.SyncUpdatesAvailable })
  await bank.pass(1)
  expect(app.received.map(({ body }) => [body.webhook_type, body.webhook_code])).toContainEqual([
    'TRANSACTIONS',
    'SYNC_UPDATES_AVAILABLE',
  ])
})

test('webhooks tutorial: new accounts are announced, and the address is changed', async () => {
  const { data: made } = await bank.plaid.sandboxPublicTokenCreate({
    institution_id: 'ins_109508',
    initial_products: [Products.Transactions],
    options: { webhook: app.url },
  })
  const { data } = await bank.plaid.itemPublicTokenExchange({ public_token: made.public_token })
  const { access_token } = data
  app.received.length = 0
  await bank.plaid.sandboxItemFireWebhook({
    access_token,
    webhook_type: 'ITEM' as never,
    webhook_code: Code.NewAccountsAvailable,
  })
  const moved = `${app.url}/moved`
  await bank.plaid.itemWebhookUpdate({ access_token, webhook: moved })
  await bank.pass(10)
  expect(app.codes()).toContain('NEW_ACCOUNTS_AVAILABLE')
  expect(
    app.received.find(({ body }) => body.webhook_code === 'WEBHOOK_UPDATE_ACKNOWLEDGED')?.body,
  ).toMatchObject({
    new_webhook_url: moved,
  })
  await bank.plaid.transactionsGet({ access_token, start_date: '2026-11-01', end_date: '2026-11-20' })
  await bank.plaid.accountsBalanceGet({ access_token })
})
