import { execSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { emit, openAccounts } from './broker-calls.ts'
import { Child } from './child.ts'
import { type Delivery, deliveryOf, heading, lineText, slopePerMinute } from './figures.ts'
import { openStage } from './stage.ts'

const { values: options } = parseArgs({
  options: {
    /** A twentieth of the streams, and short phases. */
    quick: { type: 'boolean', default: false },
    streams: { type: 'string' },
    out: { type: 'string', default: 'bench-results/streams.json' },
  },
})

const ACCOUNTS = 200
const CLIENT_PROCESSES = 2
const SLOW_READERS = options.quick ? 50 : 500
const LARGE_EVENTS = 320
const LARGE_BYTES = 16_384
/** More than the broker keeps in memory for readers who were away (`eventsInMemory`, with its slack). */
const FILLING_EVENTS = 3_000
const PATIENCE_MS = 30_000
const PATH = '/v1/events/accounts/status'

const seconds = options.quick
  ? { bare: 3, broadcast: 3, warming: 3, steady: 4, slow: 5 }
  : { bare: 5, broadcast: 10, warming: 15, steady: 25, slow: 10 }
const wished = Number(options.streams ?? (options.quick ? 500 : 10_000))
const openFiles = Number(execSync('ulimit -n', { encoding: 'utf8' }).trim()) || Number.POSITIVE_INFINITY
/** Each process holds its sockets and some files of its own. */
const streams = Math.min(wished, openFiles - 500)
if (streams < wished)
  console.log(`Only ${streams} streams: a process may open ${openFiles} files (ulimit -n).`)

const lines: { phase: string; delivery: Delivery }[] = []
const clients = Array.from({ length: CLIENT_PROCESSES }, () => new Child('./client-process.ts'))
const all = <Result>(work: (client: Child, index: number) => Promise<Result>) =>
  Promise.all(clients.map(work))

function keep(phase: string, delivery: Delivery): void {
  lines.push({ phase, delivery })
  console.log(lineText(phase, delivery))
}

/** Opens the streams, shared out among the client processes; answers the seconds it took. */
async function open(url: string, paths: readonly string[]): Promise<number> {
  const startedAt = performance.now()
  await all((client, index) =>
    client.ask({ kind: 'open', url, paths: paths.filter((_, at) => at % CLIENT_PROCESSES === index) }),
  )
  return Math.round((performance.now() - startedAt) / 10) / 100
}

type Wanted = (path: string) => { count: number; sum: number }

/** Waits until everyone has read everything, but not for ever; who has not is counted as missing. */
async function gather(
  events: number,
  wanted: Wanted,
  readers: readonly Child[] = clients,
): Promise<Delivery> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const delivery = deliveryOf(await Promise.all(readers.map((client) => client.report())), events, wanted)
    if (delivery.missing === 0 || performance.now() > deadline) return delivery
    await sleep(500)
  }
}

const bareEvents = 2 * seconds.bare

async function measureBare(): Promise<void> {
  const bare = new Child('./bare-process.ts')
  const url = await bare.listening()
  await open(
    url,
    Array.from({ length: streams }, () => '/'),
  )
  await all((client) => client.ask({ kind: 'begin' }))
  for (let index = 0; index < bareEvents; index += 1) {
    bare.tell({ kind: 'emit', padding: 'x'.repeat(330) })
    await sleep(500)
  }
  const sum = (bareEvents * (bareEvents + 1)) / 2
  keep('bare node server, all, 2/s', await gather(bareEvents, () => ({ count: bareEvents, sum })))
  await all((client) => client.ask({ kind: 'close' }))
  await bare.stop()
}

const startedAt = performance.now()
await using stage = await openStage()
console.log(`Streams: ${streams} readers in ${CLIENT_PROCESSES} processes, ${availableParallelism()} cores`)
console.log(heading)

const broker = new Child('./broker-process.ts', [stage.url])
const url = await broker.listening()
const accountIds = await openAccounts(url, ACCOUNTS)
// Their approval takes some seconds, in which the broker does next to nothing.
await measureBare()
await stage.accountsAreActive(ACCOUNTS)
await sleep(1_500)
const memoryAtStart = broker.samples.at(-1)

/** Emits at a rate while everyone reads, and compares with the log. */
async function phase(name: string, perSecond: number, forSeconds: number): Promise<void> {
  const before = await stage.lastPlace()
  await all((client) => client.ask({ kind: 'begin' }))
  const failed = await emit(url, accountIds, perSecond, forSeconds)
  if (failed > 0) console.log(`${failed} requests failed in the next phase: the machine is too busy.`)
  const events = await stage.eventsAfter(before, 'account')
  keep(name, await gather(events.length, wantedOf(events)))
}

function wantedOf(events: readonly { seq: number; accountId: string | null }[]): Wanted {
  const sums = Map.groupBy(events, ({ accountId }) => accountId)
  return (address) => {
    const id = new URL(address, 'http://bench').searchParams.get('id')
    const own = id === null ? events : (sums.get(id) ?? [])
    return { count: own.length, sum: own.reduce((sum, { seq }) => sum + seq, 0) }
  }
}

const openSeconds = await open(
  url,
  Array.from({ length: streams }, () => PATH),
)
await sleep(1_000)
const memoryOpen = broker.samples.at(-1)
await phase('all accounts, 2/s', 2, seconds.broadcast)
await phase('all accounts, 5/s', 5, seconds.broadcast)

/** Everyone's connection breaks while events go on; everyone comes back with its own cursor. */
async function measureStorm(): Promise<number> {
  const before = await stage.lastPlace()
  await all((client) => client.ask({ kind: 'begin' }))
  const startedAt = performance.now()
  await Promise.all([all((client) => client.ask({ kind: 'reconnect' })), emit(url, accountIds, 5, 4)])
  const events = await stage.eventsAfter(before, 'account')
  keep('all come back at once', await gather(events.length, wantedOf(events)))
  return Math.round((performance.now() - startedAt) / 10) / 100
}

const stormSeconds = await measureStorm()
await all((client) => client.ask({ kind: 'close' }))
await open(
  url,
  Array.from({ length: streams }, (_, index) => `${PATH}?id=${accountIds[index % accountIds.length]}`),
)
// From here on the events in memory are as many as there will ever be.
await stage.writeActivities(accountIds[0] ?? '', FILLING_EVENTS, 320)
await phase('own account only, 50/s', 50, seconds.warming)
const steadyFrom = await broker.collected()
await phase('own account only, 50/s, again', 50, seconds.steady)
const steadyTo = await broker.collected()
await all((client) => client.ask({ kind: 'close' }))

/** Some read nothing while more is written for them than any buffer hides; the others must not notice. */
async function measureSlowReaders() {
  const [fast, slow] = clients
  if (fast === undefined || slow === undefined) throw new Error('there are too few client processes')
  await fast.ask({ kind: 'open', url, paths: Array.from({ length: streams / 2 }, () => PATH) })
  await slow.ask({ kind: 'open', url, paths: Array.from({ length: SLOW_READERS }, () => '/v1/events/nta') })
  await Promise.all([fast.ask({ kind: 'begin' }), slow.ask({ kind: 'begin' })])
  await slow.ask({ kind: 'stop_reading' })
  const before = await stage.lastPlace()
  const quietly = emit(url, accountIds, 3, seconds.slow)
  for (let written = 0; written < LARGE_EVENTS; written += 20) {
    await stage.writeActivities(accountIds[0] ?? '', 20, LARGE_BYTES)
    await sleep(options.quick ? 50 : 400)
  }
  await quietly
  const peak = Math.max(...broker.samples.slice(-20).map(({ rssMb }) => rssMb))
  const events = await stage.eventsAfter(before, 'account')
  keep(`${streams / 2} quick ones meanwhile`, await gather(events.length, wantedOf(events), [fast]))
  const large = await stage.eventsAfter(before, 'non_trade_activity')
  await slow.ask({ kind: 'read_on' })
  keep(`${SLOW_READERS} slow ones, afterwards`, await gather(large.length, wantedOf(large), [slow]))
  const told = (await slow.report()).stories.filter(({ wasToldSlow }) => wasToldSlow > 0).length
  return { readers: SLOW_READERS, bytesEach: LARGE_EVENTS * LARGE_BYTES, told, brokerPeakRssMb: peak }
}

const slowReaders = await measureSlowReaders()
const memory = {
  startMb: memoryAtStart?.rssMb,
  openMb: memoryOpen?.rssMb,
  heapSteadyFromMb: steadyFrom.heapMb,
  heapSteadyToMb: steadyTo.heapMb,
  heapSlopeMbPerMinute: slopePerMinute(steadyFrom, steadyTo),
  peakMb: Math.max(...broker.samples.map(({ rssMb }) => rssMb)),
}
const p99Of = (name: string) => lines.find((line) => line.phase.startsWith(name))?.delivery.p99Ms ?? 0
const ratio = (p99Of('all accounts, 2/s') / Math.max(1, p99Of('bare'))).toFixed(1)
console.log(`\nOpened in ${openSeconds} s; all back after their connections broke: ${stormSeconds} s.`)
console.log(`p99 at 2/s is ${ratio}x that of a bare server. Broker memory (MB): ${JSON.stringify(memory)}`)
console.log(`Slow readers: ${JSON.stringify(slowReaders)}`)

const tookSeconds = Math.round((performance.now() - startedAt) / 1_000)
console.log(`All of it took ${tookSeconds} s.`)

const out = path.resolve(options.out)
await mkdir(path.dirname(out), { recursive: true })
const result = { benchmark: 'streams', quick: options.quick, cores: availableParallelism(), streams, lines }
await writeFile(
  out,
  `${JSON.stringify({ ...result, tookSeconds, openSeconds, stormSeconds, memory, slowReaders }, null, 2)}\n`,
)
console.log(`\nWritten to ${options.out}`)
await all((client) => client.ask({ kind: 'close' }))
await broker.stop()
for (const client of clients) client.disconnect()
const isWhole = lines.every(({ delivery }) => delivery.missing === 0 && delivery.disorders === 0)
process.exitCode = isWhole ? 0 : 1
