import {
  createHash,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto'
import { type VerificationKey, webhookVerifier } from '@paddock/bank-wire'
import { importJWK, jwtVerify } from 'jose'
import { Products } from 'plaid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankWith, type TestBank } from './bank-with.ts'
import { linkedItem } from './linking.ts'
import { type Received, webhookReceiver } from './webhook-receiver.ts'

let bank: TestBank
let app: Awaited<ReturnType<typeof webhookReceiver>>
let sent: Received
let iat: number

beforeAll(async () => {
  bank = await bankWith()
  app = await webhookReceiver()
  sent = await nextWebhook()
  iat = Number(part(1).iat)
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await bank[Symbol.asyncDispose]()
})

async function nextWebhook(): Promise<Received> {
  const { accessToken: access_token } = await linkedItem(bank.client, [Products.Auth])
  await bank.client.itemWebhookUpdate({ access_token, webhook: app.url })
  await bank.clock.advanceTo(bank.clock.now().add({ seconds: 1 }))
  const last = app.received.at(-1)
  if (last === undefined) throw new Error('no webhook came')
  return last
}

const header = () => String(sent.headers['plaid-verification'])
const parts = () => header().split('.')
const part = (place: number) =>
  JSON.parse(Buffer.from(parts()[place] ?? '', 'base64url').toString()) as Record<string, unknown>
const bytes = (text: string) => new TextEncoder().encode(text)
const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

async function keyOf(key_id: string): Promise<VerificationKey | undefined> {
  const { status, body } = await bank.post('/webhook_verification_key/get', { key_id })
  return status === 200 ? (body.key as VerificationKey) : undefined
}
const verifierAt = (now: number) => webhookVerifier({ findKey: keyOf, nowSeconds: () => now })

test('what the bank signs is what another implementation recomputes', async () => {
  expect(sent.headers['content-type']).toBe('application/json')
  expect(sent.raw).toContain('\n  "webhook_type": "ITEM"')
  const key = await keyOf(String(part(0).kid))
  const publicKey = await importJWK({ ...key } as Record<string, string>, 'ES256')
  const { payload, protectedHeader } = await jwtVerify(header(), publicKey, {
    algorithms: ['ES256'],
    maxTokenAge: '5m',
  })
  expect(Object.keys(protectedHeader).sort()).toEqual(['alg', 'kid', 'typ'])
  expect(payload.request_body_sha256).toBe(createHash('sha256').update(sent.raw).digest('hex'))
  expect(await verifierAt(iat + 1)(header(), bytes(sent.raw))).toBeUndefined()
})

const { privateKey: mine } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const raw = (key: KeyObject, text: string, dsaEncoding: 'ieee-p1363' | 'der' = 'ieee-p1363') =>
  sign('sha256', Buffer.from(text), { key, dsaEncoding }).toString('base64url')
function forged(head: object, claims: object, signature = (text: string) => raw(mine, text)): string {
  const text = `${b64(head)}.${b64(claims)}`
  return `${text}.${signature(text)}`
}
/** The bank's own header with other claims or another head, under its former signature. */
const altered = (head: object, claims: object) =>
  `${b64({ ...part(0), ...head })}.${b64({ ...part(1), ...claims })}.${parts()[2]}`
function derOf(signature: string): string {
  const hex = Buffer.from(signature, 'base64url').toString('hex')
  const [r, s] = [hex.slice(0, 64), hex.slice(64)]
  return Buffer.from(`30440220${r}0220${s}`, 'hex').toString('base64url')
}
function turned(): string {
  const signature = Buffer.from(parts()[2] ?? '', 'base64url')
  signature.writeUInt8(signature.readUInt8(10) ^ 1, 10)
  return `${parts()[0]}.${parts()[1]}.${signature.toString('base64url')}`
}
const bodySha = () => String(part(1).request_body_sha256)
const cut = (end: number) => header().slice(0, end)
const publicPem = async () => {
  const { kty, crv, x, y } = (await keyOf(String(part(0).kid))) ?? { kty: '', crv: '', x: '', y: '' }
  return createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' }).export({ format: 'pem', type: 'spki' })
}

test.for<[string, () => unknown | Promise<unknown>]>([
  ['no header', () => undefined],
  ['an empty header', () => ''],
  ['the header twice', () => `${header()}, ${header()}`],
  ['the header as a list', () => [header(), header()]],
  ['two parts only', () => parts().slice(0, 2).join('.')],
  ['a fourth part', () => `${header()}.x`],
  ['a dot before it', () => `.${header()}`],
  ['blanks around it', () => ` ${header()} `],
  ['an empty signature', () => `${parts()[0]}.${parts()[1]}.`],
  ['a signature cut short', () => cut(-1)],
  ['a signature of zeros', () => `${parts()[0]}.${parts()[1]}.${Buffer.alloc(64).toString('base64url')}`],
  ['a signature with one bit turned', turned],
  ['a signature in DER', () => `${parts()[0]}.${parts()[1]}.${derOf(parts()[2] ?? '')}`],
  ['padding after it', () => `${header()}==`],
  ['alg none, unsigned', () => `${b64({ ...part(0), alg: 'none' })}.${parts()[1]}.`],
  ['alg none under the signature', () => altered({ alg: 'none' }, {})],
  ['alg ES384', () => altered({ alg: 'ES384' }, {})],
  [
    'HS256 keyed with the public key',
    async () => {
      const pem = await publicPem()
      const hmac = (text: string) => createHmac('sha256', pem).update(text).digest('base64url')
      return forged({ ...part(0), alg: 'HS256' }, part(1), hmac)
    },
  ],
  ['a key of another environment under this id', () => forged(part(0), part(1))],
  ['an unknown key', () => forged({ ...part(0), kid: 'mine' }, part(1))],
  ['a key id that is a path', () => forged({ ...part(0), kid: '../item/get' }, part(1))],
  ['a key id that is a list', () => forged({ ...part(0), kid: ['mine'] }, part(1))],
  ['no key id', () => forged({ alg: 'ES256', typ: 'JWT' }, part(1))],
  [
    'its own key inside',
    () => forged({ ...part(0), jwk: createPublicKey(mine).export({ format: 'jwk' }) }, part(1)),
  ],
  ['a place to fetch the key from', () => forged({ ...part(0), jku: 'https://example.com/keys' }, part(1))],
  ['critical extensions', () => forged({ ...part(0), crit: ['b64'], b64: false }, part(1))],
  ['a younger iat', () => altered({}, { iat: iat + 60 })],
  ['no claims', () => altered({}, { iat: undefined, request_body_sha256: undefined })],
  ['a head that is no JSON', () => `${Buffer.from('{').toString('base64url')}.${parts()[1]}.${parts()[2]}`],
  ['head and claims exchanged', () => `${parts()[1]}.${parts()[0]}.${parts()[2]}`],
])('not believed: %s', async ([, make]) => {
  const verify = verifierAt(iat + 1)
  expect(await verify(await make(), bytes(sent.raw))).toBeDefined()
})

test.for<[string, () => string, string?]>([
  ['one byte changed', () => sent.raw.replace('sandbox', 'sandbpx')],
  ['a line end after it', () => `${sent.raw}\n`],
  ['a byte order mark before it', () => `\uFEFF${sent.raw}`],
  ['written anew', () => JSON.stringify(JSON.parse(sent.raw))],
  ['cut short', () => sent.raw.slice(0, -1)],
  ['nothing', () => ''],
])('not believed: a body with %s', async ([, make]) => {
  expect(await verifierAt(iat + 1)(header(), bytes(make()))).toBe('body_changed')
})

test('signed well, and still not believed: too old, from the future, odd claims', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const key = { alg: 'ES256', crv: 'P-256', kty: 'EC', use: 'sig', x, y, expired_at: null }
  const signed = (claims: object) => forged(part(0), claims, (text) => raw(privateKey, text))
  const judge = (claims: object, changes: Partial<VerificationKey> = {}) =>
    webhookVerifier({ findKey: async () => ({ ...key, ...changes }), nowSeconds: () => 1_000_000 })(
      signed(claims),
      bytes(sent.raw),
    )
  const good = { iat: 1_000_000, request_body_sha256: bodySha() }
  expect(await judge(good)).toBeUndefined()
  expect(await judge({ ...good, iat: 1_000_000 - 300 })).toBeUndefined()
  expect(await judge({ ...good, iat: 1_000_000 - 301 })).toBe('too_old')
  expect(await judge({ ...good, iat: 1_000_006 })).toBe('from_the_future')
  for (const odd of [
    { iat: 1_000_000 },
    { request_body_sha256: bodySha() },
    { ...good, iat: '1000000' },
    { ...good, iat: 1_000_000.5 },
    { ...good, request_body_sha256: bodySha().toUpperCase() },
    { ...good, request_body_sha256: bodySha().slice(1) },
    { ...good, request_body_sha256: null },
  ]) {
    expect(await judge(odd), JSON.stringify(odd)).toBe('claims_malformed')
  }
  expect(await judge(good, { expired_at: 1_000_000 })).toBe('key_expired')
  expect(await judge(good, { expired_at: 1_000_001 })).toBeUndefined()
  for (const odd of [{ kty: 'RSA' }, { crv: 'P-384' }, { alg: 'RS256' }, { use: 'enc' }]) {
    expect(await judge(good, odd)).toBe('signature_wrong')
  }
})

test('a burst of webhooks asks for their key once; a key that ends is noticed within five minutes', async () => {
  let [asked, now] = [0, iat + 1]
  const verify = webhookVerifier({
    findKey: (kid) => {
      asked += 1
      return keyOf(kid)
    },
    nowSeconds: () => now,
  })
  const results = await Promise.all(Array.from({ length: 20 }, () => verify(header(), bytes(sent.raw))))
  expect(results).toEqual(Array.from({ length: 20 }, () => undefined))
  expect(asked).toBe(1)
  await bank.post('/_sim/webhooks/rotate-key', {})
  now += 299
  expect(await verify(header(), bytes(sent.raw))).toBeUndefined()
  now += 1
  expect(await verify(header(), bytes(sent.raw))).toBe('key_expired')
  const next = await nextWebhook()
  const fresh = verifierAt(Number(iat + 2))
  expect(await fresh(next.headers['plaid-verification'], bytes(next.raw))).toBeUndefined()
})
