import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { bankWith, type TestBank } from './bank-with.ts'
import { brokerageLink, PLATYPUS } from './linking.ts'
import { refusalOf } from './refusal.ts'
import { webhookReceiver } from './webhook-receiver.ts'

/** What is told by webhook of sessions whose app has no page beside Link (contracts/plaid/link.md §6). */
let bank: TestBank
let hooks: Awaited<ReturnType<typeof webhookReceiver>>

beforeAll(async () => {
  bank = await bankWith()
  hooks = await webhookReceiver()
})
afterAll(async () => {
  await bank[Symbol.asyncDispose]()
  await hooks[Symbol.asyncDispose]()
})
afterEach(() => {
  hooks.received.length = 0
})

type Body = Record<string, unknown>

async function sessionOf(changes: object) {
  const { data } = await bank.client.linkTokenCreate({ ...brokerageLink, webhook: hooks.url, ...changes })
  const { body } = await bank.post('/link/session/start', { link_token: data.link_token })
  const key = { link_token: data.link_token, link_session_id: String(body.link_session_id) }
  const call = async (name: string, more: Body = {}) =>
    (await bank.post(`/link/session/${name}`, { ...key, ...more })).body
  const tell = (...names: string[]) =>
    call('events', { events: names.map((event_name) => ({ event_name, event_metadata: {} })) })
  await tell('OPEN')
  return { key, call, tell }
}

async function linkChecking({ call }: Awaited<ReturnType<typeof sessionOf>>) {
  await call('institution', { institution_id: PLATYPUS })
  await call('credentials', { username: 'user_good', password: 'pass_good' })
  return call('finish', { account_keys: ['0'] })
}

const told = (code: string) => hooks.received.find(({ body }) => body.webhook_code === code)?.body
const namesIn = (body: Body = {}) => (body.events as { event_name: string }[]).map((one) => one.event_name)
const pass = (minutes: number) => bank.clock.moveTo(bank.clock.now().add({ minutes }))

test.for([{ hosted_link: {} }, { enable_multi_item_link: true }])(
  'a session with %j tells the item at once, and its end and events when the page is done',
  async (changes) => {
    const session = await sessionOf(changes)
    const { public_token } = await linkChecking(session)
    await expect.poll(hooks.codes).toEqual(['ITEM_ADD_RESULT'])
    expect(told('ITEM_ADD_RESULT')).toEqual({
      webhook_type: 'LINK',
      webhook_code: 'ITEM_ADD_RESULT',
      public_token,
      ...session.key,
      environment: 'sandbox',
    })
    await session.tell('HANDOFF')
    await session.tell('HANDOFF')
    await expect.poll(hooks.codes).toEqual(['ITEM_ADD_RESULT', 'SESSION_FINISHED', 'EVENTS'])
    expect(told('SESSION_FINISHED')).toEqual({
      webhook_type: 'LINK',
      webhook_code: 'SESSION_FINISHED',
      status: 'SUCCESS',
      ...session.key,
      public_tokens: [public_token],
      public_token,
      environment: 'sandbox',
    })
    expect(told('EVENTS')).toMatchObject({ ...session.key, environment: 'sandbox' })
    expect(namesIn(told('EVENTS'))).toEqual(['OPEN', 'HANDOFF'])
    const exchange = { public_token: String(public_token) }
    expect((await bank.client.itemPublicTokenExchange(exchange)).data.access_token).toMatch(
      /^access-sandbox-/,
    )
    expect(hooks.received).toHaveLength(3)
  },
)

test('a session that was left by the button tells so, without tokens', async () => {
  const session = await sessionOf({ hosted_link: {} })
  await session.tell('EXIT')
  await session.call('exit', { status: null, error: null })
  await session.call('exit', { status: null, error: null })
  await expect.poll(hooks.codes).toEqual(['SESSION_FINISHED', 'EVENTS'])
  expect(told('SESSION_FINISHED')).toMatchObject({ status: 'EXITED', public_tokens: [] })
  expect(namesIn(told('EVENTS'))).toEqual(['OPEN', 'EXIT'])
})

test('ten minutes after the last sign of life a session tells what happened, and may still end well', async () => {
  const session = await sessionOf({ hosted_link: {} })
  pass(9)
  await session.tell('TRANSITION_VIEW')
  pass(2)
  expect(hooks.received).toEqual([])
  pass(9)
  await expect.poll(hooks.codes).toEqual(['EVENTS'])
  expect(namesIn(told('EVENTS'))).toEqual(['OPEN', 'TRANSITION_VIEW'])
  await linkChecking(session)
  await session.tell('HANDOFF')
  await expect.poll(hooks.codes).toEqual(['EVENTS', 'ITEM_ADD_RESULT', 'SESSION_FINISHED', 'EVENTS'])
})

test('a page that vanished after the item was made is told of as finished', async () => {
  await linkChecking(await sessionOf({ hosted_link: {} }))
  pass(11)
  await expect.poll(hooks.codes).toEqual(['ITEM_ADD_RESULT', 'SESSION_FINISHED', 'EVENTS'])
  expect(told('SESSION_FINISHED')).toMatchObject({ status: 'SUCCESS' })
})

test('other sessions tell nothing: their page hears the result', async () => {
  const session = await sessionOf({})
  await linkChecking(session)
  await session.tell('HANDOFF')
  pass(11)
  const { key } = await sessionOf({ hosted_link: {} })
  await bank.post('/link/session/exit', { ...key, status: null, error: null })
  await expect.poll(hooks.codes).toEqual(['SESSION_FINISHED', 'EVENTS'])
  expect(told('SESSION_FINISHED')?.link_session_id).toBe(key.link_session_id)
})

test('a hosted Link has an address of its own, for as long as was asked', async () => {
  const hosted_link = { completion_redirect_uri: 'paddock://done', url_lifetime_seconds: 600 }
  const { data } = await bank.client.linkTokenCreate({ ...brokerageLink, hosted_link })
  expect(data.hosted_link_url).toBe(`${bank.url}/link/v2/stable/hosted.html#${data.link_token}`)
  const until = bank.clock.now().add({ minutes: 10 })
  expect(Temporal.Instant.from(data.expiration).equals(until)).toBe(true)
  const { link_token } = data
  const open = () => bank.post('/link/session/hosted', { link_token })
  expect((await open()).body).toMatchObject({
    client_name: 'Paddock',
    completion_redirect_uri: 'paddock://done',
  })
  const page = await fetch(data.hosted_link_url ?? '')
  expect(page.headers.get('content-security-policy')).toContain(`frame-ancestors 'none'`)
  pass(10)
  expect((await open()).body).toMatchObject({ error_code: 'INVALID_LINK_TOKEN' })
  const { data: plain } = await bank.client.linkTokenCreate(brokerageLink)
  expect(plain.hosted_link_url).toBe(undefined)
  expect((await bank.post('/link/session/hosted', { link_token: plain.link_token })).status).toBe(400)
})

test.for([
  { completion_redirect_uri: 'javascript:alert(1)' },
  { completion_redirect_uri: 'nowhere' },
  { url_lifetime_seconds: 0 },
  { url_lifetime_seconds: 21 * 86_400 + 1 },
  { delivery_method: 'pigeon' },
])('hosted_link %j is refused', async (hosted_link) => {
  const call = bank.client.linkTokenCreate({ ...brokerageLink, hosted_link: hosted_link as never })
  expect(await refusalOf(call)).toMatchObject({ code: 'INVALID_FIELD' })
})
