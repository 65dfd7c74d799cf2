import { expect, test } from 'vitest'
import { platformAlone } from './platform-alone.ts'

const alice = { email: 'alice@example.org', password: 'correct horse' }
const OURS = { origin: 'http://web.test' }

test('a sign-up gives tokens that open the doors, by either header', async () => {
  await using platform = await platformAlone()
  const signedUp = await platform.call('POST', '/platform/signup', { body: alice })
  expect(signedUp).toMatchObject({
    status: 200,
    body: {
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      cognito_user_id: expect.any(String),
    },
  })
  const { access_token: token, cognito_user_id: id } = signedUp.body
  const me = { user: { id, email: alice.email, role: 'customer' }, account: null }
  expect((await platform.call('GET', '/api/me', { token })).body).toMatchObject(me)
  expect((await platform.call('GET', '/api/me', { headers: { 'access-token': token } })).body).toMatchObject(
    me,
  )
  expect((await platform.call('GET', '/api/me')).status).toBe(401)
})

test('the browser gets a cookie that scripts cannot read, and signing out ends it at once', async () => {
  await using platform = await platformAlone()
  const { cookie = '', headers } = await platform.call('POST', '/api/signup', { body: alice, headers: OURS })
  expect(headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/)
  expect(headers.get('set-cookie')).toMatch(/Path=\//)
  expect((await platform.call('GET', '/api/me', { headers: { cookie } })).status).toBe(200)
  expect((await platform.call('POST', '/api/logout', { headers: { cookie, ...OURS } })).status).toBe(204)
  expect((await platform.call('GET', '/api/me', { headers: { cookie } })).status).toBe(401)
})

test.for([
  { origin: 'http://evil.test', status: 403 },
  { origin: 'null', status: 403 },
  { origin: undefined, status: 403 },
  { origin: 'http://web.test', status: 204 },
])('a change by cookie from the origin $origin answers $status', async ({ origin, status }) => {
  await using platform = await platformAlone()
  const { cookie = '' } = await platform.call('POST', '/api/signup', { body: alice, headers: OURS })
  const headers: Record<string, string> = origin === undefined ? { cookie } : { cookie, origin }
  expect((await platform.call('POST', '/api/logout', { headers })).status).toBe(status)
})

test('another site cannot sign anybody in', async () => {
  await using platform = await platformAlone()
  const headers = { origin: 'http://evil.test' }
  expect((await platform.call('POST', '/api/signup', { body: alice, headers })).status).toBe(403)
  expect((await platform.call('POST', '/platform/login', { body: alice, headers })).status).toBe(403)
})

test('one address is one user, however it is written', async () => {
  await using platform = await platformAlone()
  const zoe = { email: 'zoé@example.org', password: alice.password }
  expect((await platform.call('POST', '/platform/signup', { body: zoe })).status).toBe(200)
  for (const email of ['ZOÉ@Example.org', 'zoé@example.org'.normalize('NFD')]) {
    const again = await platform.call('POST', '/platform/signup', { body: { ...zoe, email } })
    expect(again).toMatchObject({ status: 409, body: { error: { code: 'email_taken' } } })
    expect((await platform.call('POST', '/platform/login', { body: { ...zoe, email } })).status).toBe(200)
  }
})

test('two sign-ups at once make one user', async () => {
  await using platform = await platformAlone()
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => platform.call('POST', '/platform/signup', { body: alice })),
  )
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409, 409, 409])
})

test.for([
  { email: 'no-at', password: alice.password, code: 'email_malformed' },
  { email: 'a@b', password: alice.password, code: 'email_malformed' },
  { email: 'a b@example.org', password: alice.password, code: 'email_malformed' },
  { email: `${'a'.repeat(250)}@example.org`, password: alice.password, code: 'invalid_input' },
  { email: alice.email, password: '1234567', code: 'password_too_short' },
  { email: alice.email, password: '😀'.repeat(7), code: 'password_too_short' },
  { email: alice.email, password: 'x'.repeat(129), code: 'password_too_long' },
  { email: alice.email, password: 'x'.repeat(2_000), code: 'invalid_input' },
])('sign-up with $email and a password like $password is refused: $code', async ({ code, ...body }) => {
  await using platform = await platformAlone()
  const answer = await platform.call('POST', '/platform/signup', { body })
  expect(answer).toMatchObject({ status: 422, body: { error: { code } } })
})

test('passwords of 8 and of 128 characters work, spaces and emoji included', async () => {
  await using platform = await platformAlone()
  for (const [index, password] of ['        ', '😀'.repeat(128), 'x'.repeat(128)].entries()) {
    const body = { email: `user${index}@example.org`, password }
    expect((await platform.call('POST', '/platform/signup', { body })).status).toBe(200)
    expect((await platform.call('POST', '/platform/login', { body })).status).toBe(200)
  }
})

test('a wrong password and an unknown user get the same answer', async () => {
  await using platform = await platformAlone()
  await platform.call('POST', '/platform/signup', { body: alice })
  const tries = [
    { ...alice, password: 'wrong horse' },
    { email: 'nobody@example.org', password: 'wrong horse' },
    { email: 'not an address', password: '' },
  ]
  const answers = await Promise.all(tries.map((body) => platform.call('POST', '/platform/login', { body })))
  for (const { status, body } of answers) {
    expect({ status, error: { ...body.error, request_id: '' } }).toEqual({
      status: 401,
      error: { code: 'credentials_wrong', message: 'E-mail or password is wrong.', request_id: '' },
    })
  }
})

test('after ten wrong passwords even the right one has to wait, also when tried all at once', async () => {
  await using platform = await platformAlone()
  await platform.call('POST', '/platform/signup', { body: alice })
  const wrong = { ...alice, password: 'wrong horse' }
  const answers = await Promise.all(
    Array.from({ length: 15 }, () => platform.call('POST', '/platform/login', { body: wrong })),
  )
  expect(answers.filter((answer) => answer.status === 401)).toHaveLength(10)
  expect(answers.filter((answer) => answer.body.error.code === 'too_many_attempts')).toHaveLength(5)
  expect((await platform.call('POST', '/platform/login', { body: alice })).status).toBe(429)
  const bob = { email: 'bob@example.org', password: alice.password }
  expect((await platform.call('POST', '/platform/signup', { body: bob })).status).toBe(200)
  expect((await platform.call('POST', '/platform/login', { body: bob })).status).toBe(200)
})

test('a refresh token works once; using it again ends the session', async () => {
  await using platform = await platformAlone()
  const first = (await platform.call('POST', '/platform/signup', { body: alice })).body
  const refresh = (token: string) =>
    platform.call('POST', '/platform/refresh', { body: { refresh_token: token } })
  const second = await refresh(first.refresh_token)
  expect(second).toMatchObject({ status: 200, body: { cognito_user_id: first.cognito_user_id } })
  expect((await refresh(first.refresh_token)).status).toBe(401)
  expect((await refresh(second.body.refresh_token)).status).toBe(401)
  expect((await platform.call('GET', '/api/me', { token: second.body.access_token })).status).toBe(401)
})

test('the demo customer is let in without a password, where there is one', async () => {
  await using platform = await platformAlone()
  expect((await platform.call('POST', '/api/demo/login')).status).toBe(404)
  const { body } = await platform.call('POST', '/platform/signup', { body: alice })
  await platform.server.markDemoUser(body.cognito_user_id)
  const demo = await platform.call('POST', '/api/demo/login')
  expect(demo).toMatchObject({ status: 200, body: { user: { email: alice.email } } })
  expect((await platform.call('GET', '/api/me', { headers: { cookie: demo.cookie ?? '' } })).status).toBe(200)
})

test('passwords that everybody knows open nothing once the demo is over, nor do sessions that they began', async () => {
  await using platform = await platformAlone()
  const { body: customer } = await platform.call('POST', '/platform/signup', { body: alice })
  await platform.server.markDemoUser(customer.cognito_user_id)
  const ops = { email: 'ops@example.org', password: 'known to everybody' }
  await platform.server.ensureOperator(ops.email, ops.password, true)
  const { body: operator } = await platform.call('POST', '/platform/login', { body: ops })

  await using real = await platform.another({ demo: false })
  for (const body of [alice, ops]) {
    expect((await real.call('POST', '/platform/login', { body })).status).toBe(401)
  }
  for (const { access_token: token, refresh_token } of [customer, operator]) {
    expect((await real.call('GET', '/api/me', { token })).status).toBe(401)
    expect((await real.call('POST', '/platform/refresh', { body: { refresh_token } })).status).toBe(401)
  }
})

test('an operator is made once and gets the password that was named last', async () => {
  await using platform = await platformAlone()
  await platform.server.ensureOperator('ops@example.org', 'first password')
  await platform.server.ensureOperator('ops@example.org', 'second password')
  const login = (password: string) =>
    platform.call('POST', '/api/login', { body: { email: 'ops@example.org', password } })
  expect((await login('first password')).status).toBe(401)
  expect((await login('second password')).body).toMatchObject({ user: { role: 'operator' } })
})

test('anybody may see the configuration, and it holds no secret', async () => {
  await using platform = await platformAlone()
  const { status, body } = await platform.call('GET', '/api/config')
  expect(status).toBe(200)
  expect(body).toEqual({
    broker: 'embedded',
    bank: 'embedded',
    sandbox: true,
    demo: true,
    link_script_url: 'http://127.0.0.1:9/link.js',
    sim_url: null,
  })
})
