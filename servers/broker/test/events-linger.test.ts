import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { EventLog } from '../src/events/event-log.ts'
import { EventStreams } from '../src/events/event-streams.ts'
import { LiveStream } from '../src/events/live-stream.ts'
import { brokerWorld } from './broker-world.ts'
import { writeEvents } from './event-writers.ts'

const LINGER_MS = 40

test('a reader who is alone goes on hearing of events when the time for nobody to read has passed', async () => {
  await using world = await brokerWorld()
  const accountIds = [await world.activeAccount()]
  const onError = (error: unknown) => expect.fail(String(error))
  const log = new EventLog({ db: world.db, clock: world.clock, onError })
  const streams = new EventStreams({
    ...world,
    preparedDb: world.db,
    log,
    window: 100,
    onError,
    lingerMs: LINGER_MS,
  })
  const filter = {
    since: undefined,
    until: undefined,
    streams: ['trade'] as const,
    hiddenStatuses: [],
    accountId: undefined,
    subjectId: undefined,
    facts: {},
  }
  const heard: string[] = []
  const sink = {
    isFull: false,
    write: ({ body }: { body: Buffer }) => void heard.push(body.toString()),
    drained: async () => true,
    close: () => undefined,
  }
  const reader = new LiveStream(filter, sink)
  const ended = streams.follow(
    { ...filter, present: ({ seq }) => String(seq) },
    reader,
    await streams.startOf(filter),
  )
  // Real time: what is tested is a timer.
  await wait(5 * LINGER_MS)
  await writeEvents(world, { accountIds, streams: ['trade'], transactions: [1], writers: 1 })
  await log.flush()
  await expect.poll(() => heard.length).toBe(1)
  await streams.stop()
  expect(await ended).toEqual({ why: 'closed' })
  await log.stop()
})
