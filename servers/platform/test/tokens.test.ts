import { createHmac } from 'node:crypto'
import {
  createLocalJWKSet,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  importJWK,
  jwtVerify,
  SignJWT,
} from 'jose'
import { expect, test } from 'vitest'
import { newSigningKey, platformAlone } from './platform-alone.ts'

const alice = { email: 'alice@example.org', password: 'correct horse' }

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const decode = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString())

test('anybody can verify an access token with the published keys', async () => {
  await using platform = await platformAlone()
  const { body } = await platform.call('POST', '/platform/signup', { body: alice })
  const keys = await platform.call('GET', '/.well-known/jwks.json')
  expect(JSON.stringify(keys.body)).not.toContain('"d"')
  const { payload, protectedHeader } = await jwtVerify(body.access_token, createLocalJWKSet(keys.body))
  expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'at+jwt' })
  expect(payload).toMatchObject({
    iss: 'paddock-platform',
    aud: 'paddock-api',
    sub: body.cognito_user_id,
    token_use: 'access',
  })
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(900)
})

test('an access token dies after 15 minutes, and at once with its session', async () => {
  let now = Temporal.Instant.from('2026-06-01T12:00:00Z')
  await using platform = await platformAlone({ clock: { now: () => now } })
  const { access_token: token } = (await platform.call('POST', '/platform/signup', { body: alice })).body
  const status = async () => (await platform.call('GET', '/api/me', { token })).status
  now = now.add({ minutes: 14, seconds: 59 })
  expect(await status()).toBe(200)
  now = now.add({ seconds: 1 })
  expect(await status()).toBe(401)

  const fresh = (await platform.call('POST', '/platform/login', { body: alice })).body.access_token
  expect((await platform.call('GET', '/api/me', { token: fresh })).status).toBe(200)
  expect((await platform.call('POST', '/platform/logout', { token: fresh })).status).toBe(204)
  expect((await platform.call('GET', '/api/me', { token: fresh })).status).toBe(401)
})

test('no forged token is accepted', async () => {
  const signingKey = await newSigningKey()
  await using platform = await platformAlone({ signingKey })
  const { access_token: real } = (await platform.call('POST', '/platform/signup', { body: alice })).body
  const { access_token: other } = (
    await platform.call('POST', '/platform/signup', { body: { ...alice, email: 'bob@example.org' } })
  ).body
  const [head, body, signature] = real.split('.')
  const header = decode(head)
  const claims = decode(body)

  const ours = await importJWK(signingKey, 'ES256')
  const theirs = await generateKeyPair('ES256', { extractable: true })
  const publicPem = await exportSPKI(
    (await importJWK({ ...signingKey, d: undefined } as never, 'ES256')) as never,
  )
  const sign = (payload: object, key: unknown, extra: object = {}) =>
    new SignJWT({ ...payload }).setProtectedHeader({ ...header, ...extra }).sign(key as never)
  const hmac = (key: string, alg = 'HS256') => {
    const text = `${encode({ ...header, alg })}.${body}`
    return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
  }
  const without = (claim: string) =>
    Object.fromEntries(Object.entries(claims).filter(([name]) => name !== claim))
  const inFuture = { ...claims, iat: claims.iat + 3_600, exp: claims.exp + 3_600 }

  const forged: Record<string, string> = {
    'no token': '',
    'not a token': 'abc',
    'alg none': `${encode({ ...header, alg: 'none' })}.${body}.`,
    'alg None': `${encode({ ...header, alg: 'None' })}.${body}.${signature}`,
    'no signature': `${head}.${body}.`,
    'HS256 with the public key': hmac(publicPem),
    'HS256 with the published key': hmac(
      JSON.stringify((await platform.call('GET', '/.well-known/jwks.json')).body),
    ),
    'HS256 with nothing': hmac(''),
    "another key, our key's id": await sign(claims, theirs.privateKey),
    'its own key in the header': await sign(claims, theirs.privateKey, {
      jwk: await exportJWK(theirs.publicKey),
    }),
    'a key elsewhere': await sign(claims, theirs.privateKey, { jku: 'http://evil.test/jwks.json' }),
    'another issuer': await sign({ ...claims, iss: 'https://evil.test' }, ours),
    'another audience': await sign({ ...claims, aud: 'somebody-else' }, ours),
    'an id token': await sign({ ...claims, token_use: 'id' }, ours),
    'another type': await sign(claims, ours, { typ: 'JWT' }),
    expired: await sign({ ...claims, iat: claims.iat - 3_600, exp: claims.iat - 1 }, ours),
    'from the future': await sign(inFuture, ours),
    'never expires': await sign(without('exp'), ours),
    'no session': await sign(without('sid'), ours),
    'an unknown session': await sign({ ...claims, sid: crypto.randomUUID() }, ours),
    'a session that is no id': await sign({ ...claims, sid: "' or 1=1" }, ours),
    "another user's session": await sign({ ...claims, sid: decode(other.split('.')[1]).sid }, ours),
    'a changed user': `${head}.${encode({ ...claims, sub: decode(other.split('.')[1]).sub })}.${signature}`,
    'an unknown critical header': `${encode({ ...header, crit: ['x'], x: 1 })}.${body}.${signature}`,
    'far too long': `${real}${'A'.repeat(8_000)}`,
  }
  for (const [name, token] of Object.entries(forged)) {
    const answer = await platform.call('GET', '/api/me', { headers: { 'access-token': token } })
    expect({ name, status: answer.status, code: answer.body.error?.code }).toEqual({
      name,
      status: 401,
      code: 'not_signed_in',
    })
    if (token !== '') expect((await platform.call('GET', '/api/me', { token })).status, name).toBe(401)
  }
  expect((await platform.call('GET', '/api/me', { token: real })).status).toBe(200)
})

test('other words in Authorization are no tokens, and a wrong token is not saved by a good cookie', async () => {
  await using platform = await platformAlone()
  const { cookie = '' } = await platform.call('POST', '/api/signup', { body: alice })
  for (const authorization of ['Basic YTpi', 'Bearer', 'Bearer a b', 'bearer x']) {
    const headers = { authorization, cookie }
    expect((await platform.call('GET', '/api/me', { headers })).status, authorization).toBe(401)
  }
})
