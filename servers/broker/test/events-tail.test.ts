import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { AccountId } from '../src/accounts/account.ts'
import type { EventFilter } from '../src/events/event-filter.ts'
import { EventLog } from '../src/events/event-log.ts'
import type { EventSink, Frame } from '../src/events/event-sink.ts'
import { EventStreams } from '../src/events/event-streams.ts'
import { LiveStream, type StreamPage } from '../src/events/live-stream.ts'
import { type BrokerWorld, brokerWorld } from './broker-world.ts'
import { readLog, writeEvents } from './event-writers.ts'

/** A reader in this process: it remembers what it was written, and may be as slow as it likes. */
class MemoryReader implements EventSink {
  readonly told: string[] = []
  readonly #pauseMs: number
  #waiting = 0
  #isClosed = false

  constructor(pauseMs: number) {
    this.#pauseMs = pauseMs
  }

  get isFull(): boolean {
    return this.#pauseMs > 0 && this.#waiting > 3
  }

  write({ body }: Frame): void {
    this.#waiting += 1
    for (const [, ulid] of body.toString().matchAll(/^id: (.*)$/gm))
      if (ulid !== undefined) this.told.push(ulid)
  }

  async drained(): Promise<boolean> {
    if (this.isFull) await sleep(this.#pauseMs)
    this.#waiting = 0
    return !this.#isClosed
  }

  close(): void {
    this.#isClosed = true
  }
}

const page: StreamPage = {
  streams: ['trade', 'transfer'],
  hiddenStatuses: [],
  present: ({ seq }) => ({ seq: Number(seq) }),
}

/** Streams over the broker's own database, as a second process would have them. */
function secondProcess(world: BrokerWorld, window: number) {
  const onError = (error: unknown) => {
    throw error
  }
  const log = new EventLog({ db: world.db, clock: world.clock, onError })
  const streams = new EventStreams({
    db: world.db,
    preparedDb: world.db,
    clock: world.clock,
    log,
    window,
    onError,
  })
  return {
    streams,
    log,
    async [Symbol.asyncDispose]() {
      await streams.stop()
      await log.stop()
    },
  }
}

const anything: EventFilter = {
  since: undefined,
  until: undefined,
  streams: page.streams,
  hiddenStatuses: [],
  accountId: undefined,
  subjectId: undefined,
  facts: {},
}

test.for([{ window: 10 }, { window: 1_000 }])(
  'hundreds who join while events are written miss none and get none twice, slow ones too ($window in memory)',
  { timeout: 60_000 },
  async ({ window }) => {
    await using world = await brokerWorld()
    await using process = secondProcess(world, window)
    const accountIds = [await world.activeAccount(), await world.activeAccount()]
    const first = (await readLog(world)).at(-1)?.seq ?? 0n
    let isWriting = true
    const writing = writeEvents(world, {
      accountIds,
      streams: ['trade', 'account', 'transfer'],
      transactions: Array.from({ length: 80 }, (_, index) => 1 + (index % 3)),
      writers: 3,
    }).finally(() => {
      isWriting = false
    })

    const readers: { reader: MemoryReader; stream: LiveStream; start: bigint; done: Promise<unknown> }[] = []
    const join = async (index: number) => {
      const accountId = index % 3 === 0 ? (accountIds[0] as AccountId) : undefined
      const last = index % 4 === 0 ? first : undefined
      const since = last === undefined ? undefined : ({ by: 'seq', seq: last } as const)
      const filter = { ...anything, accountId, since }
      const start = await process.streams.startOf(filter)
      const reader = new MemoryReader(index % 5 === 0 ? 1 + (index % 7) : 0)
      const stream = new LiveStream(filter, reader)
      readers.push({ reader, stream, start, done: process.streams.follow(page, stream, start) })
    }
    // They come in crowds, as after a broken connection, and each in its own moment.
    for (let crowd = 0; isWriting && crowd < 15; crowd += 1) {
      await Promise.all(
        Array.from({ length: 60 }, (_, index) => sleep(index % 23).then(() => join(crowd * 60 + index))),
      )
    }
    await writing

    const log = (await readLog(world)).filter(({ stream }) => page.streams.includes(stream as 'trade'))
    for (const { reader, stream, start } of readers) {
      const wanted = log
        .filter(
          ({ seq, account_id }) => seq > start && account_id === (stream.filter.accountId ?? account_id),
        )
        .map(({ ulid }) => ulid)
      for (let waited = 0; reader.told.length < wanted.length && waited < 10_000; waited += 10)
        await sleep(10)
      expect(reader.told).toEqual(wanted)
    }
    expect(readers.length).toBeGreaterThan(100)
    for (const { stream } of readers) stream.close()
    await Promise.all(readers.map(({ done }) => done))
  },
)

test('readers of one page are told by one reading of the database, however many they are', async () => {
  await using world = await brokerWorld()
  const accountIds = [await world.activeAccount()]
  await using process = secondProcess(world, 100)
  const readers = await Promise.all(
    Array.from({ length: 300 }, async () => {
      const start = await process.streams.startOf(anything)
      const reader = new MemoryReader(0)
      const stream = new LiveStream(anything, reader)
      void process.streams.follow(page, stream, start)
      return reader
    }),
  )
  const frames: Frame[] = []
  const [one, other] = readers
  if (one === undefined || other === undefined) throw new Error('nobody reads')
  for (const reader of [one, other]) {
    const write = reader.write.bind(reader)
    reader.write = (frame) => {
      frames.push(frame)
      write(frame)
    }
  }
  await writeEvents(world, { accountIds, streams: ['trade'], transactions: [1], writers: 1 })
  await process.log.flush()
  for (let waited = 0; readers.some(({ told }) => told.length === 0) && waited < 5_000; waited += 10)
    await sleep(10)
  expect(readers.map(({ told }) => told.length)).toEqual(readers.map(() => 1))
  expect(frames[0]).toBe(frames[1])
})
