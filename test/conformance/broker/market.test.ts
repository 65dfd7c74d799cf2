import { AnnouncementBody, AssetBody, CalendarDay, ClockBody } from '@paddock/broker-wire'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { NOBODY } from '../support/cast.ts'
import { CheckedApi } from '../support/checked-api.ts'
import { openTarget, type Target } from '../support/target.ts'

let target: Target
let api: CheckedApi

beforeAll(async () => {
  target = await openTarget()
  api = new CheckedApi(target)
})
afterAll(async () => target?.[Symbol.asyncDispose]())

test('clock and calendar', async () => {
  const clock = await api.accept('GET /v1/clock', 200, ClockBody)
  expect(clock.timestamp).toMatch(/-0[45]:00$/)
  const days = z.array(CalendarDay)
  const query = 'start=2026-11-23&end=2026-11-30'
  const week = await api.accept('GET /v1/calendar', 200, days, { query })
  expect(week.map(({ date, close }) => `${date} ${close}`)).toEqual([
    '2026-11-23 16:00',
    '2026-11-24 16:00',
    '2026-11-25 16:00',
    '2026-11-27 13:00',
    '2026-11-30 16:00',
  ])
  expect(
    await api.accept('GET /v1/calendar', 200, days, { query: 'start=2026-11-26&end=2026-11-26' }),
  ).toEqual([])
  expect(
    await api.accept('GET /v1/calendar', 200, days, { query: 'start=2026-12-31&end=2026-01-01' }),
  ).toEqual([])
  for (const wrong of ['start=2026-02-30', 'start=soon', 'date_type=lunar&start=2026-11-23&end=2026-11-24']) {
    const { status } = await api.call('GET /v1/calendar', { query: wrong })
    expect([wrong, status]).toEqual([wrong, expect.toBeOneOf([400, 422])])
  }
})

test('assets: all, of a class, one by symbol, by id and with a slash', async () => {
  const rows = z.array(AssetBody)
  const all = await api.accept('GET /v1/assets', 200, rows, { query: 'status=active&asset_class=us_equity' })
  expect(all.some(({ symbol }) => symbol === 'SPY')).toBe(true)
  const pairs = await api.accept('GET /v1/assets', 200, rows, { query: 'asset_class=crypto' })
  expect(pairs.every((asset) => asset.class === 'crypto')).toBe(true)
  const one = 'GET /v1/assets/{symbol_or_asset_id}'
  const spy = await api.accept(one, 200, AssetBody, { path: { symbol_or_asset_id: 'SPY' } })
  expect(await api.accept(one, 200, AssetBody, { path: { symbol_or_asset_id: spy.id } })).toEqual(spy)
  const ways = ['BTC/USD', 'BTC%2FUSD', 'BTCUSD']
  const found = await Promise.all(
    ways.map((way) => api.accept(one, 200, AssetBody, { path: { symbol_or_asset_id: way } })),
  )
  expect(new Set(found.map(({ id }) => id)).size).toBe(1)
  for (const symbol of ['NOPE1', NOBODY, 'BTC/NOPE']) {
    await api.refuse(one, 404, 40410000, { path: { symbol_or_asset_id: symbol } })
  }
  await api.refuse('GET /v1/assets', 422, 40010001, { query: 'status=asleep' })
})

test('announcements within ninety days, by type and symbol', async () => {
  const list = 'GET /v1/corporate_actions/announcements'
  const query = 'ca_types=dividend,merger,spinoff,split&since=2026-09-15&until=2026-12-10'
  const rows = await api.accept(list, 200, z.array(AnnouncementBody), { query })
  const [first] = rows
  if (first !== undefined) {
    await api.accept(`${list}/{id}`, 200, AnnouncementBody, { path: { id: first.id } })
  }
  for (const wrong of [
    'since=2026-09-15&until=2026-12-10',
    'ca_types=dividend&since=2026-01-01&until=2026-12-10',
    'ca_types=party&since=2026-11-15&until=2026-12-10',
    'ca_types=dividend&since=2026-12-10&until=2026-11-10',
    'ca_types=dividend',
  ]) {
    const { status } = await api.call(list, { query: wrong })
    expect([wrong, status]).toEqual([wrong, expect.toBeOneOf([400, 422])])
  }
  await api.refuse(`${list}/{id}`, 404, 40410000, { path: { id: NOBODY } })
})

test('keys that are wrong are refused, whatever was asked for', async () => {
  for (const authorization of ['', 'Basic', 'Basic bm9ib2R5OndpdGg=', 'Bearer nothing']) {
    for (const operation of ['GET /v1/clock', 'GET /v1/accounts', 'GET /v1/events/trades'] as const) {
      await api.refuse(operation, 401, 40110000, { headers: { authorization } })
    }
  }
})
