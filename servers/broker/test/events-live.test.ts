import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EventStream } from '../src/events/append-event.ts'
import { type BrokerWorld, brokerWorld } from './broker-world.ts'
import { type Place, readLog, writeEvents } from './event-writers.ts'
import { openStream } from './sse.ts'

const streams: readonly EventStream[] = [
  'account',
  'transfer',
  'trade',
  'bank_relationship',
  'non_trade_activity',
]

const pages = [
  { path: '/v1/events/accounts/status', shows: ['account'], cursor: 'since_id' },
  { path: '/v1/events/transfers/status', shows: ['transfer'], cursor: 'since_ulid' },
  { path: '/v1/events/trades', shows: ['trade'], cursor: 'since_id' },
  { path: '/v1/events/nta', shows: ['non_trade_activity'], cursor: 'since_ulid' },
  { path: '/v2/events/funding/status', shows: ['transfer', 'bank_relationship'], cursor: 'since_id' },
  { path: '/v2/events/trades', shows: ['trade'], cursor: 'since_id' },
] as const

type Page = (typeof pages)[number]

let world: BrokerWorld
let accountIds: string[]

beforeAll(async () => {
  // So few that whoever comes back finds only a part of what it missed in memory.
  world = await brokerWorld({ eventsInMemory: 20 })
  accountIds = []
  for (let index = 0; index < 3; index += 1) accountIds.push(await world.activeAccount())
})

afterAll(async () => {
  await world[Symbol.asyncDispose]()
})

/** How the page names a place of the log in its cursor. */
const cursorAt = ({ path, cursor }: Page, place: Place | undefined) =>
  path.startsWith('/v1') && cursor === 'since_id'
    ? `since_id=${place?.seq ?? 0n}`
    : `${cursor}=${place?.ulid ?? '0'.repeat(26)}`

const reader = fc.record({
  page: fc.constantFrom(...pages),
  /** Keeps to one account, or hears of all. */
  account: fc.option(fc.nat({ max: 2 }), { nil: undefined }),
  /** Cuts its connection each time it has read so many events, and comes back with its own cursor. */
  cuts: fc.array(fc.integer({ min: 1, max: 25 }), { maxLength: 4 }),
  /** Comes when so many events were written. */
  comesAfter: fc.nat({ max: 60 }),
})

type Reader = typeof reader extends fc.Arbitrary<infer Value> ? Value : never

/** Reads until the writing is over and the last event of the log has come; answers every ULID it was told. */
async function follow({ page, account, cuts, comesAfter }: Reader, start: Place, isWriting: () => boolean) {
  const told: string[] = []
  const id = account === undefined ? '' : `&id=${accountIds[account]}`
  const wanted = (log: readonly Place[]) =>
    log.filter(
      ({ seq, stream, account_id }) =>
        seq > start.seq &&
        (page.shows as readonly string[]).includes(stream) &&
        (account === undefined || account_id === accountIds[account]),
    )
  await waitFor(async () => !isWriting() || (await countSince(start)) >= comesAfter)
  let log: readonly Place[] = [start]
  const limits = [...cuts, Number.POSITIVE_INFINITY]
  for (const limit of limits) {
    const last = log.find(({ ulid }) => ulid === told.at(-1)) ?? start
    const stream = await openStream(`${world.broker.url}${page.path}?${cursorAt(page, last)}${id}`)
    await waitFor(async () => {
      if (stream.events.length >= limit) return true
      if (isWriting()) return false
      log = await readLog(world)
      const missing = wanted(log).length - told.length
      return stream.events.length >= missing
    })
    await stream.close()
    told.push(...stream.events.map((event) => event.id))
    log = await readLog(world)
  }
  return { told, wanted: wanted(await readLog(world)).map(({ ulid }) => ulid) }
}

async function countSince({ seq }: Place): Promise<number> {
  const last = await world.db
    .selectFrom('event_sequence')
    .select('seq')
    .orderBy('seq', 'desc')
    .limit(1)
    .execute()
  return Number((last[0]?.seq ?? 0n) - seq)
}

async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error('it did not come in time')
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}

test('whoever reads what, from where, with whatever cuts: every event of the filter once and in order', async () => {
  const plan = fc.record({
    readers: fc.array(reader, { minLength: 4, maxLength: 10 }),
    transactions: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 4, maxLength: 10 }),
    writers: fc.integer({ min: 2, max: 4 }),
  })
  await fc.assert(
    fc.asyncProperty(plan, async ({ readers, transactions, writers }) => {
      const start = (await readLog(world)).at(-1)
      if (start === undefined) throw new Error('there is no log yet')
      let isWriting = true
      const writing = writeEvents(world, { accountIds, streams, transactions, writers }).finally(() => {
        isWriting = false
      })
      const stories = await Promise.all(readers.map((one) => follow(one, start, () => isWriting)))
      await writing
      for (const { told, wanted } of stories) expect(told).toEqual(wanted)
    }),
    { numRuns: 6, interruptAfterTimeLimit: 60_000 },
  )
}, 120_000)

test('a thousand events behind, a reader goes through the pages and then joins those who are there', async () => {
  await writeEvents(world, {
    accountIds,
    streams: ['trade'],
    transactions: Array.from({ length: 40 }, () => 10),
    writers: 3,
  })
  await using first = await openStream(`${world.broker.url}/v2/events/trades?since_id=${'0'.repeat(26)}`)
  const before = (await readLog(world)).filter(({ stream }) => stream === 'trade')
  await first.until(() => first.events.length === before.length)
  await writeEvents(world, { accountIds, streams: ['trade'], transactions: [5, 5, 5], writers: 2 })
  const all = (await readLog(world)).filter(({ stream }) => stream === 'trade').map(({ ulid }) => ulid)
  await first.until(() => first.events.length === all.length)
  expect(first.events.map(({ id }) => id)).toEqual(all)
})

test('a reader with an end that leaves takes nobody of the same account with it', async () => {
  const trades = `${world.broker.url}/v2/events/trades?id=${accountIds[0]}`
  await using stays = await openStream(trades)
  const leaves = await openStream(`${trades}&since=2026-11-20&until=2027-01-01`)
  await Promise.all([stays, leaves].map((stream) => stream.until(() => stream.comments.length > 0)))
  await writeEvents(world, {
    accountIds: accountIds.slice(0, 1),
    streams: ['trade'],
    transactions: [1],
    writers: 1,
  })
  await stays.until(() => stays.events.length === 1)
  await leaves.close()
  await openStream(trades).then((stream) => stream.close())
  await writeEvents(world, {
    accountIds: accountIds.slice(0, 1),
    streams: ['trade'],
    transactions: [1, 1],
    writers: 1,
  })
  await stays.until(() => stays.events.length === 3)
})
