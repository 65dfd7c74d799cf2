import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { type BrokerWorld, brokerWorld, KEYS } from './broker-world.ts'

type Pair = { id: string; secret: string }

const basic = ({ id, secret }: Pair) => ({
  headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
})
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

async function issue(world: BrokerWorld, scopes: object, change: object = {}) {
  return world.must(world.call('POST', '/_ops/keys', { name: 'a partner', scopes, ...change }))
}

/** A token by the form that OAuth 2 has. */
async function tokenFor(world: BrokerWorld, fields: Record<string, string>, path = '/v1/oauth2/token') {
  return world.send('POST', path, new URLSearchParams(fields).toString(), {
    headers: { authorization: '', 'content-type': 'application/x-www-form-urlencoded' },
  })
}

const credentials = ({ id, secret }: Pair) => ({
  grant_type: 'client_credentials',
  client_id: id,
  client_secret: secret,
})

test('a key opens the areas it was issued for, reading or writing, and no others', async () => {
  await using world = await brokerWorld()
  const alice = await world.activeAccount()
  const key = await issue(world, { accounts: 'read', trading: 'write', funding: 'none' })
  expect(key).toMatchObject({
    id: expect.stringMatching(/^PK[A-Z2-7]{18}$/),
    secret: expect.stringMatching(/^pdk_[\w-]{43}$/),
    status: 'active',
    scopes: { accounts: 'read', trading: 'write', funding: 'none', admin: 'none' },
    created_by: KEYS.key,
  })
  const rows: readonly [method: string, path: string, status: number][] = [
    ['GET', '/v1/accounts', 200],
    ['HEAD', '/v1/accounts', 200],
    ['POST', '/v1/accounts', 403],
    ['GET', `/v1/trading/accounts/${alice}/orders`, 200],
    ['DELETE', `/v1/trading/accounts/${alice}/orders`, 207],
    ['GET', `/v1/accounts/${alice}/transfers`, 403],
    ['GET', '/v1/events/trades', 403],
    ['GET', '/_ops/keys', 403],
    ['POST', '/_ops/keys', 403],
  ]
  for (const [method, path, status] of rows) {
    const answer = await world.call(method, path, method === 'POST' ? {} : undefined, basic(key))
    expect([method, path, answer.status]).toEqual([method, path, status])
    if (status === 403) {
      expect(answer.body).toMatchObject({ code: 40310000, message: expect.stringContaining('may not') })
    }
  }
})

test('the secret is shown once, and is nowhere in the database', async () => {
  await using world = await brokerWorld()
  const key = await issue(world, { accounts: 'read' })
  const listed = (await world.call('GET', '/_ops/keys')).body
  expect(listed).toHaveLength(1)
  expect(listed[0]).toMatchObject({ id: key.id, secret_prefix: key.secret.slice(0, 8), last_used_at: null })
  expect(JSON.stringify(listed)).not.toContain(key.secret)
  const { body } = await tokenFor(world, credentials(key))
  const { rows } = await sql<{ text: string }>`
    select row_to_json(k)::text as text from api_keys as k
    union all select row_to_json(t)::text from access_tokens as t`.execute(world.db)
  expect(rows).toHaveLength(2)
  for (const { text } of rows) {
    expect(text).not.toContain(key.secret)
    expect(text).not.toContain(body.access_token)
  }
})

test('a key is refused with a wrong secret, after its end, and once it is revoked', async () => {
  await using world = await brokerWorld()
  const key = await issue(world, { accounts: 'read' })
  const status = async (pair: Pair) =>
    (await world.call('GET', '/v1/accounts', undefined, basic(pair))).status
  expect(await status(key)).toBe(200)
  expect(await status({ ...key, secret: `${key.secret}x` })).toBe(401)
  const otherEnd = key.id.endsWith('A') ? 'B' : 'A'
  expect(await status({ ...key, id: `${key.id.slice(0, -1)}${otherEnd}` })).toBe(401)
  await sql`update api_keys set expires_at = now() where id = ${key.id}`.execute(world.db)
  expect(await status(key)).toBe(401)
  expect((await world.call('GET', `/_ops/keys/${key.id}`)).body.status).toBe('expired')

  const other = await issue(world, { accounts: 'read' })
  expect(await status(other)).toBe(200)
  expect((await world.call('DELETE', `/_ops/keys/${other.id}`)).status).toBe(204)
  expect((await world.call('DELETE', `/_ops/keys/${other.id}`)).status).toBe(204)
  expect(await status(other)).toBe(401)
  expect((await world.call('GET', `/_ops/keys/${other.id}`)).body).toMatchObject({
    status: 'revoked',
    revoked_at: expect.any(String),
  })
})

test('after a rotation both keys work until the overlap is over, however far the world moves', async () => {
  await using world = await brokerWorld()
  const old = await issue(world, { accounts: 'read' })
  const fresh = await world.must(world.call('POST', `/_ops/keys/${old.id}/rotate`, { overlap_hours: 2 }))
  expect(fresh).toMatchObject({ name: 'a partner', scopes: { accounts: 'read' }, expires_at: null })
  const status = async (pair: Pair) =>
    (await world.call('GET', '/v1/accounts', undefined, basic(pair))).status
  await world.advance({ days: 30 })
  expect([await status(old), await status(fresh)]).toEqual([200, 200])
  expect((await world.call('GET', `/_ops/keys/${old.id}`)).body).toMatchObject({
    status: 'retiring',
    replaced_by: fresh.id,
  })
  // A key that has a successor has no second one.
  expect(await world.call('POST', `/_ops/keys/${old.id}/rotate`, {})).toMatchObject({
    status: 422,
    body: { code: 42210000 },
  })
  const { rows } = await sql<{ hours: string }>`
    update api_keys set expires_at = expires_at - interval '2 hours' where id = ${old.id}
    returning round(extract(epoch from expires_at - now()))::text as hours`.execute(world.db)
  expect(Math.abs(Number(rows[0]?.hours))).toBeLessThan(30)
  expect([await status(old), await status(fresh)]).toEqual([401, 200])
})

test('an overlap of nothing ends the old key at once', async () => {
  await using world = await brokerWorld()
  const old = await issue(world, { accounts: 'read' })
  await world.must(world.call('POST', `/_ops/keys/${old.id}/rotate`, { overlap_hours: 0 }))
  expect((await world.call('GET', '/v1/accounts', undefined, basic(old))).status).toBe(401)
})

test('nobody hands out more than the own key may do', async () => {
  await using world = await brokerWorld()
  const admin = await issue(world, { admin: 'write', accounts: 'read' })
  const stronger = await issue(world, { funding: 'write' })
  const ask = (scopes: object) => world.call('POST', '/_ops/keys', { name: 'x', scopes }, basic(admin))
  expect((await ask({ accounts: 'read' })).status).toBe(200)
  expect((await ask({ admin: 'write' })).status).toBe(200)
  expect(await ask({ accounts: 'write' })).toMatchObject({ status: 403, body: { code: 40310000 } })
  expect((await ask({ funding: 'read' })).status).toBe(403)
  expect(await world.call('POST', `/_ops/keys/${stronger.id}/rotate`, {}, basic(admin))).toMatchObject({
    status: 403,
  })
})

test('when a key was last used is written, but not at every request', async () => {
  await using world = await brokerWorld()
  const key = await issue(world, { accounts: 'read' })
  const lastUse = async () => (await world.call('GET', `/_ops/keys/${key.id}`)).body.last_used_at
  const use = () => world.must(world.call('GET', '/v1/accounts', undefined, basic(key)))
  expect(await lastUse()).toBeNull()
  await use()
  const first = await lastUse()
  expect(first).not.toBeNull()
  await use()
  expect(await lastUse()).toBe(first)
  await sql`update api_keys set last_used_at = now() - interval '2 minutes'`.execute(world.db)
  await use()
  expect(Temporal.Instant.compare(await lastUse(), first)).toBe(1)
})

const unfit: readonly [body: object, status: number][] = [
  [{}, 422],
  [{ name: 'x' }, 422],
  [{ name: '', scopes: {} }, 422],
  [{ name: 'x', scopes: { everything: 'read' } }, 422],
  [{ name: 'x', scopes: { accounts: 'all' } }, 422],
  [{ name: 'x', scopes: ['accounts'] }, 400],
  [{ name: 'x', scopes: {}, expires_at: '2020-01-01T00:00:00Z' }, 422],
  [{ name: 'x', scopes: {}, expires_at: '0000-01-01T00:00:00Z' }, 422],
  [{ name: 'x', scopes: {}, expires_at: 'tomorrow' }, 422],
]

test('an end with more decimals than a clock can tell is taken to the nearest microsecond', async () => {
  await using world = await brokerWorld()
  const body = { name: 'x', scopes: {}, expires_at: '2027-06-01T10:00:00.123456789123Z' }
  const answer = await world.call('POST', '/_ops/keys', body)
  expect(answer).toMatchObject({ status: 200, body: { expires_at: '2027-06-01T10:00:00.123457Z' } })
})

test('a key that makes no sense is not issued', async () => {
  await using world = await brokerWorld()
  for (const [body, status] of unfit) {
    const answer = await world.call('POST', '/_ops/keys', body)
    expect([body, answer.status]).toEqual([body, status])
    expect(answer.body).toMatchObject({ code: expect.any(Number), message: expect.any(String) })
  }
  expect((await world.call('GET', '/_ops/keys')).body).toEqual([])
  expect((await world.call('GET', '/_ops/keys/nobody')).status).toBe(400)
  expect((await world.call('DELETE', `/_ops/keys/PK${'A'.repeat(18)}`)).status).toBe(404)
})

test('a key buys a bearer token with its scopes, which dies with it', async () => {
  await using world = await brokerWorld()
  const key = await issue(world, { accounts: 'read' })
  for (const path of ['/v1/oauth2/token', '/oauth2/token']) {
    const answer = await tokenFor(world, credentials(key), path)
    expect(answer).toMatchObject({
      status: 200,
      body: { access_token: expect.any(String), expires_in: 899, token_type: 'Bearer' },
    })
    expect(answer.headers.get('cache-control')).toBe('no-store')
  }
  const { access_token: token } = (await tokenFor(world, credentials(key))).body
  const status = async (path: string) => (await world.call('GET', path, undefined, bearer(token))).status
  expect(await status('/v1/accounts')).toBe(200)
  expect(await status('/v1/events/trades')).toBe(403)
  await world.call('DELETE', `/_ops/keys/${key.id}`)
  expect(await status('/v1/accounts')).toBe(401)
  expect((await tokenFor(world, credentials(key))).status).toBe(401)
})

test('the configured keys buy tokens too, and a token ends after a quarter of an hour', async () => {
  await using world = await brokerWorld()
  const root = { id: KEYS.key, secret: KEYS.secret }
  const { access_token: token } = (await tokenFor(world, credentials(root))).body
  const status = async (value: string) =>
    (await world.call('GET', '/_ops/keys', undefined, bearer(value))).status
  expect(await status(token)).toBe(200)
  await sql`update access_tokens set expires_at = expires_at - interval '899 seconds'`.execute(world.db)
  expect(await status(token)).toBe(401)
})

test('the token of a configured pair that was replaced opens nothing', async () => {
  await using world = await brokerWorld()
  const { access_token: token } = (await tokenFor(world, credentials({ id: KEYS.key, secret: KEYS.secret })))
    .body
  await sql`update access_tokens set key_id = 'root:of-another-pair'`.execute(world.db)
  expect((await world.call('GET', '/v1/accounts', undefined, bearer(token))).status).toBe(401)
})

test('a token is issued for a form with the right credentials, and for nothing else', async () => {
  await using world = await brokerWorld()
  const right = credentials({ id: KEYS.key, secret: KEYS.secret })
  const rows: readonly [fields: Record<string, string>, status: number][] = [
    [{ ...right, client_secret: 'wrong' }, 401],
    [{ ...right, client_id: 'wrong' }, 401],
    [{ ...right, client_secret: '' }, 401],
    [{ grant_type: 'client_credentials' }, 401],
    [{ ...right, grant_type: 'password' }, 422],
    [{}, 422],
  ]
  for (const [fields, status] of rows) {
    const answer = await tokenFor(world, fields)
    expect([fields, answer.status]).toEqual([fields, status])
    expect(answer.body).toMatchObject({ code: expect.any(Number), message: expect.any(String) })
  }
  const twice = `${new URLSearchParams(right)}&client_id=other`
  const form = { headers: { 'content-type': 'application/x-www-form-urlencoded' } }
  expect((await world.send('POST', '/v1/oauth2/token', twice, form)).status).toBe(400)
  // Forms are for these routes; elsewhere only JSON is read.
  expect((await world.send('POST', '/_ops/keys', 'name=x', form)).status).toBe(415)
  expect((await world.send('POST', '/v1/accounts', 'name=x', form)).status).toBe(415)
})

test('no text that looks like a token opens anything', async () => {
  await using world = await brokerWorld()
  const junk = [
    'eyJhbGciOiJub25lIn0.eyJzdWIiOiJyb290In0.',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJyb290In0.c2ln',
    `pdt_${'A'.repeat(43)}`,
    `pdt_${'A'.repeat(44)}`,
    'pdt_',
    KEYS.secret,
    'x'.repeat(9_000),
    "'; drop table api_keys; --",
    '%00',
  ]
  for (const token of junk) {
    expect([token, (await world.call('GET', '/v1/clock', undefined, bearer(token))).status]).toEqual([
      token,
      401,
    ])
  }
})

test('a feature that is left out is refused as such, in the area where the vendor has it', async () => {
  await using world = await brokerWorld()
  const alice = await world.activeAccount()
  const key = await issue(world, { crypto: 'read', trading: 'read' })
  const rows: readonly [path: string, status: number][] = [
    [`/v1/accounts/${alice}/wallets`, 501],
    ['/v1/options/contracts', 501],
    ['/v1/transfers/jit/limits', 403],
  ]
  for (const [path, status] of rows) {
    expect([path, (await world.call('GET', path, undefined, basic(key))).status]).toEqual([path, status])
  }
})
