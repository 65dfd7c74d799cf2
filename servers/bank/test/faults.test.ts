import { Products } from 'plaid'
import { expect, test } from 'vitest'
import { bankWith, type TestBank } from './bank-with.ts'
import { linkedItem, PLATYPUS, processorTokenOf, publicTokenOf } from './linking.ts'
import { refusalOf } from './refusal.ts'
import { webhookReceiver } from './webhook-receiver.ts'

async function fault(bank: TestBank, body: object): Promise<string> {
  const answer = await bank.post('/_sim/faults', body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return String(answer.body.id)
}

const end = (bank: TestBank, id = '') =>
  fetch(`${bank.url}/_sim/faults${id === '' ? '' : `/${id}`}`, { method: 'DELETE' })

test('a bank that is down refuses what asks it and sign-ins, says so of itself, and still shows what is cached', async () => {
  await using bank = await bankWith()
  const { client, partner } = bank
  const { accessToken: access_token, processorToken: processor_token } = await processorTokenOf(client)
  const id = await fault(bank, { kind: 'institution_down', institution_id: PLATYPUS })
  const down = { status: 400, type: 'INSTITUTION_ERROR', code: 'INSTITUTION_DOWN' }
  expect(await refusalOf(client.accountsBalanceGet({ access_token }))).toMatchObject(down)
  expect(await refusalOf(partner.processorBalanceGet({ processor_token }))).toMatchObject(down)
  expect(await refusalOf(publicTokenOf(client))).toMatchObject(down)
  await client.accountsGet({ access_token })
  const status = async () => {
    const country_codes = ['US' as never]
    const options = { include_status: true }
    const { data } = await client.institutionsGetById({ institution_id: PLATYPUS, country_codes, options })
    return data.institution.status?.item_logins?.status
  }
  expect(await status()).toBe('DOWN')
  await end(bank, id)
  await client.accountsBalanceGet({ access_token })
  expect(await status()).toBe('HEALTHY')
  expect((await end(bank, id)).status).toBe(404)
})

test('a degraded bank refuses every second call, and a fault of another bank is not met', async () => {
  await using bank = await bankWith()
  const { accessToken: access_token } = await linkedItem(bank.client)
  await fault(bank, { kind: 'institution_not_responding', institution_id: 'ins_109509' })
  await fault(bank, { kind: 'institution_degraded', institution_id: PLATYPUS })
  const outcomes: unknown[] = []
  for (let call = 0; call < 4; call += 1) {
    const answer = await bank.post('/accounts/balance/get', { access_token })
    outcomes.push(answer.body.error_code ?? 'fine')
  }
  expect(outcomes).toEqual(['INSTITUTION_NOT_RESPONDING', 'fine', 'INSTITUTION_NOT_RESPONDING', 'fine'])
})

test.for([
  [{ kind: 'product_not_ready', product: 'auth' }, 400, 'ITEM_ERROR', 'PRODUCT_NOT_READY'],
  [{ kind: 'rate_limit', path: '/auth/get' }, 429, 'RATE_LIMIT_EXCEEDED', 'AUTH_LIMIT'],
  [{ kind: 'internal_error' }, 500, 'API_ERROR', 'INTERNAL_SERVER_ERROR'],
  [{ kind: 'planned_maintenance' }, 503, 'API_ERROR', 'PLANNED_MAINTENANCE'],
] as const)('%o answers %i %s %s, as often as was asked for', async ([wanted, status, type, code]) => {
  await using bank = await bankWith()
  const { accessToken: access_token } = await linkedItem(bank.client)
  await fault(bank, { ...wanted, times: 2 })
  for (let call = 0; call < 2; call += 1) {
    expect(await refusalOf(bank.client.authGet({ access_token }))).toMatchObject({ status, type, code })
  }
  await bank.client.authGet({ access_token })
})

test('a fault of one item or one path leaves the others alone', async () => {
  await using bank = await bankWith()
  const one = await linkedItem(bank.client)
  const other = await linkedItem(bank.client)
  await fault(bank, { kind: 'product_not_ready', item_id: one.itemId })
  expect(await refusalOf(bank.client.authGet({ access_token: one.accessToken }))).toMatchObject({
    code: 'PRODUCT_NOT_READY',
  })
  await bank.client.accountsGet({ access_token: one.accessToken })
  await bank.client.authGet({ access_token: other.accessToken })
  expect((await end(bank)).status).toBe(200)
  await bank.client.authGet({ access_token: one.accessToken })
})

test('a slow call takes as long as was asked for, and answers', async () => {
  await using bank = await bankWith()
  const { accessToken: access_token } = await linkedItem(bank.client)
  await fault(bank, { kind: 'slow', path: '/accounts/get', delay_ms: 400 })
  const before = performance.now()
  await bank.client.accountsGet({ access_token })
  expect(performance.now() - before).toBeGreaterThanOrEqual(390)
})

test('wrong data: numbers of nobody and another owner, for app and processor alike', async () => {
  await using bank = await bankWith()
  const { processorToken: processor_token, accessToken: access_token } = await processorTokenOf(bank.client)
  await fault(bank, { kind: 'wrong_numbers' })
  await fault(bank, { kind: 'wrong_owner' })
  const { data: auth } = await bank.client.authGet({ access_token })
  expect(auth.numbers.ach[0]).toMatchObject({ account: '2222333344441111', routing: '011401533' })
  const { data: numbers } = await bank.partner.processorAuthGet({ processor_token })
  expect(numbers.numbers.ach?.account).toBe('2222333344441111')
  const { data: owner } = await bank.partner.processorIdentityGet({ processor_token })
  expect(owner.account.owners[0]?.names).toEqual(['Somebody Else'])
})

test('a login breaks and works again, a consent ends: each is told, and /item/get knows', async () => {
  await using bank = await bankWith()
  await using app = await webhookReceiver()
  const { accessToken: access_token, itemId } = await linkedItem(bank.client, [Products.Auth])
  await bank.client.itemWebhookUpdate({ access_token, webhook: app.url })
  const change = (body: object) => bank.post(`/_sim/items/${itemId}`, body)
  const pass = (move: Temporal.DurationLike) => bank.clock.advanceTo(bank.clock.now().add(move))
  expect((await change({ login: 'broken' })).body).toMatchObject({ login: 'broken', item_id: itemId })
  expect(await refusalOf(bank.client.accountsGet({ access_token }))).toMatchObject({
    code: 'ITEM_LOGIN_REQUIRED',
  })
  await change({ login: 'working' })
  await bank.client.accountsGet({ access_token })
  await change({ consent_expires_at: '2026-12-05T12:00:00Z' })
  await change({ consent_expires_at: '2026-12-20T12:00:00Z' })
  const { data } = await bank.client.itemGet({ access_token })
  expect(data.item.consent_expiration_time).toBe('2026-12-20T12:00:00.000Z')
  await pass({ hours: 24 * 23 })
  expect(app.codes()).toEqual([
    'WEBHOOK_UPDATE_ACKNOWLEDGED',
    'ERROR',
    'LOGIN_REPAIRED',
    'PENDING_DISCONNECT',
  ])
  await pass({ hours: 24 * 8 })
  expect(app.received.at(-1)?.body).toMatchObject({
    webhook_code: 'ERROR',
    error: { error_code: 'ITEM_LOGIN_REQUIRED', error_code_reason: 'OAUTH_CONSENT_EXPIRED' },
  })
  expect(app.received).toHaveLength(5)
  expect((await bank.post('/_sim/items/nobody', {})).status).toBe(404)
})

test('one page lists what is wrong, every kind, and the way to the balance of a linked account', async () => {
  await using bank = await bankWith()
  const { accessToken: access_token, itemId, checking } = await linkedItem(bank.client)
  await fault(bank, { kind: 'slow', path: '/nowhere', delay_ms: 5 })
  const page = (await fetch(`${bank.url}/_sim/faults`).then((answer) => answer.json())) as {
    faults: object[]
    kinds: Record<string, string>
    doors: Record<string, string>
  }
  expect(page.faults).toMatchObject([{ kind: 'slow', path: '/nowhere', met_count: 0 }])
  expect(Object.keys(page.kinds)).toHaveLength(10)
  const items = (await fetch(`${bank.url}/_sim/items`).then((answer) => answer.json())) as {
    items: { item_id: string; accounts: { account_id: string; bank_account_id: string }[] }[]
  }
  const item = items.items.find(({ item_id }) => item_id === itemId)
  const account = item?.accounts.find(({ account_id }) => account_id === checking.account_id)
  await bank.post(`/_sim/bank-accounts/${account?.bank_account_id}`, { balance: '12.34' })
  const { data } = await bank.client.accountsBalanceGet({
    access_token,
    options: { account_ids: [checking.account_id] },
  })
  expect(data.accounts[0]?.balances.current).toBe(12.34)
})
