import { CorporateActionEvent } from '@paddock/broker-wire'
import { expect, test } from 'vitest'
import { actionsWorld, dividend } from './corporate-actions-world.ts'
import { openStream } from './sse.ts'

const STREAM = '/v1beta1/events/corporate-actions'
type World = Awaited<ReturnType<typeof actionsWorld>>

const open = (world: World, query: string, headers?: Record<string, string>) =>
  openStream(`${world.broker.url}${STREAM}?${query}`, headers)

/** What the stream tells of the past, up to now. */
async function told(world: World, filter = '') {
  const until = world.clock.now().toString()
  await world.call('POST', '/_sim/clock/advance', { seconds: 1 })
  await using stream = await open(world, `since=2026-01-01T00:00:00Z&until=${until}${filter}`)
  await stream.done
  return stream.events.map(({ data }) => data)
}

test('what somebody announces is told at once, in the words of its kind and with rates as text', async () => {
  await using world = await actionsWorld()
  await using live = await open(world, '')
  const split = { type: 'split', symbol: 'NVDA', ex_date: '2026-12-02', old_rate: '10', new_rate: '1' }
  const announced = [
    await world.announce(dividend),
    await world.announce(split),
    await world.announce({ ...split, symbol: 'AAPL', old_rate: '1', new_rate: '4' }),
    await world.announce({
      type: 'merger',
      symbol: 'KO',
      target_symbol: 'PEP',
      ex_date: '2026-12-03',
      cash: '70',
    }),
    await world.announce({
      type: 'merger',
      symbol: 'KO',
      target_symbol: 'PEP',
      ex_date: '2026-12-03',
      new_rate: '0.5',
    }),
    await world.announce({
      type: 'spinoff',
      symbol: 'T',
      target_symbol: 'WBD',
      ex_date: '2026-12-03',
      new_rate: '0.25',
    }),
    await world.announce({ type: 'name_change', symbol: 'META', target_symbol: 'FB', ex_date: '2026-12-03' }),
  ]
  await live.until(() => live.events.length === announced.length)
  const events = live.events.map(({ data }) => data)
  for (const event of events) expect(CorporateActionEvent.parse(event)).toEqual(event)
  expect(events.map(({ event_type, ca }) => [event_type, ca.id])).toEqual(
    [
      'cash_dividend',
      'reverse_split',
      'forward_split',
      'cash_merger',
      'stock_merger',
      'spin_off',
      'name_change',
    ].map((kind, index) => [`${kind}_corporateaction_event`, announced[index]?.id]),
  )
  expect(events[0]).toEqual({
    event_id: live.events[0]?.id,
    at: world.clock.now().toString(),
    action: 'insert',
    region: 'us',
    event_type: 'cash_dividend_corporateaction_event',
    ca: {
      id: announced[0].id,
      currency: 'USD',
      symbol: 'TSLA',
      cusip: announced[0].initiating_original_cusip,
      process_date: '2026-12-09',
      ex_date: '2026-12-01',
      record_date: '2026-12-01',
      payable_date: '2026-12-09',
      rate: '0.37',
      special: false,
      foreign: false,
    },
  })
  expect(events[4].ca).toMatchObject({ acquirer_symbol: 'PEP', acquirer_rate: '0.5', acquiree_rate: '1' })
})

test('the first midnight tells of all that is announced and not over; each later one only of what is new', async () => {
  await using world = await actionsWorld()
  const { id } = await world.announce(dividend)
  expect(await told(world)).toMatchObject([{ ca: { id } }])
  await world.leapTo('2026-11-25T12:00:00Z')
  const first = await told(world)
  const ids = first.map(({ ca }) => ca.id)
  expect(new Set(ids).size).toBe(ids.length)
  const list = (query: string) => world.call('GET', `/v1/corporate_actions/announcements?${query}`)
  const range = 'ca_types=dividend,split&date_type=payable_date&since=2026-11-25&until=2027-02-20'
  const { body: coming } = await list(range)
  expect(ids.toSorted()).toEqual(coming.map((one: { id: string }) => one.id).toSorted())

  await world.leapTo('2026-12-24T12:00:00Z')
  const later = (await told(world)).slice(first.length)
  expect(later.length).toBeGreaterThan(0)
  const { body: declared } = await list(
    'ca_types=dividend,split&date_type=declaration_date&since=2026-11-26&until=2026-12-24',
  )
  expect(later.map(({ ca }) => ca.id).toSorted()).toEqual(
    declared.map((one: { id: string }) => one.id).toSorted(),
  )
})

test('a split changes the rates of dividends after it, and that is told', async () => {
  await using world = await actionsWorld()
  await world.leapTo('2026-11-25T12:00:00Z')
  const known = await told(world, '&type=cash_dividend_corporateaction_event')
  const [before] = known.filter(({ ca }) => ca.ex_date > '2026-12-01' && !ca.symbol.startsWith('GS'))
  const { symbol } = before.ca
  await world.announce({ type: 'split', symbol, ex_date: '2026-11-30', old_rate: '1', new_rate: '2' })
  const [split, changed, ...more] = (await told(world)).slice(-2)
  expect(more).toEqual([])
  expect(split).toMatchObject({ action: 'insert', ca: { symbol, old_rate: '1', new_rate: '2' } })
  expect(changed).toMatchObject({ action: 'update', ca: { id: before.ca.id, symbol } })
  const { body: listed } = await world.call('GET', `/v1/corporate_actions/announcements/${before.ca.id}`)
  expect(changed.ca.rate).toBe(listed.cash)
  expect(Number(changed.ca.rate)).toBeCloseTo(Number(before.ca.rate) / 2, 5)
})

test('the event of the cursor comes again, as the vendor has it; filters hold for the past and for what comes', async () => {
  await using world = await actionsWorld()
  const one = await world.announce(dividend)
  const two = await world.announce({ ...dividend, symbol: 'AAPL' })
  const [first, second] = await told(world)
  const ids = async (query: string, headers?: Record<string, string>) => {
    await using stream = await open(world, `${query}&until_id=${second.event_id}`, headers)
    await stream.done
    return stream.events.map(({ data }) => data.ca.id)
  }
  expect(await ids(`since_id=${first.event_id}`)).toEqual([one.id, two.id])
  expect(await ids(`since_id=${second.event_id}`)).toEqual([two.id])
  expect(await ids(`since_id=${first.event_id}`, { 'last-event-id': second.event_id })).toEqual([two.id])
  expect(await ids(`since_id=${first.event_id}&region=NON_US`)).toEqual([])
  expect(await ids(`since_id=${first.event_id}&region=us&type=`)).toEqual([one.id, two.id])
  expect(await ids(`since_id=${first.event_id}&type=forward_split_corporateaction_event`)).toEqual([])

  await using splits = await open(
    world,
    'type=forward_split_corporateaction_event,unit_split_corporateaction_event',
  )
  await world.announce({ ...dividend, symbol: 'MSFT' })
  const split = { type: 'split', symbol: 'NVDA', ex_date: '2026-12-02', old_rate: '1', new_rate: '4' }
  const { id } = await world.announce(split)
  await splits.until(() => splits.events.length > 0)
  expect(splits.events.map(({ data }) => data.ca.id)).toEqual([id])
})

test('what the vendor calls a bad request is one', async () => {
  await using world = await actionsWorld()
  const queries = [
    'type=dividend',
    'region=mars',
    'since=soon',
    'since_id=1',
    'until=2026-11-01',
    'since=2026-11-01&until=2026-12-01',
    `since_id=${'0'.repeat(26)}&until_id=7${'Z'.repeat(25)}`,
    `since=2026-11-01&since_id=${'0'.repeat(26)}`,
    `since_ulid=${'0'.repeat(26)}`,
  ]
  for (const query of queries) {
    const { status, body } = await world.call('GET', `${STREAM}?${query}`)
    expect([query, status, body.code]).toEqual([query, 400, 40010001])
  }
  const { body } = await world.call('GET', `${STREAM}?region=mars`)
  expect(body.message).toBe('region must be one of all, us, non_us')
})
