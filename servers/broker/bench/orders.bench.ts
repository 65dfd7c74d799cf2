import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { usEquities } from '../src/assets/us-equities.ts'
import { Child } from './child.ts'
import { type Acknowledged, nowMs, type OrderKind } from './messages.ts'
import {
  latencyOf,
  type OrderFigures,
  type OrderLine,
  orderHeading,
  orderLineText,
  perSecondOf,
  rounded,
} from './order-report.ts'
import { type OrderBooks, openOrderStage } from './order-stage.ts'

const { values: options } = parseArgs({
  options: {
    /** Three concurrencies, fewer accounts and short phases. */
    quick: { type: 'boolean', default: false },
    connections: { type: 'string' },
    accounts: { type: 'string' },
    seconds: { type: 'string' },
    /** A folder for CPU profiles of the broker. */
    profile: { type: 'string' },
    out: { type: 'string', default: 'bench-results/orders.json' },
  },
})

const numbers = (text: string) => text.split(',').map(Number)
const connectionCounts = numbers(options.connections ?? (options.quick ? '1,16,64' : '1,2,4,8,16,32,64'))
const accountCounts = numbers(options.accounts ?? (options.quick ? '1000' : '1000,100000'))
const forMs = 1_000 * Number(options.seconds ?? (options.quick ? 1.5 : 2.5))
const tpcbForMs = options.quick ? 1_000 : 2_000
const halfForMs = options.quick ? 3_000 : 8_000
const WARM_UP_MS = 400
/** For how long one waits to hear of the last fills. */
const PATIENCE_MS = 5_000
const CLIENT_PROCESSES = 2
const symbols = usEquities.slice(0, 40).map(([symbol]) => symbol)

const startedAtMs = nowMs()
/** What must not be: it is printed, written and makes the benchmark fail. */
const faults: string[] = []
await using stage = await openOrderStage(accountCounts)
console.log(
  `Orders: PostgreSQL ${stage.settings.server_version}, fsync ${stage.settings.fsync}, ` +
    `synchronous_commit ${stage.settings.synchronous_commit}, ${availableParallelism()} cores. ` +
    `Ready after ${Math.round((nowMs() - startedAtMs) / 1_000)} s.`,
)

const clients = Array.from({ length: CLIENT_PROCESSES }, () => new Child('./order-client-process.ts'))
const tpcbClients = clients.map(() => new Child('./order-client-process.ts', ['tpcb', stage.tpcbUrl]))

/** A broker with its books, and what was acknowledged to anyone. */
type House = {
  readonly books: OrderBooks
  readonly broker: Child
  readonly url: string
  readonly follower: Child
  readonly acknowledged: Acknowledged[]
}

async function openHouse(books: OrderBooks): Promise<House> {
  const profile =
    options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${path.resolve(options.profile)}`]
  const broker = new Child('./broker-process.ts', [books.url], profile)
  const url = await broker.listening()
  const follower = new Child('./order-client-process.ts', ['follower', url])
  await follower.ask({ kind: 'open', url, paths: [] })
  return { books, broker, url, follower, acknowledged: [] }
}

let loads = 0

type Load = {
  readonly orders: OrderKind
  readonly connections: number
  readonly forMs: number
  readonly perSecond?: number
}

/** Lets the clients order, shared out among their processes, and waits until everything is booked. */
async function load(
  house: House,
  { orders, connections, perSecond, forMs: loadMs }: Load,
): Promise<OrderFigures> {
  loads += 1
  const { books, url, acknowledged, follower } = house
  const working = clients.slice(0, Math.min(CLIENT_PROCESSES, connections))
  const share = connections / working.length
  await follower.deliveries()
  const reports = Promise.all(
    working.map((client, index) =>
      client.load({
        kind: 'load',
        url,
        orders,
        symbols,
        accounts: books.accounts,
        connections: index === 0 ? Math.ceil(share) : Math.floor(share),
        warmUpMs: WARM_UP_MS,
        forMs: loadMs,
        perSecond: perSecond === undefined ? undefined : perSecond / working.length,
        name: `load-${loads}-${index}`,
      }),
    ),
  )
  await sleep(WARM_UP_MS)
  const [fillsBefore, fromMs] = [await books.countFills(), nowMs()]
  await sleep(loadMs)
  const [fills, untilMs] = [(await books.countFills()) - fillsBefore, nowMs()]
  const done = await reports
  const failures = done.flatMap((report) => report.failures)
  if (failures.length > 0) throw new Error(`orders failed: ${failures.slice(0, 3).join('; ')}`)
  const placed = done.flatMap((report) => report.acknowledged)
  acknowledged.push(...placed)
  if (!(await books.isIdle())) console.log('Not everything was booked in time.')
  const figures = {
    perSecond: done.reduce((sum, report) => sum + perSecondOf(report), 0),
    acknowledgement: latencyOf(done.flatMap(({ latenciesMs }) => latenciesMs)),
  }
  if (orders === 'resting') return figures
  const filledAt = await heardOf(follower, placed.length)
  const toFillMs = placed.flatMap(({ orderId, atMs }) => {
    const toldAtMs = filledAt.get(orderId)
    return toldAtMs === undefined ? [] : [toldAtMs - atMs]
  })
  const missing = placed.length - toFillMs.length
  if (missing > 0) {
    const { silentMs } = await follower.deliveries()
    faults.push(
      `${missing} fills were not heard of within ${PATIENCE_MS} ms; last byte of the stream ${silentMs} ms ago`,
    )
    console.log(faults.at(-1))
  }
  return {
    ...figures,
    fillsPerSecond: Math.round((fills * 1_000) / (untilMs - fromMs)),
    // Of a part of the orders it would be a figure that looks better than it is.
    ...(missing === 0 ? { acknowledgementToFill: latencyOf(toFillMs) } : {}),
  }
}

/** Fills travel a little longer than they take to be booked. */
async function heardOf(follower: Child, count: number): Promise<Map<string, number>> {
  const filledAt = new Map<string, number>()
  for (
    const deadlineMs = nowMs() + PATIENCE_MS;
    filledAt.size < count && nowMs() < deadlineMs;
    await sleep(50)
  ) {
    for (const [orderId, atMs] of (await follower.deliveries()).fills) filledAt.set(orderId, atMs)
  }
  return filledAt
}

async function measureTpcb(connections: number) {
  const working = tpcbClients.slice(0, Math.min(CLIENT_PROCESSES, connections))
  const reports = await Promise.all(
    working.map((client, index) =>
      client.load({
        kind: 'tpcb',
        connections:
          index === 0 ? Math.ceil(connections / working.length) : Math.floor(connections / working.length),
        warmUpMs: WARM_UP_MS,
        forMs: tpcbForMs,
      }),
    ),
  )
  return {
    tpcbPerSecond: reports.reduce((sum, report) => sum + perSecondOf(report), 0),
    tpcbP99Ms: latencyOf(reports.flatMap(({ latenciesMs }) => latenciesMs)).p99Ms,
    pgbenchPerSecond: await stage.pgbench?.(connections, tpcbForMs),
  }
}

const houses: House[] = []
for (const books of stage.books) houses.push(await openHouse(books))
// What has not run yet is slow once: in the broker, in PostgreSQL's caches and in the clients.
for (const house of houses) {
  for (const orders of ['resting', 'marketable'] as const)
    await load(house, { orders, connections: 16, forMs: 1_500 })
}

console.log(orderHeading)
const lines: OrderLine[] = []
for (const connections of connectionCounts) {
  for (const house of houses) {
    await stage.settle()
    const database = await measureTpcb(connections)
    const resting = await load(house, { orders: 'resting', connections, forMs })
    const marketable = await load(house, { orders: 'marketable', connections, forMs })
    const line = { connections, accounts: house.books.accounts, ...database, resting, marketable }
    lines.push(line)
    console.log(orderLineText(line))
  }
}

const best = (accounts: number, kind: 'resting' | 'marketable') =>
  Math.max(...lines.filter((line) => line.accounts === accounts).map((line) => line[kind].perSecond))

/** At half of the most that it can do, on a schedule: what a customer waits on a busy day. */
const atHalf = []
for (const house of houses) {
  const { accounts } = house.books
  for (const orders of ['resting', 'marketable'] as const) {
    const perSecond = Math.round(best(accounts, orders) / 2)
    const figures = await load(house, { orders, connections: 64, forMs: halfForMs, perSecond })
    atHalf.push({ accounts, orders, wishedPerSecond: perSecond, ...figures })
    const { p50Ms, p99Ms } = figures.acknowledgement
    const toFill = figures.acknowledgementToFill
    console.log(
      `Half of the maximum, ${accounts} accounts, ${orders}: ${perSecond}/s, acknowledged p50 ${p50Ms} ms, p99 ${p99Ms} ms` +
        (toFill === undefined ? '' : `, to the fill p50 ${toFill.p50Ms} ms, p99 ${toFill.p99Ms} ms`),
    )
  }
}

const [few = 0, many = few] = [accountCounts[0], accountCounts.at(-1)]
const lossPercent = rounded(100 * (1 - best(many, 'resting') / best(few, 'resting')))
const tpcbBest = Math.max(...lines.map(({ tpcbPerSecond }) => tpcbPerSecond))
const pgbenchBest = Math.max(...lines.map(({ pgbenchPerSecond }) => pgbenchPerSecond ?? 0))
const summary = {
  acknowledgedPerSecond: best(few, 'resting'),
  filledPerSecond: Math.max(...lines.map(({ marketable }) => marketable.fillsPerSecond ?? 0)),
  tpcbBest,
  pgbenchBest,
  ratioToTpcb: rounded(best(few, 'resting') / tpcbBest),
  ratioToPgbench: pgbenchBest === 0 ? undefined : rounded(best(few, 'resting') / pgbenchBest),
  lossPercentFromFewToMany: lossPercent,
}
console.log(`\nBest against best: ${JSON.stringify(summary)}`)

for (const { books, broker, follower, acknowledged } of houses) {
  follower.disconnect()
  await broker.stop()
  const found = await books.faults(acknowledged)
  console.log(
    `${books.accounts} accounts: ${acknowledged.length} orders acknowledged, ${found.length} faults in the books.`,
  )
  for (const fault of found.slice(0, 10)) console.log(`  ${fault}`)
  faults.push(...found)
}
for (const child of [...clients, ...tpcbClients]) child.disconnect()

const tookSeconds = Math.round((nowMs() - startedAtMs) / 1_000)
console.log(`All of it took ${tookSeconds} s.`)
const out = path.resolve(options.out)
await mkdir(path.dirname(out), { recursive: true })
const { settings } = stage
const result = {
  benchmark: 'orders',
  quick: options.quick,
  cores: availableParallelism(),
  settings,
  tookSeconds,
}
await writeFile(out, `${JSON.stringify({ ...result, summary, lines, atHalf, faults }, null, 2)}\n`)
console.log(`Written to ${options.out}`)
process.exitCode = faults.length === 0 ? 0 : 1
