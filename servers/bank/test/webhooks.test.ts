import { webhookVerifier } from '@paddock/bank-wire'
import { SandboxItemFireWebhookRequestWebhookCodeEnum as Code, Products, type WebhookType } from 'plaid'
import { expect, test } from 'vitest'
import { bankWith, type TestBank } from './bank-with.ts'
import { linkedItem } from './linking.ts'
import { refusalOf } from './refusal.ts'
import { linkUser } from './transaction-steps.ts'
import { webhookReceiver } from './webhook-receiver.ts'

const FIRST_KEY = '6c5516e1-92dc-479e-a8ff-5a51992e0001'

async function listeningItem(bank: TestBank, webhook: string, products = [Products.Auth]) {
  const { accessToken: access_token, itemId } = await linkedItem(bank.client, products)
  await bank.client.itemWebhookUpdate({ access_token, webhook })
  await pass(bank, 1)
  return { access_token, itemId }
}

const missing = (): never => {
  throw new Error('no webhook came')
}

const pass = (bank: TestBank, seconds: number) => bank.clock.advanceTo(bank.clock.now().add({ seconds }))

test('keys are rotated: the next webhook has another key, and the old one says that it has expired', async () => {
  await using bank = await bankWith()
  await using app = await webhookReceiver()
  const { data: first } = await bank.client.webhookVerificationKeyGet({ key_id: FIRST_KEY })
  expect(first.key).toMatchObject({
    alg: 'ES256',
    crv: 'P-256',
    kid: FIRST_KEY,
    kty: 'EC',
    use: 'sig',
    expired_at: null,
  })
  const { body } = await bank.post('/_sim/webhooks/rotate-key', {})
  expect(body.kid).not.toBe(FIRST_KEY)
  await listeningItem(bank, app.url)
  const [sent] = app.received
  const head = String(sent?.headers['plaid-verification']).split('.')[0] ?? ''
  expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toMatchObject({ kid: body.kid })
  const verify = webhookVerifier({
    findKey: async (key_id) => (await bank.client.webhookVerificationKeyGet({ key_id })).data.key,
    nowSeconds: () => Temporal.Now.instant().epochMilliseconds / 1000,
  })
  const bytes = new TextEncoder().encode(sent?.raw)
  expect(await verify(sent?.headers['plaid-verification'], bytes)).toBeUndefined()
  const { data: old } = await bank.client.webhookVerificationKeyGet({ key_id: FIRST_KEY })
  expect(old.key.expired_at).not.toBeNull()
  expect(await refusalOf(bank.client.webhookVerificationKeyGet({ key_id: 'nobody' }))).toMatchObject({
    status: 400,
    code: 'INVALID_WEBHOOK_VERIFICATION_KEY_ID',
  })
})

test('a webhook that is not answered with 200 is tried again after 30 seconds, each wait four times as long', async () => {
  await using bank = await bankWith()
  await using app = await webhookReceiver()
  app.answerWith(302)
  const { itemId } = await listeningItem(bank, app.url)
  expect(app.received).toHaveLength(1)
  await pass(bank, 28)
  expect(app.received).toHaveLength(1)
  for (const wait of [30, 120, 480, 1920, 7680, 30720]) await pass(bank, wait)
  expect(app.received).toHaveLength(7)
  await pass(bank, 3 * 24 * 3600)
  expect(app.received).toHaveLength(7)
  const log = await fetch(`${bank.url}/_sim/webhooks?item_id=${itemId}`).then((answer) => answer.json())
  const [webhook] = (log as { webhooks: { status: string; tries: { at: string; outcome: string }[] }[] })
    .webhooks
  expect(webhook?.status).toBe('given_up')
  const at = webhook?.tries.map((made) => Temporal.Instant.from(made.at).epochMilliseconds / 1000) ?? []
  expect(at.slice(1).map((instant, index) => instant - (at[index] ?? 0))).toEqual([
    30, 120, 480, 1920, 7680, 30720,
  ])
  expect(webhook?.tries.every(({ outcome }) => outcome === 'refused')).toBe(true)
})

test('an endpoint that refuses nearly everything for a day gets each webhook once, until that day is over', async () => {
  await using bank = await bankWith()
  await using app = await webhookReceiver()
  app.answerWith(503)
  const { access_token } = await listeningItem(bank, app.url)
  const fire = async () => {
    await bank.client.sandboxItemFireWebhook({ access_token, webhook_code: Code.LoginRepaired })
    app.received.length = 0
    await pass(bank, 12 * 3600)
    return app.received.length
  }
  await bank.client.sandboxItemFireWebhook({ access_token, webhook_code: Code.NewAccountsAvailable })
  // With the acknowledgement's first try before these it has refused twenty times, and that is enough.
  expect(await fire()).toBe(19)
  expect(await fire()).toBe(1)
  await pass(bank, 24 * 3600)
  expect(await fire()).toBe(7)
})

test('an endpoint that is gone is an unknown outcome, tried again also after a restart', async () => {
  await using bank = await bankWith()
  const gone = await webhookReceiver()
  await gone[Symbol.asyncDispose]()
  const { itemId } = await listeningItem(bank, gone.url)
  await bank.restart()
  const log = await bank.clock.advanceTo(bank.clock.now().add({ seconds: 30 }))
  expect(log.filter(({ queue }) => queue === 'webhook')).toHaveLength(1)
  const answer = await fetch(`${bank.url}/_sim/webhooks?item_id=${itemId}`).then((found) => found.json())
  expect((answer as { webhooks: { tries: unknown[] }[] }).webhooks[0]?.tries).toMatchObject([
    { number: 1, outcome: 'unknown', status: null },
    { number: 2, outcome: 'unknown', status: null },
  ])
})

test('an endpoint that says nothing is given up after ten seconds, and the next try reaches it', async () => {
  await using bank = await bankWith()
  await using app = await webhookReceiver()
  app.answerWith(0)
  const before = performance.now()
  await listeningItem(bank, app.url)
  expect(performance.now() - before).toBeGreaterThanOrEqual(9_900)
  app.answerWith(200)
  await pass(bank, 30)
  expect(app.codes()).toEqual(['WEBHOOK_UPDATE_ACKNOWLEDGED', 'WEBHOOK_UPDATE_ACKNOWLEDGED'])
  const log = await fetch(`${bank.url}/_sim/webhooks`).then((answer) => answer.json())
  expect((log as { webhooks: { tries: unknown[] }[] }).webhooks[0]?.tries).toMatchObject([
    { outcome: 'unknown', status: null },
    { outcome: 'accepted', status: 200 },
  ])
})

test('while an endpoint says nothing, life goes on and other endpoints are told', async () => {
  await using bank = await bankWith()
  await using silent = await webhookReceiver()
  await using app = await webhookReceiver()
  silent.answerWith(0)
  await linkUser(bank, { username: 'user_family', products: [Products.Auth] })
  const { accessToken: heard } = await linkedItem(bank.client)
  const { accessToken: unheard } = await linkedItem(bank.client)
  await bank.client.itemWebhookUpdate({ access_token: unheard, webhook: silent.url })
  await expect.poll(() => silent.received.length).toBe(1)
  const began = performance.now()
  await bank.client.itemWebhookUpdate({ access_token: heard, webhook: app.url })
  const tomorrow = Temporal.Instant.from('2026-11-21T12:00:00Z')
  bank.clock.moveTo(tomorrow)
  await expect.poll(() => app.codes(), { timeout: 5_000 }).toEqual(['WEBHOOK_UPDATE_ACKNOWLEDGED'])
  // The life's next day is on the agenda once today's was lived.
  await expect
    .poll(
      async () => (await bank.clock.upcoming(50)).find(({ queue }) => queue === 'live')?.runAt.toString(),
      { timeout: 5_000 },
    )
    .toBe('2026-11-22T11:00:00Z')
  expect(performance.now() - began).toBeLessThan(8_000)
  expect(silent.received).toHaveLength(1)
})

test('a broken login is told once, and what /item/get says of the last webhook is that one', async () => {
  await using bank = await bankWith()
  await using app = await webhookReceiver()
  const { access_token, itemId } = await listeningItem(bank, app.url)
  await bank.client.sandboxItemResetLogin({ access_token })
  await bank.client.sandboxItemResetLogin({ access_token })
  await pass(bank, 1)
  expect(app.codes()).toEqual(['WEBHOOK_UPDATE_ACKNOWLEDGED', 'ERROR'])
  expect(app.received[1]?.body).toMatchObject({
    webhook_type: 'ITEM',
    item_id: itemId,
    environment: 'sandbox',
    error: { error_code: 'ITEM_LOGIN_REQUIRED', status: 400, display_message: null },
  })
  expect(app.received[1]?.body.error).not.toHaveProperty('request_id')
  const { data } = await bank.client.itemGet({ access_token })
  expect(data.status?.last_webhook).toMatchObject({ code_sent: 'ERROR' })
})

test('the address is changed also on a broken item, told to the new one, and null ends all webhooks', async () => {
  await using bank = await bankWith()
  await using before = await webhookReceiver()
  await using after = await webhookReceiver()
  const { access_token } = await listeningItem(bank, before.url)
  await bank.client.sandboxItemResetLogin({ access_token })
  await pass(bank, 1)
  const { data } = await bank.client.itemWebhookUpdate({ access_token, webhook: after.url })
  expect(data.item.webhook).toBe(after.url)
  await pass(bank, 1)
  expect(after.received[0]?.body).toMatchObject({ new_webhook_url: after.url, error: null })
  await bank.client.itemWebhookUpdate({ access_token, webhook: null })
  const fired = bank.client.sandboxItemFireWebhook({ access_token, webhook_code: Code.LoginRepaired })
  expect(await refusalOf(fired)).toMatchObject({ type: 'SANDBOX_ERROR', code: 'SANDBOX_WEBHOOK_INVALID' })
  for (const webhook of ['', 'ftp://example.com', 'nowhere']) {
    expect(await refusalOf(bank.client.itemWebhookUpdate({ access_token, webhook }))).toMatchObject({
      code: 'INVALID_FIELD',
    })
  }
  expect(before.codes()).toEqual(['WEBHOOK_UPDATE_ACKNOWLEDGED', 'ERROR'])
})

test('what waits for an item is not sent after its removal', async () => {
  await using bank = await bankWith()
  await using app = await webhookReceiver()
  const { access_token } = await listeningItem(bank, app.url)
  app.answerWith(500)
  await bank.client.sandboxItemFireWebhook({ access_token, webhook_code: Code.LoginRepaired })
  await pass(bank, 1)
  await bank.client.itemRemove({ access_token })
  await pass(bank, 24 * 3600)
  expect(app.codes()).toEqual(['WEBHOOK_UPDATE_ACKNOWLEDGED', 'LOGIN_REPAIRED'])
})

test('every code that can be fired comes with its keys', async () => {
  await using bank = await bankWith()
  await using app = await webhookReceiver()
  const products = [
    Products.Auth,
    Products.Identity,
    Products.Transactions,
    Products.Investments,
    Products.Liabilities,
  ]
  const { access_token } = await listeningItem(bank, app.url, products)
  await pass(bank, 10)
  app.received.length = 0
  const fire = (webhook_code: Code, webhook_type?: string) =>
    bank.client.sandboxItemFireWebhook({
      access_token,
      webhook_code,
      ...(webhook_type === undefined ? {} : { webhook_type: webhook_type as WebhookType }),
    })
  const cases: [Code, string | undefined, string[]][] = [
    [Code.DefaultUpdate, 'AUTH', ['account_ids_with_new_auth', 'account_ids_with_updated_auth', 'error']],
    [Code.DefaultUpdate, 'IDENTITY', ['account_ids_with_updated_identity', 'error']],
    [Code.DefaultUpdate, 'TRANSACTIONS', ['new_transactions']],
    [
      Code.DefaultUpdate,
      'INVESTMENTS_TRANSACTIONS',
      ['new_investments_transactions', 'cancelled_investments_transactions'],
    ],
    [
      Code.DefaultUpdate,
      'LIABILITIES',
      ['account_ids_with_new_liabilities', 'account_ids_with_updated_liabilities'],
    ],
    [Code.DefaultUpdate, 'HOLDINGS', ['new_holdings', 'updated_holdings']],
    [Code.NewAccountsAvailable, undefined, []],
    [Code.LoginRepaired, 'ITEM', []],
    [Code.PendingDisconnect, undefined, ['reason', 'disconnect_time']],
    [Code.UserPermissionRevoked, undefined, ['error']],
    [Code.UserAccountRevoked, undefined, ['account_id']],
    [Code.SmsMicrodepositsVerification, undefined, ['status', 'account_id']],
    [Code.SyncUpdatesAvailable, undefined, ['initial_update_complete', 'historical_update_complete']],
    [Code.RecurringTransactionsUpdate, undefined, ['account_ids']],
  ]
  for (const [code, type, keys] of cases) {
    expect((await fire(code, type)).data.webhook_fired).toBe(true)
    await pass(bank, 1)
    const { body } = app.received.at(-1) ?? missing()
    expect(body).toMatchObject({ webhook_code: code, environment: 'sandbox', item_id: expect.any(String) })
    if (type !== undefined) expect(body.webhook_type).toBe(type)
    for (const key of keys) expect(body, `${code} ${key}`).toHaveProperty(key)
  }
  expect(app.received).toHaveLength(cases.length)
  expect(await refusalOf(fire(Code.DefaultUpdate))).toMatchObject({ code: 'MISSING_FIELDS' })
  expect(await refusalOf(fire(Code.LoginRepaired, 'AUTH'))).toMatchObject({ code: 'INVALID_FIELD' })
  expect(await refusalOf(fire(Code.ProductReady))).toMatchObject({
    type: 'SANDBOX_ERROR',
    code: 'SANDBOX_PRODUCT_NOT_ENABLED',
  })
})

test('duplicates and disorder can be switched on', async () => {
  await using bank = await bankWith()
  await using app = await webhookReceiver()
  const { access_token } = await listeningItem(bank, app.url)
  const codes = [Code.LoginRepaired, Code.NewAccountsAvailable, Code.PendingDisconnect]
  const fireAll = async () => {
    app.received.length = 0
    for (const webhook_code of codes) await bank.client.sandboxItemFireWebhook({ access_token, webhook_code })
    await pass(bank, 10)
    return app.codes()
  }
  expect(await fireAll()).toEqual(codes)
  expect((await bank.post('/_sim/webhooks', { duplicates: true })).body).toEqual({
    duplicates: true,
    disorder: false,
  })
  expect((await fireAll()).toSorted()).toEqual([...codes, ...codes].toSorted())
  await bank.post('/_sim/webhooks', { duplicates: false, disorder: true })
  const mixed = await fireAll()
  expect(mixed).not.toEqual(codes)
  expect(mixed.toSorted()).toEqual(codes.toSorted())
})
