import { expect, test } from 'vitest'
import { actionsWorld, dividend } from './corporate-actions-world.ts'

test('announcements are listed by kind, day, symbol and CUSIP, and found by id', async () => {
  await using world = await actionsWorld()
  const list = (query: string) => world.call('GET', `/v1/corporate_actions/announcements?${query}`)
  const range = 'since=2026-11-01&until=2026-12-31'
  const { body: all } = await list(`ca_types=dividend,split&${range}`)
  expect(all.length).toBeGreaterThan(20)
  const { body: splits } = await list(`ca_types=split&${range}`)
  expect(splits).toEqual([
    {
      id: expect.any(String),
      corporate_action_id: expect.any(String),
      ca_type: 'split',
      ca_sub_type: 'stock_split',
      initiating_symbol: 'GS',
      initiating_original_cusip: expect.stringMatching(/^99[0-9A-Z]{4}10\d$/),
      target_symbol: 'GS',
      target_original_cusip: expect.any(String),
      declaration_date: '2026-11-14',
      ex_date: '2026-12-14',
      record_date: '2026-12-14',
      payable_date: '2026-12-14',
      cash: '0',
      old_rate: '1',
      new_rate: '4',
    },
  ])
  const [split] = splits
  const { body: byCusip } = await list(
    `ca_types=split&ca_types=dividend&${range}&cusip=${split.initiating_original_cusip}`,
  )
  expect(byCusip.map(({ initiating_symbol }: { initiating_symbol: string }) => initiating_symbol)).toContain(
    'GS',
  )
  for (const announcement of [split, all[0]]) {
    const { body } = await world.call('GET', `/v1/corporate_actions/announcements/${announcement.id}`)
    expect(body).toEqual(announcement)
  }
  const { body: apple } = await list(
    `ca_types=dividend&since=2026-11-01T00:00:00Z&until=2026-12-31&symbol=AAPL`,
  )
  expect(apple).toMatchObject([
    { initiating_symbol: 'AAPL', old_rate: '1', new_rate: '1', ca_sub_type: 'cash' },
  ])
  const { body: paid } = await list(
    `ca_types=dividend&symbol=AAPL&date_type=payable_date&since=${apple[0].payable_date}&until=${apple[0].payable_date}`,
  )
  expect(paid).toEqual(apple)
})

test.for([
  ['ca_types=dividend&since=2026-01-01&until=2026-06-01', 422],
  ['ca_types=dividend&since=2026-03-01&until=2026-02-01', 422],
  ['ca_types=bonus&since=2026-01-01&until=2026-02-01', 422],
  ['ca_types=&since=2026-01-01&until=2026-02-01', 422],
  ['ca_types=dividend&until=2026-02-01', 422],
  ['ca_types=dividend&since=9999-12-01&until=9999-12-31', 200],
  ['ca_types=dividend&since=0001-01-01&until=0001-01-31', 200],
] as const)('announcements?%s answers %s', async ([query, status]) => {
  await using world = await actionsWorld()
  expect((await world.call('GET', `/v1/corporate_actions/announcements?${query}`)).status).toBe(status)
})

test('the data host groups actions by kind and pages through them', async () => {
  await using world = await actionsWorld()
  const read = (query: string) => world.call('GET', `/v1/corporate-actions?${query}`)
  const range = 'start=2026-11-01&end=2026-12-31'
  const { body: splits } = await read(`types=forward_split&${range}`)
  expect(splits).toMatchObject({
    corporate_actions: {
      forward_splits: [{ symbol: 'GS', old_rate: 1, new_rate: 4, ex_date: '2026-12-14' }],
    },
    next_page_token: null,
  })
  const { body: whole } = await read(`${range}&limit=1000`)
  const ids: string[] = []
  let token = ''
  do {
    const { body } = await read(`${range}&limit=7${token}`)
    ids.push(
      ...Object.values<{ id: string }[]>(body.corporate_actions)
        .flat()
        .map(({ id }) => id),
    )
    token = body.next_page_token === null ? '' : `&page_token=${body.next_page_token}`
  } while (token !== '')
  const all = Object.values<{ id: string }[]>(whole.corporate_actions).flat()
  expect(new Set(ids)).toEqual(new Set(all.map(({ id }) => id)))
  expect(ids).toHaveLength(all.length)
  expect((await read('start=0001-01-01&end=9999-12-31&limit=1')).status).toBe(200)
  expect((await read('page_token=x')).status).toBe(400)
  expect((await read(`ids=${all[0]?.id}`)).body.next_page_token).toBeNull()
})

test.for([
  [{ ...dividend, ex_date: '2026-11-24' }, 'an ex date of today'],
  [{ ...dividend, record_date: '2026-11-30' }, 'a record date before the ex date'],
  [{ ...dividend, cash: '0' }, 'a dividend of nothing'],
  [{ ...dividend, cash: '0.0000001' }, 'a seventh decimal'],
  [{ ...dividend, symbol: 'BTC/USD' }, 'a dividend of a coin'],
  [{ ...dividend, symbol: 'NOPE' }, 'an unknown symbol'],
  [{ ...dividend, type: 'split', cash: undefined, old_rate: 1, new_rate: 1 }, 'a split of one for one'],
  [{ ...dividend, type: 'split', cash: undefined, old_rate: 1, new_rate: 5000 }, 'a split that is too wide'],
  [
    { type: 'split', symbol: 'TSLA', old_rate: 1, new_rate: 2, ex_date: '2026-12-05' },
    'a split on a Saturday',
  ],
  [
    { type: 'split', symbol: 'GS', old_rate: 1, new_rate: 2, ex_date: '2026-12-14' },
    'a second split that day',
  ],
  [
    { type: 'split', symbol: 'BITF', old_rate: 1, new_rate: 900, ex_date: '2026-12-14' },
    'a price below a cent',
  ],
] as const)('%#: %s is refused', async ([body]) => {
  await using world = await actionsWorld()
  expect((await world.call('POST', '/_sim/corporate-actions', body)).status).toBe(422)
  expect(await world.db.selectFrom('corporate_actions').selectAll().execute()).toEqual([])
})
