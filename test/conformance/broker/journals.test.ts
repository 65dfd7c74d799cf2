import { JournalBody } from '@paddock/broker-wire'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { activeAccount, FIRM, NOBODY } from '../support/cast.ts'
import { CheckedApi } from '../support/checked-api.ts'
import { openTarget, type Target, untilThere } from '../support/target.ts'

let target: Target
let api: CheckedApi
let customer: string
let other: string

beforeAll(async () => {
  target = await openTarget()
  api = new CheckedApi(target)
  customer = await activeAccount(target, api)
  other = await activeAccount(target, api)
})
afterAll(async () => target?.[Symbol.asyncDispose]())

const cash = (amount: unknown, change: object = {}) => ({
  entry_type: 'JNLC',
  from_account: FIRM,
  to_account: customer,
  amount,
  ...change,
})

test('a small journal is executed by itself, a large one waits and can be called off', async () => {
  const small = await api.accept('POST /v1/journals', 200, JournalBody, { body: cash('5.25') })
  expect(small).toMatchObject({ entry_type: 'JNLC', net_amount: '5.25' })
  const path = { journal_id: small.id }
  await untilThere(target, 'the journal', async () => {
    const found = await api.accept('GET /v1/journals/{journal_id}', 200, JournalBody, { path })
    return found.status === 'executed' ? found : undefined
  })
  await api.refuse('DELETE /v1/journals/{journal_id}', 422, 42210000, { path })

  const large = await api.accept('POST /v1/journals', 200, JournalBody, { body: cash(50.01) })
  const waiting = { journal_id: large.id }
  await untilThere(target, 'a pending journal', async () => {
    const found = await api.accept('GET /v1/journals/{journal_id}', 200, JournalBody, { path: waiting })
    return found.status === 'pending' ? found : undefined
  })
  await api.accept('DELETE /v1/journals/{journal_id}', 204, undefined, { path: waiting })
  const rows = z.array(JournalBody)
  const query = `to_account=${customer}&entry_type=JNLC&status=executed`
  const listed = await api.accept('GET /v1/journals', 200, rows, { query })
  expect(listed.map(({ id }) => id)).toEqual([small.id])
})

test('the same key gives the same journal, another body under it is refused', async () => {
  const headers = { 'idempotency-key': `conform-${customer}` }
  const first = await api.accept('POST /v1/journals', 200, JournalBody, { body: cash('1'), headers })
  const again = await api.accept('POST /v1/journals', 200, JournalBody, { body: cash('1'), headers })
  expect(again.id).toBe(first.id)
  const { status } = await api.call('POST /v1/journals', { body: cash('2'), headers })
  expect(status).toBe(422)
})

test('a batch is all or nothing, in both directions', async () => {
  const body = (...amounts: unknown[]) => ({
    entry_type: 'JNLC',
    from_account: FIRM,
    entries: amounts.map((amount) => ({ to_account: customer, amount })),
  })
  const done = await api.accept('POST /v1/journals/batch', 200, z.array(JournalBody.loose()), {
    body: body('1', 2.5),
  })
  expect(done).toHaveLength(2)
  const query = `to_account=${customer}`
  const before = (await api.call('GET /v1/journals', { query })).body.length
  for (const wrong of [body('1', '-1'), body('1', 'x'), body()]) {
    const { status } = await api.call('POST /v1/journals/batch', { body: wrong })
    expect([400, 403, 422]).toContain(status)
  }
  expect((await api.call('GET /v1/journals', { query })).body).toHaveLength(before)
  await target.pass({ seconds: 5 })
  const back = { entry_type: 'JNLC', to_account: FIRM, entries: [{ from_account: customer, amount: '0.5' }] }
  expect(
    await api.accept('POST /v1/journals/reverse_batch', 200, z.array(JournalBody.loose()), { body: back }),
  ).toHaveLength(1)
})

test.for([
  { what: 'nothing', body: () => cash('0'), status: 422, code: 40010001 },
  { what: 'less than nothing', body: () => cash('-5'), status: 422, code: 40010001 },
  { what: 'half a cent', body: () => cash('0.005'), status: 422, code: 40010001 },
  {
    what: 'more than there is',
    body: () => cash('1', { from_account: other, to_account: FIRM }),
    status: 403,
    code: 40310000,
  },
  {
    what: 'money between customers',
    body: () => cash('1', { from_account: other }),
    status: 403,
    code: 40310000,
  },
  { what: 'money to nobody', body: () => cash('1', { to_account: NOBODY }), status: 404, code: 40410000 },
  { what: 'an unknown type', body: () => cash('1', { entry_type: 'JNLX' }), status: 422, code: 40010001 },
  { what: 'an id that is none', body: () => cash('1', { to_account: 'me' }), status: 422, code: 40010001 },
  { what: 'an amount that is a list', body: () => cash([]), status: 400, code: 40010000 },
])('a journal of $what is refused', async ({ body, status, code }) => {
  await api.refuse('POST /v1/journals', status, code, { body: body() })
})

test('unknown journals are not found', async () => {
  await api.refuse('GET /v1/journals/{journal_id}', 404, 40410000, { path: { journal_id: NOBODY } })
  await api.refuse('DELETE /v1/journals/{journal_id}', 404, 40410000, { path: { journal_id: NOBODY } })
  await api.refuse('GET /v1/journals/{journal_id}', 400, 40010001, { path: { journal_id: 'x' } })
})
