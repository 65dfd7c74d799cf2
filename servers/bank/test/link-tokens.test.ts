import { CountryCode, DepositoryAccountSubtype, Products } from 'plaid'
import { expect, test } from 'vitest'
import { bankWith } from './bank-with.ts'
import { brokerageLink, linkedItem } from './linking.ts'
import { refusalOf } from './refusal.ts'

test('a link token lives four hours and echoes what was asked', async () => {
  await using bank = await bankWith()
  const request = {
    ...brokerageLink,
    products: [Products.Auth, Products.Identity],
    webhook: 'http://localhost:4001/hooks',
    redirect_uri: 'http://localhost:4000/back',
    account_filters: { depository: { account_subtypes: [DepositoryAccountSubtype.Checking] } },
  }
  const { data } = await bank.client.linkTokenCreate(request)
  expect(data.link_token).toMatch(/^link-sandbox-[0-9a-f-]{36}$/)
  expect(data.expiration).toBe('2026-11-20T19:00:00.000Z')
  const { data: read } = await bank.client.linkTokenGet({ link_token: data.link_token })
  expect(read).toMatchObject({
    link_token: data.link_token,
    created_at: '2026-11-20T15:00:00.000Z',
    expiration: data.expiration,
    link_sessions: [],
  })
  expect(read.metadata).toEqual({
    initial_products: ['auth', 'identity'],
    webhook: request.webhook,
    country_codes: ['US'],
    language: 'en',
    redirect_uri: request.redirect_uri,
    client_name: 'Paddock',
    account_filters: request.account_filters,
  })
})

test('null stands for "not given", and fields that do nothing here are accepted', async () => {
  await using bank = await bankWith()
  const answer = await bank.post('/link/token/create', {
    ...brokerageLink,
    webhook: null,
    access_token: null,
    redirect_uri: null,
    required_if_supported_products: null,
    account_filters: null,
    transactions: { days_requested: 30 },
    hosted_link: {},
    enable_multi_item_link: true,
  })
  expect(answer.status).toBe(200)
})

test.for([
  { change: { products: undefined }, code: 'MISSING_FIELDS' },
  { change: { products: [] }, code: 'MISSING_FIELDS' },
  { change: { user: undefined }, code: 'MISSING_FIELDS' },
  { change: { user: {} }, code: 'MISSING_FIELDS' },
  { change: { client_name: undefined, language: null }, code: 'MISSING_FIELDS' },
  { change: { products: ['balance'] }, code: 'INVALID_PRODUCT' },
  { change: { products: ['payment_initiation'] }, code: 'INVALID_PRODUCT' },
  { change: { optional_products: ['auth'] }, code: 'INVALID_FIELD' },
  { change: { products: ['gold'] }, code: 'INVALID_FIELD' },
  { change: { language: 'xx' }, code: 'INVALID_FIELD' },
  { change: { country_codes: [] }, code: 'INVALID_FIELD' },
  { change: { redirect_uri: 'http://localhost/?a=1' }, code: 'INVALID_FIELD' },
  { change: { redirect_uri: 'javascript:alert(1)' }, code: 'INVALID_FIELD' },
  { change: { user: { client_user_id: 'ada@example.com' } }, code: 'INVALID_FIELD' },
  { change: { access_token: 'access-sandbox-none' }, code: 'INVALID_ACCESS_TOKEN' },
  { change: { colour: 'green' }, code: 'UNKNOWN_FIELDS' },
])('$change is refused with $code', async ({ change, code }) => {
  await using bank = await bankWith()
  const answer = await bank.post('/link/token/create', { ...brokerageLink, ...change })
  expect(answer.status).toBe(400)
  expect(answer.body).toMatchObject({ error_code: code })
})

const sessionCall = async (
  bank: Awaited<ReturnType<typeof bankWith>>,
  linkToken: string,
  name: string,
  body: Record<string, unknown>,
) =>
  bank.post(
    `/link/session/${name}`,
    { link_token: linkToken, ...body },
    { 'content-type': 'application/json' },
  )

test('a session without the page is held to the page’s rules', async () => {
  await using bank = await bankWith()
  const { data } = await bank.client.linkTokenCreate(brokerageLink)
  const call = (name: string, body: Record<string, unknown>) => sessionCall(bank, data.link_token, name, body)
  const { body: started } = await call('start', {})
  const { link_session_id } = started
  const inSession = (name: string, body: Record<string, unknown> = {}) =>
    call(name, { link_session_id, ...body })

  expect((await inSession('finish', { account_keys: ['0'] })).body).toMatchObject({
    error_code: 'INVALID_LINK_TOKEN',
  })
  expect((await inSession('institution', { institution_id: 'ins_43' })).body).toMatchObject({
    error_code: 'INVALID_INSTITUTION',
  })
  await inSession('institution', { institution_id: 'ins_109508' })
  const { body: offer } = await inSession('credentials', { username: 'user_good', password: 'pass_good' })
  const accounts = offer.accounts as { account_key: string; reason: string | null }[]
  expect(accounts.filter(({ reason }) => reason === null)).toHaveLength(3)
  for (const account_keys of [[], ['3'], ['0', '1'], ['99']]) {
    const { status } = await inSession('finish', { account_keys })
    expect(status, String(account_keys)).toBe(400)
  }
  const first = await inSession('finish', { account_keys: ['0'] })
  const again = await inSession('finish', { account_keys: ['0'] })
  expect(again.body.public_token).toBe(first.body.public_token)
  expect((await inSession('credentials', { username: 'user_good', password: 'pass_good' })).status).toBe(400)

  const { data: exchanged } = await bank.client.itemPublicTokenExchange({
    public_token: String(first.body.public_token),
  })
  const { data: listed } = await bank.client.accountsGet({ access_token: exchanged.access_token })
  expect(listed.accounts.map(({ mask }) => mask)).toEqual(['0000'])

  const { data: told } = await bank.client.linkTokenGet({ link_token: data.link_token })
  expect(told.link_sessions?.[0]).toMatchObject({
    link_session_id,
    exit: null,
    results: { item_add_results: [{ public_token: first.body.public_token }] },
  })
})

test('a session belongs to its link token, and ends with it', async () => {
  await using bank = await bankWith()
  const { data: ours } = await bank.client.linkTokenCreate(brokerageLink)
  const { data: theirs } = await bank.stranger.linkTokenCreate(brokerageLink)
  const { body } = await sessionCall(bank, ours.link_token, 'start', {})
  const search = { link_session_id: body.link_session_id, query: '' }
  const refused = { error_type: 'INVALID_INPUT', error_code: 'INVALID_LINK_TOKEN' }
  expect((await sessionCall(bank, theirs.link_token, 'institutions', search)).body).toMatchObject(refused)
  expect((await sessionCall(bank, ours.link_token, 'institutions', search)).status).toBe(200)
  bank.clock.moveTo(bank.clock.now().add({ hours: 4 }))
  expect((await sessionCall(bank, ours.link_token, 'institutions', search)).body).toMatchObject(refused)
})

test('account filters hide every kind that they do not name', async () => {
  await using bank = await bankWith()
  const { data } = await bank.client.linkTokenCreate({
    ...brokerageLink,
    products: [Products.Transactions],
    country_codes: [CountryCode.Us],
    account_filters: {
      depository: { account_subtypes: [DepositoryAccountSubtype.Checking] },
      credit: { account_subtypes: ['all' as never] },
    },
  })
  const { body } = await sessionCall(bank, data.link_token, 'start', {})
  const key = { link_session_id: body.link_session_id }
  await sessionCall(bank, data.link_token, 'institution', { ...key, institution_id: 'ins_109508' })
  const { body: offer } = await sessionCall(bank, data.link_token, 'credentials', {
    ...key,
    username: 'user_good',
    password: 'pass_good',
  })
  expect(offer.selection).toBe('many')
  expect((offer.accounts as { mask: string }[]).map(({ mask }) => mask)).toEqual(['0000', '3333', '9999'])
})

test('update mode repairs the login of an item, with the username that it was linked with', async () => {
  await using bank = await bankWith()
  const { accessToken: access_token, itemId } = await linkedItem(bank.client)
  await bank.client.sandboxItemResetLogin({ access_token })
  const { data } = await bank.client.linkTokenCreate({ ...brokerageLink, products: [], access_token })
  expect(data.expiration).toBe('2026-11-20T15:30:00.000Z')
  const { body: started } = await sessionCall(bank, data.link_token, 'start', {})
  expect(started).toMatchObject({ is_update_mode: true, institution: { institution_id: 'ins_109508' } })
  const key = { link_session_id: started.link_session_id }
  const signIn = (username: string, password: string) =>
    sessionCall(bank, data.link_token, 'credentials', { ...key, username, password })
  expect((await signIn('user_custom', '{}')).body).toMatchObject({ error_code: 'INVALID_UPDATED_USERNAME' })
  expect((await signIn('user_good', 'pass_good')).body).toMatchObject({ selection: 'none', accounts: [] })
  const { body } = await sessionCall(bank, data.link_token, 'finish', { ...key, account_keys: [] })
  expect((await bank.client.itemGet({ access_token })).data.item).toMatchObject({
    item_id: itemId,
    error: null,
  })
  const { data: again } = await bank.client.itemPublicTokenExchange({
    public_token: String(body.public_token),
  })
  expect(again.item_id).toBe(itemId)
})

test('an item that was removed cannot be repaired', async () => {
  await using bank = await bankWith()
  const { accessToken: access_token } = await linkedItem(bank.client)
  await bank.client.itemRemove({ access_token })
  const call = bank.client.linkTokenCreate({ ...brokerageLink, access_token })
  expect(await refusalOf(call)).toMatchObject({ code: 'ITEM_NOT_FOUND' })
})
