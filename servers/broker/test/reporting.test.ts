import { expect, test } from 'vitest'
import { type Answer, tradingWorld } from './trading-world.ts'

/** Friday noon, then the weekend: Friday's reports are ready on Saturday at four in the morning. */
const SATURDAY_4 = Temporal.Instant.from('2026-11-21T09:00:00Z')

test('positions of the end of the day stay as they were, whatever is traded later', async () => {
  await using world = await tradingWorld()
  const bought = await world.buy(world.alice, 'KO', '10')
  const report = (query = '') => world.call('GET', `/v1/reporting/eod/positions${query}`)
  world.clock.moveTo(SATURDAY_4.subtract({ seconds: 1 }))
  expect((await report()).body).toEqual({ asof: '2026-11-19', positions: {}, next_page_token: null })
  world.clock.moveTo(SATURDAY_4)
  const { body: first } = await report('?asof=2026-11-20')
  expect(first.positions[world.alice][0]).toMatchObject({
    symbol: 'KO',
    qty: '10',
    side: 'long',
    cost_basis: String(Number(bought.amount_minor) / 100),
  })
  await world.buy(world.alice, 'KO', '5')
  const sale = await world.order(world.alice, { symbol: 'KO', qty: 12, side: 'sell' })
  await world.settled(world.alice, sale.body.id)
  world.clock.moveTo(SATURDAY_4.add({ hours: 40 }))
  expect((await report()).body).toEqual(first)
})

test.for(['2026-11-19', '2026-11-21', '2026-11-22', '9999-12-31', '0001-01-01'])(
  'a report of %s is refused when the last one is of Friday',
  async (asof) => {
    await using world = await tradingWorld({ at: SATURDAY_4 })
    for (const name of ['positions', 'aggregate_positions', 'cash_interest']) {
      const { status, body } = await world.call('GET', `/v1/reporting/eod/${name}?asof=${asof}`)
      expect([status, body.code]).toEqual([422, 40010001])
    }
  },
)

test('pages go on where the last one ended, by account, by asset and by holder', async () => {
  await using world = await tradingWorld()
  const holders = [world.alice, ...(await Promise.all([1, 2, 3].map(() => world.customer(5_000_00n))))].sort()
  for (const id of holders) {
    await world.buy(id, 'KO', '2')
    await world.buy(id, 'PEP', '1.5')
  }
  world.clock.moveTo(SATURDAY_4)
  const readAll = async (path: string, keysOf: (body: Answer['body']) => string[]) => {
    const keys: string[] = []
    let token = ''
    do {
      const { body } = await world.call('GET', `/v1/reporting/eod/${path}?limit=3${token}`)
      keys.push(...keysOf(body))
      token = body.next_page_token === null ? '' : `&page_token=${body.next_page_token}`
    } while (token !== '')
    return keys
  }
  expect(await readAll('positions', ({ positions }) => Object.keys(positions))).toEqual(holders)
  expect(
    await readAll('cash_interest', ({ cash_interest: rows }) =>
      rows.map((row: { account_id: string }) => row.account_id),
    ),
  ).toEqual(holders)
  const { body: totals } = await world.call('GET', '/v1/reporting/eod/aggregate_positions')
  expect(totals.positions).toMatchObject([
    { symbol: 'KO', num_accounts: 4, long_qty: '8', short_qty: '0' },
    { symbol: 'PEP', num_accounts: 4, long_qty: '6' },
  ])
  const { body: one } = await world.call(
    'GET',
    `/v1/reporting/eod/positions?account_id=${world.alice}&asset=PEP`,
  )
  expect(one.positions[world.alice].map(({ symbol }: { symbol: string }) => symbol)).toEqual(['PEP'])
  const { body: cash } = await world.call('GET', `/v1/reporting/eod/cash_interest?account_id=${world.alice}`)
  const { posted } = await world.cash(world.alice)
  expect(cash.cash_interest).toMatchObject([{ cash: String(Number(posted) / 100), accrued_interest: '0' }])
})

test.for([
  ['positions?page_token=x', 422],
  ['positions?limit=0', 422],
  ['positions?limit=10001', 422],
  ['positions?asset=NOPE', 404],
  ['positions?account_id=00000000-0000-4000-8000-000000000000', 401],
  ['aggregate_positions?page_token=%00', 400],
  ['cash_interest?account_id=x', 422],
] as const)('%s answers %s', async ([path, status]) => {
  await using world = await tradingWorld({ at: SATURDAY_4 })
  expect((await world.call('GET', `/v1/reporting/eod/${path}`)).status).toBe(status)
})
