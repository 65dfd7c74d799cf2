import { createHmac, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { type BrokerWorld, brokerWorld } from './broker-world.ts'

const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
/** What is signed; a test may leave anything out. */
type Claims = Record<string, unknown>

const nowSeconds = () => Math.floor(Temporal.Now.instant().epochMilliseconds / 1000)

const pemOf = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()

const pairOf = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
}

/** A key whose holder signs, and what the holder needs for it. */
async function signer(world: BrokerWorld, alg: keyof typeof pairOf = 'ES256') {
  const { id, secret } = await world.must(
    world.call('POST', '/_ops/keys', { name: 'signs', scopes: { accounts: 'read' } }),
  )
  const { publicKey, privateKey } = pairOf[alg]()
  const pem = pemOf(publicKey)
  const put = await world.must(world.call('PUT', `/_ops/keys/${id}/public_key`, { public_key: pem }))
  expect(put).toMatchObject({ id, public_key: pem })
  const claims = (): Claims => ({
    iss: id,
    sub: id,
    aud: `${world.broker.url}/v1/oauth2/token`,
    exp: nowSeconds() + 60,
    jti: randomUUID(),
  })
  const sign = (change: Claims = {}) =>
    new SignJWT({ ...claims(), ...change }).setProtectedHeader({ alg }).sign(privateKey)
  return { id, secret, pem, claims, sign }
}

/** Asks for a token by the form that OAuth 2 has. */
const present = (world: BrokerWorld, assertion: string, change: Record<string, string> = {}) =>
  world.send(
    'POST',
    '/v1/oauth2/token',
    new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: TYPE,
      client_assertion: assertion,
      ...change,
    }).toString(),
    { headers: { authorization: '', 'content-type': 'application/x-www-form-urlencoded' } },
  )

test.for(Object.keys(pairOf) as (keyof typeof pairOf)[])(
  'what is signed with %s buys a token that may what the key may',
  async (alg) => {
    await using world = await brokerWorld()
    const { id, sign } = await signer(world, alg)
    const answer = await present(world, await sign(), { client_id: id })
    expect(answer).toMatchObject({ status: 200, body: { expires_in: 899, token_type: 'Bearer' } })
    const bearer = { headers: { authorization: `Bearer ${answer.body.access_token}` } }
    expect((await world.call('GET', '/v1/accounts', undefined, bearer)).status).toBe(200)
    expect((await world.call('GET', '/_ops/keys', undefined, bearer)).status).toBe(403)
    expect((await world.call('GET', `/_ops/keys/${id}`)).body.last_used_at).not.toBeNull()
    await world.call('DELETE', `/_ops/keys/${id}`)
    expect((await world.call('GET', '/v1/accounts', undefined, bearer)).status).toBe(401)
    expect((await present(world, await sign())).status).toBe(401)
  },
)

test('an assertion is good for one token, even when it comes twice at once', async () => {
  await using world = await brokerWorld()
  const { sign } = await signer(world)
  const assertion = await sign()
  const answers = await Promise.all([present(world, assertion), present(world, assertion)])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
  expect(await present(world, assertion)).toMatchObject({
    status: 401,
    body: { code: 40110000, error: 'invalid_client', message: 'client_assertion is invalid: jti' },
  })
  expect((await present(world, await sign())).status).toBe(200)
})

test('each claim must be what this server expects, and the refusal says which one is not', async () => {
  await using world = await brokerWorld()
  const { id, sign } = await signer(world)
  const { url } = world.broker
  for (const aud of [url, `${url}/oauth2/token`, ['https://elsewhere.example', url]]) {
    expect([aud, (await present(world, await sign({ aud }))).status]).toEqual([aud, 200])
  }
  const rows: readonly [change: Claims, claim: string][] = [
    [{ iss: 'somebody' }, 'iss'],
    [{ aud: 'https://elsewhere.example' }, 'aud'],
    [{ aud: undefined }, 'aud'],
    [{ exp: nowSeconds() - 1 }, 'exp'],
    [{ exp: nowSeconds() + 400 }, 'exp'],
    [{ exp: undefined }, 'exp'],
    [{ nbf: nowSeconds() + 60 }, 'nbf'],
    [{ jti: undefined }, 'jti'],
    [{ jti: '' }, 'jti'],
    [{ jti: 'x'.repeat(256) }, 'jti'],
  ]
  for (const [change, claim] of rows) {
    const { status, body } = await present(world, await sign(change))
    expect([change, status, body.message]).toEqual([change, 401, `client_assertion is invalid: ${claim}`])
  }
  for (const sub of ['somebody', `PK${'A'.repeat(18)}`, undefined]) {
    expect([sub, (await present(world, await sign({ sub }))).status]).toEqual([sub, 401])
  }
  const otherEnd = id.endsWith('A') ? 'B' : 'A'
  const otherId = `${id.slice(0, -1)}${otherEnd}`
  expect((await present(world, await sign(), { client_id: otherId })).status).toBe(401)
})

test('what is not signed with the registered key opens nothing', async () => {
  await using world = await brokerWorld()
  const { id, pem, claims, sign } = await signer(world)
  const other = await signer(world)
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const unsigned = `${part({ alg: 'none' })}.${part(claims())}.`
  const hmacText = `${part({ alg: 'HS256' })}.${part(claims())}`
  const hmac = `${hmacText}.${createHmac('sha256', pem).update(hmacText).digest('base64url')}`
  const [header = '', , signature = ''] = (await sign()).split('.')
  const forged = [
    unsigned,
    hmac,
    `${header}.${part(claims())}.${signature}`,
    await other.sign({ iss: id, sub: id }),
    '',
    'not a token',
    'a.b.c',
    'x'.repeat(15_000),
  ]
  for (const assertion of forged) {
    const { status, body } = await present(world, assertion)
    expect([assertion.slice(0, 40), status, body.message]).toEqual([
      assertion.slice(0, 40),
      401,
      'client_assertion is invalid',
    ])
  }
})

test('a caller shows who it is in one way, and says which', async () => {
  await using world = await brokerWorld()
  const { id, secret, sign } = await signer(world)
  const both = await present(world, await sign(), { client_id: id, client_secret: secret })
  expect(both).toMatchObject({ status: 422, body: { code: 40010001 } })
  const odd = await present(world, await sign(), { client_assertion_type: 'saml' })
  expect(odd).toMatchObject({ status: 422, body: { code: 40010001 } })
  const fields = { grant_type: 'client_credentials', client_assertion: await sign() }
  expect(await world.call('POST', '/v1/oauth2/token', fields)).toMatchObject({
    status: 422,
    body: { message: 'client_assertion_type is required' },
  })
})

test('only what can check a signature is registered as a public key', async () => {
  await using world = await brokerWorld()
  const { id, pem } = await signer(world)
  const put = (public_key: unknown, options?: object) =>
    world.call('PUT', `/_ops/keys/${id}/public_key`, { public_key }, options)
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const x25519 = generateKeyPairSync('x25519')
  const odd = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
  const secret = pairOf.ES256().privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const unfit = [pemOf(weak.publicKey), pemOf(x25519.publicKey), pemOf(odd.publicKey), secret, 'junk', '']
  for (const text of unfit) {
    expect([text, (await put(text)).body.code]).toEqual([text, 40010001])
  }
  expect((await put(undefined)).status).toBe(422)
  expect((await world.call('GET', `/_ops/keys/${id}`)).body.public_key).toBe(pem)
  expect((await put(null)).body.public_key).toBeNull()
  const { rows } = await sql<{ n: bigint }>`
    select count(*) as n from api_keys where public_key is not null`.execute(world.db)
  expect(rows).toEqual([{ n: 0n }])
})

test('nobody signs for a key that may more than the own one, or for one that has ended', async () => {
  await using world = await brokerWorld()
  const strong = await signer(world)
  const admin = await world.must(
    world.call('POST', '/_ops/keys', { name: 'admin', scopes: { admin: 'write' } }),
  )
  const put = (id: string, headers: Record<string, string> = {}) =>
    world.call('PUT', `/_ops/keys/${id}/public_key`, { public_key: strong.pem }, { headers })
  const asAdmin = {
    authorization: `Basic ${Buffer.from(`${admin.id}:${admin.secret}`).toString('base64')}`,
  }
  expect(await put(strong.id, asAdmin)).toMatchObject({ status: 403, body: { code: 40310000 } })
  expect((await put(admin.id, asAdmin)).status).toBe(200)
  await world.call('DELETE', `/_ops/keys/${strong.id}`)
  expect(await put(strong.id)).toMatchObject({ status: 422, body: { code: 42210000 } })
  expect((await put(`PK${'A'.repeat(18)}`)).status).toBe(404)
})
