import { ActivityBody, DocumentBody } from '@paddock/broker-wire'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { fundedAccount, NOBODY } from '../support/cast.ts'
import { CheckedApi } from '../support/checked-api.ts'
import { openTarget, type Target } from '../support/target.ts'

let target: Target
let api: CheckedApi
let account_id: string

beforeAll(async () => {
  target = await openTarget()
  api = new CheckedApi(target)
  account_id = (await fundedAccount(target, api)).account_id
  const body = { symbol: 'SPY', notional: '100', side: 'buy', type: 'market', time_in_force: 'day' }
  await api.call('POST /v1/trading/accounts/{account_id}/orders', { path: { account_id }, body })
  await target.pass({ days: 3 })
})
afterAll(async () => target?.[Symbol.asyncDispose]())

test('activities in both styles of pages, of all types and of one', async () => {
  const rows = z.array(ActivityBody)
  const mine = `account_id=${account_id}`
  const all = await api.accept('GET /v1/accounts/activities', 200, rows, { query: mine })
  expect(new Set(all.map(({ activity_type }) => activity_type))).toEqual(new Set(['CSD', 'FILL']))
  const [first] = await api.accept('GET /v1/accounts/activities', 200, rows, { query: `${mine}&page_size=1` })
  expect(first).toEqual(all[0])
  const next = `${mine}&page_size=1&page_token=${first?.id}`
  expect(await api.accept('GET /v1/accounts/activities', 200, rows, { query: next })).toEqual([all[1]])
  const last = `${mine}&page_token=${all.at(-1)?.id}`
  expect(await api.accept('GET /v1/accounts/activities', 200, rows, { query: last })).toEqual([])
  const path = { activity_type: 'CSD' }
  const deposits = await api.accept('GET /v1/accounts/activities/{activity_type}', 200, rows, {
    path,
    query: mine,
  })
  expect(deposits).toHaveLength(1)
  for (const query of [
    'page_size=0',
    'page_size=101',
    'direction=up',
    'activity_types=NOPE',
    'date=2026-11-20&after=2026-11-01',
    'category=other',
    'page_token=nothing',
  ]) {
    const { status } = await api.call('GET /v1/accounts/activities', { query })
    expect([query, status]).toEqual([query, expect.toBeOneOf([400, 422])])
  }
})

test('documents: a list by type and date, one of them, and a signed link to its file', async () => {
  const base = '/v1/accounts/{account_id}/documents'
  const path = { account_id }
  const rows = await api.accept(`GET ${base}`, 200, z.array(DocumentBody), { path })
  const query = 'type=trade_confirmation&start=2026-01-01&end=2099-12-31'
  const [one] = await api.accept(`GET ${base}`, 200, z.array(DocumentBody), { path, query })
  expect(
    await api.accept(`GET ${base}`, 200, z.array(DocumentBody), { path, query: 'start=2099-01-01' }),
  ).toEqual([])
  if (one !== undefined) {
    const known = { ...path, document_id: one.id }
    expect(await api.accept(`GET ${base}/{document_id}`, 200, DocumentBody, { path: known })).toEqual(one)
    const { status, headers } = await api.call(`GET ${base}/{document_id}/download`, { path: known })
    expect([status, headers.get('location')]).toEqual([301, expect.any(String)])
    const { status: direct } = await api.call('GET /v1/documents/{document_id}', { path: known })
    expect(direct).toBe(301)
  }
  expect(rows.length).toBeGreaterThanOrEqual(one === undefined ? 0 : 1)
  for (const rest of ['', '/download']) {
    await api.refuse(`GET ${base}/{document_id}${rest}`, 404, 40410000, {
      path: { ...path, document_id: NOBODY },
    })
  }
  const wrong = await api.call(`GET ${base}`, { path, query: 'type=diary' })
  expect([400, 422]).toContain(wrong.status)
  await api.refuse(`GET ${base}`, 401, 40110000, { path: { account_id: NOBODY } })
})

const streams = [
  '/v1/events/accounts/status',
  '/v1/events/trades',
  '/v1/events/journals/status',
  '/v1/events/transfers/status',
  '/v1/events/nta',
  '/v2/events/trades',
  '/v2/events/journals/status',
  '/v2/events/funding/status',
  '/v2beta1/events/activities',
  '/v2/events/admin-actions',
  '/v2/events/system',
  '/v1beta1/events/corporate-actions',
]

test.for(streams)('%s refuses cursors that are wrong or do not fit together', async (stream) => {
  for (const query of [
    'until=2026-11-20',
    'since=soon',
    'since=2026-11-01&since_id=1',
    'until_id=1',
    'since_id=-1',
  ]) {
    const { status, body } = await api.call(`GET ${stream}`, { query })
    expect([query, status, Number.isInteger(body?.code)]).toEqual([query, expect.toBeOneOf([400, 422]), true])
  }
})
