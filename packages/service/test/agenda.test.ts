import { freshDatabase } from '@paddock/pg-test'
import { expect, test } from 'vitest'
import {
  Agenda,
  agendaMigrations,
  cancelJob,
  type JobHandler,
  openDatabase,
  scheduleJob,
  WorldClock,
} from '../src/index.ts'

const start = Temporal.Instant.from('2026-11-23T15:00:00Z')
const after = (seconds: number) => start.add({ seconds })

interface Seen {
  key: string
  at: string
}

/** An agenda over its own database, whose clock stands still until it is moved. */
async function agendaWith(
  handlers: (seen: Seen[], clock: WorldClock) => Record<string, JobHandler>,
  clock = new WorldClock({ frozenAt: start }),
) {
  const database = await freshDatabase({ schema: 'service', sources: [agendaMigrations] })
  const db = openDatabase<Record<string, never>>({ url: database.url, schema: 'service' })
  const seen: Seen[] = []
  const errors: unknown[] = []
  const make = () =>
    new Agenda({
      name: 'test',
      db,
      clock,
      handlers: handlers(seen, clock),
      onError: (error) => errors.push(error),
      pollMs: 20,
      parallelJobs: 1,
    })
  const agenda = make()
  return {
    agenda,
    another: make,
    clock,
    db,
    seen,
    errors,
    add: (key: string, seconds: number, queue = 'note') =>
      db
        .transaction()
        .execute((tx) => scheduleJob(tx, { queue, key, runAt: after(seconds), payload: { key } })),
    async [Symbol.asyncDispose]() {
      await agenda.stop()
      await db.destroy()
      await database[Symbol.asyncDispose]()
    },
  }
}

const noteTime = (seen: Seen[], clock: WorldClock): Record<string, JobHandler> => ({
  async note({ key }: { key: string }) {
    seen.push({ key, at: clock.now().toString() })
  },
})

test('moving the clock runs what falls due on the way, in order, each at its own instant', async () => {
  await using world = await agendaWith(noteTime)
  await world.add('third', 30)
  await world.add('first', 10)
  await world.add('second', 20)
  await world.add('later', 600)
  const ran = await world.clock.advanceTo(after(60))
  expect(ran.map((job) => job.key)).toEqual(['first', 'second', 'third'])
  expect(world.seen.map((job) => job.at)).toEqual([10, 20, 30].map((s) => after(s).toString()))
  expect(world.clock.now().toString()).toBe(after(60).toString())
  expect((await world.agenda.upcoming(10)).map((job) => job.key)).toEqual(['later'])
})

test('work that a job puts on the agenda is done on the same way when it falls due on it', async () => {
  await using world = await agendaWith((seen, clock) => ({
    async note({ key }: { key: string }) {
      seen.push({ key, at: clock.now().toString() })
    },
    async chain() {
      await world.add('from-chain', 40)
    },
  }))
  await world.add('start', 10, 'chain')
  const ran = await world.clock.advanceTo(after(60))
  expect(ran.map((job) => job.key)).toEqual(['start', 'from-chain'])
})

test('the clock never goes back', async () => {
  await using world = await agendaWith(noteTime)
  expect(() => world.clock.moveTo(after(-1))).toThrow('clock_moves_forward_only')
})

test('the same key twice is one job, and a cancelled job does not run', async () => {
  await using world = await agendaWith(noteTime)
  await world.add('once', 5)
  await world.add('once', 5)
  await world.add('never', 5)
  await cancelJob(world.db, 'note', 'never')
  await world.clock.advanceTo(after(60))
  expect(world.seen.map((job) => job.key)).toEqual(['once'])
})

test('a job whose transaction rolled back was never there', async () => {
  await using world = await agendaWith(noteTime)
  const attempt = world.db.transaction().execute(async (tx) => {
    await scheduleJob(tx, { queue: 'note', key: 'gone', runAt: start, payload: {} })
    throw new Error('rolled back')
  })
  await expect(attempt).rejects.toThrow('rolled back')
  expect(await world.agenda.upcoming(10)).toEqual([])
})

test('two agendas on one database run each job once', async () => {
  await using world = await agendaWith(noteTime)
  for (let index = 0; index < 40; index += 1) await world.add(`job-${index}`, 0)
  const other = world.another()
  world.agenda.start()
  other.start()
  await expect.poll(async () => (await world.agenda.upcoming(100)).length).toBe(0)
  await other.stop()
  expect(world.seen.map((job) => job.key).sort()).toEqual(
    Array.from({ length: 40 }, (_, index) => `job-${index}`).sort(),
  )
})

test('moving the clock waits for what another agenda is already at', async () => {
  const started = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  await using world = await agendaWith((seen) => ({
    async slow({ key }: { key: string }) {
      started.resolve()
      await goOn.promise
      seen.push({ key, at: '' })
    },
  }))
  await world.add('elsewhere', 0, 'slow')
  const other = world.another()
  other.start()
  await started.promise
  const moved = world.clock.advanceTo(after(60)).then(() => world.seen.length)
  goOn.resolve()
  expect(await moved).toBe(1)
  await other.stop()
})

test('a job that fails is told, waits, and does not hold up the others', async () => {
  await using world = await agendaWith((seen) => ({
    async note({ key }: { key: string }) {
      seen.push({ key, at: '' })
    },
    async broken() {
      throw new Error('on purpose')
    },
  }))
  await world.add('bad', 1, 'broken')
  await world.add('good', 2)
  const ran = await world.clock.advanceTo(after(10))
  expect(ran.map((job) => job.key)).toEqual(['good'])
  expect(world.errors).toHaveLength(1)
  expect((await world.agenda.upcoming(10)).map((job) => job.key)).toEqual(['bad'])
})

test('a leap does the work of all agendas in order of its instants, and tells whose it was', async () => {
  await using left = await agendaWith(noteTime)
  await using right = await agendaWith(noteTime, left.clock)
  await left.add('first', 10)
  await right.add('second', 20)
  await left.add('third', 30)
  await right.add('fourth', 40)
  const happened = await left.clock.advanceTo(after(60))
  expect(happened.map(({ key }) => key)).toEqual(['first', 'second', 'third', 'fourth'])
  expect(right.seen.map(({ at }) => at)).toEqual([20, 40].map((s) => after(s).toString()))
  expect(happened.map(({ agenda }) => agenda)).toEqual(['test', 'test', 'test', 'test'])
})

test('what one agenda makes the other do on the way happens on the way', async () => {
  const world: { right?: Awaited<ReturnType<typeof agendaWith>> } = {}
  await using left = await agendaWith(() => ({
    async ask() {
      await world.right?.add('asked', 20)
    },
  }))
  await using right = await agendaWith(noteTime, left.clock)
  world.right = right
  await left.add('question', 10, 'ask')
  await left.clock.advanceTo(after(60))
  expect(right.seen).toEqual([{ key: 'asked', at: after(20).toString() }])
})

test('an agenda whose clock was moved by another process catches up by itself, in order', async () => {
  await using world = await agendaWith(noteTime)
  for (const second of [30, 10, 20]) await world.add(`at-${second}`, second)
  const inOrder = world.another()
  inOrder.start()
  world.clock.moveTo(after(60))
  await expect.poll(() => world.seen.map(({ key }) => key)).toEqual(['at-10', 'at-20', 'at-30'])
  await inOrder.stop()
})

test('a lane that is stuck holds up neither another lane nor what is in none; in a lane all goes in order', async () => {
  const goOn = Promise.withResolvers<void>()
  await using world = await agendaWith(noteTime)
  await world.agenda.stop()
  const seen: string[] = []
  const handlers: Record<string, JobHandler> = {
    async call({ key }: { key: string }) {
      seen.push(`${key} begins`)
      if (key.startsWith('silent')) await goOn.promise
      seen.push(`${key} ends`)
    },
  }
  const { clock, db } = world
  const common = { name: 'test', db, clock, handlers, onError: (error: unknown) => world.errors.push(error) }
  const agendas = [
    new Agenda({ ...common, takes: 'common', pollMs: 10, parallelJobs: 1 }),
    new Agenda({ ...common, takes: 'lanes', pollMs: 10, parallelJobs: 3 }),
  ]
  const jobs = ['silent-1', 'silent-2', 'silent-3', 'quick-1', 'quick-2', 'books']
  await db.transaction().execute(async (tx) => {
    for (const key of jobs) {
      const lane = key === 'books' ? {} : { lane: key.split('-')[0] ?? '' }
      await scheduleJob(tx, { queue: 'call', key, runAt: start, payload: { key }, ...lane })
    }
  })
  for (const agenda of agendas) agenda.start()
  await expect.poll(() => seen.filter((what) => what.endsWith('ends')).length).toBe(3)
  expect(seen.toSorted()).toEqual(
    [
      'silent-1 begins',
      ...['quick-1', 'quick-2', 'books'].flatMap((key) => [`${key} begins`, `${key} ends`]),
    ].toSorted(),
  )
  goOn.resolve()
  await clock.advanceTo(after(60))
  const silent = seen.filter((what) => what.startsWith('silent'))
  expect(silent).toEqual([1, 2, 3].flatMap((n) => [`silent-${n} begins`, `silent-${n} ends`]))
  for (const agenda of agendas) await agenda.stop()
  expect(world.errors).toEqual([])
})
