import { createHash, createPublicKey, verify } from 'node:crypto'
import { SandboxItemFireWebhookRequestWebhookCodeEnum as Code, Products } from 'plaid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { brokerageLink, linkedItem } from '../../../servers/bank/test/linking.ts'
import { refusalOf } from '../../../servers/bank/test/refusal.ts'
import { type Received, webhookReceiver } from '../../../servers/bank/test/webhook-receiver.ts'
import { type BankTarget, isElsewhere, NOWHERE, openBank } from './support/bank-target.ts'
import { throughLink } from './support/through-link.ts'

const SANDBOX_KEY = '6c5516e1-92dc-479e-a8ff-5a51992e0001'

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

/** What an app must do before it believes a webhook. */
async function isSigned({ headers, raw }: Received): Promise<boolean> {
  const [head = '', claims = '', signature = ''] = String(headers['plaid-verification']).split('.')
  const read = (part: string) =>
    JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, string>
  const { alg, kid = '' } = read(head)
  const { data } = await bank.plaid.webhookVerificationKeyGet({ key_id: kid })
  const { kty, crv, x, y } = data.key
  const key = createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' })
  const text = Buffer.from(`${head}.${claims}`)
  const raw64 = Buffer.from(signature, 'base64url')
  const hash = createHash('sha256').update(raw).digest('hex')
  return (
    alg === 'ES256' &&
    read(claims).request_body_sha256 === hash &&
    verify('sha256', text, { key, dsaEncoding: 'ieee-p1363' }, raw64)
  )
}

test('the key with which sandbox webhooks are signed resolves, and an unknown one is refused', async () => {
  const { data } = await bank.plaid.webhookVerificationKeyGet({ key_id: SANDBOX_KEY })
  expect(data.key).toMatchObject({ alg: 'ES256', crv: 'P-256', kid: SANDBOX_KEY, kty: 'EC', use: 'sig' })
  const unknown = bank.plaid.webhookVerificationKeyGet({ key_id: '6c5516e1-0000-0000-0000-5a51992e0001' })
  expect(await refusalOf(unknown)).toMatchObject({
    status: 400,
    type: 'INVALID_INPUT',
    code: 'INVALID_WEBHOOK_VERIFICATION_KEY_ID',
  })
})

test('a webhook can be fired at an item that has an address, and only then', async () => {
  const { accessToken: access_token } = await linkedItem(bank.plaid, [Products.Transactions])
  const fire = () =>
    bank.plaid.sandboxItemFireWebhook({ access_token, webhook_code: Code.SyncUpdatesAvailable })
  expect(await refusalOf(fire())).toMatchObject({ type: 'SANDBOX_ERROR', code: 'SANDBOX_WEBHOOK_INVALID' })
  await bank.plaid.itemWebhookUpdate({ access_token, webhook: NOWHERE })
  expect((await fire()).data.webhook_fired).toBe(true)
})

test.skipIf(isElsewhere)(
  'what is fired comes signed over its very bytes, and a new address is acknowledged at that address',
  async () => {
    const { accessToken: access_token, itemId } = await linkedItem(bank.plaid)
    const { data } = await bank.plaid.itemWebhookUpdate({ access_token, webhook: app.url })
    expect(data.item.webhook).toBe(app.url)
    await bank.pass(1)
    await bank.plaid.sandboxItemFireWebhook({ access_token, webhook_code: Code.NewAccountsAvailable })
    await bank.pass(1)
    const own = app.received.filter(({ body }) => body.item_id === itemId)
    expect(own.map(({ body }) => [body.webhook_type, body.webhook_code])).toEqual([
      ['ITEM', 'WEBHOOK_UPDATE_ACKNOWLEDGED'],
      ['ITEM', 'NEW_ACCOUNTS_AVAILABLE'],
    ])
    expect(own[0]?.body).toMatchObject({ new_webhook_url: app.url, error: null, environment: 'sandbox' })
    for (const webhook of own) {
      expect(await isSigned(webhook)).toBe(true)
      expect(await isSigned({ ...webhook, raw: `${webhook.raw} ` })).toBe(false)
    }
  },
)

test.skipIf(isElsewhere)(
  'a broken login sends ITEM/ERROR once, and Link in update mode repairs it without a webhook',
  async () => {
    const { accessToken: access_token, itemId } = await linkedItem(bank.plaid)
    await bank.plaid.itemWebhookUpdate({ access_token, webhook: app.url })
    await bank.plaid.sandboxItemResetLogin({ access_token })
    await bank.pass(1)
    const { products: _, ...request } = brokerageLink
    const { data } = await bank.plaid.linkTokenCreate({ ...request, access_token })
    await throughLink(bank.url, data.link_token)
    await bank.pass(1)
    expect((await bank.plaid.itemGet({ access_token })).data.item.error).toBeNull()
    expect((await bank.plaid.accountsGet({ access_token })).status).toBe(200)
    const own = app.received.filter(({ body }) => body.item_id === itemId)
    expect(own.map(({ body }) => body.webhook_code)).toEqual(['WEBHOOK_UPDATE_ACKNOWLEDGED', 'ERROR'])
    expect(own[1]?.body).toMatchObject({
      webhook_type: 'ITEM',
      error: { error_code: 'ITEM_LOGIN_REQUIRED', status: 400 },
    })
    expect(own[1]?.body.error).not.toHaveProperty('request_id')
  },
)
