import fc from 'fast-check'
import { expect } from 'vitest'
import type { FuzzTarget } from './fuzz-target.ts'
import { junk, mutated } from './mutations.ts'
import { type OpenApi, type Operation, readOperations } from './operations.ts'
import { aboutOthers, type Draft, validDraft } from './requests.ts'
import { type OperationReport, runCases } from './run.ts'

/** More by `FUZZ_CASES=10000`, another run by `FUZZ_SEED=7`, some operations by `FUZZ_ONLY=journals`. */
const CASES = Number(process.env.FUZZ_CASES ?? 1_000)
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_120)
const ONLY = process.env.FUZZ_ONLY ?? ''
const IS_TALKATIVE = process.env.FUZZ_LOG !== undefined

/** What the cases are: valid ones, made from the description or such a one about other things; the rest has one change. */
const SHARES = { valid: 0.25, described: 0.15, junk: 0.25 }

/** Refused requests that are sent once more by themselves, to see that they leave nothing behind. */
const REPLAYED = 25
/** Enough for two of them to meet. */
const TIMES_THE_SAME = 20
/** Of so many operations at a time. */
const TOGETHER = 12

/**
 * Fuzzes every `of`-th operation by valid cases, such with one change, and junk. Then the books must balance, and
 * nothing may have reached the prototype of all objects.
 */
export async function fuzzOperations(
  start: () => Promise<FuzzTarget>,
  share: { index: number; of: number } = { index: 0, of: 1 },
): Promise<void> {
  // Half of all requests end in an error, and the test runner lets each one look a hundred calls back.
  if (!IS_TALKATIVE) Error.stackTraceLimit = 0
  await using target = await start()
  const document = (await (await fetch(`${target.url}/openapi.json`)).json()) as OpenApi
  const operations = readOperations(document)
    .filter(({ name }) => name.includes(ONLY))
    .sort((one, other) => target.turnOf(one) - target.turnOf(other))
    .filter((_, index) => index % share.of === share.index)
  const before = digestOfPrototype()

  const reports: OperationReport[] = []
  const recent: Refused[] = []
  const stray: string[] = []
  const spentMs = { making: 0, sending: 0, replaying: 0 }
  const cpuBefore = process.cpuUsage()
  for (const [index, operation] of operations.entries()) {
    const startedAtMs = performance.now()
    const drafts = draftsOf(target, operation, document, SEED + index)
    const madeAtMs = performance.now()
    const report = await runCases(target, operation, drafts.all, drafts.instead)
    const sentAtMs = performance.now()
    if (IS_TALKATIVE) console.info(lineOf(report))
    reports.push({ ...report, refused: [] })
    recent.push({ operation, refused: someOf(report.refused) })
    if (recent.length === TOGETHER || index === operations.length - 1) {
      stray.push(...(await replayRefused(target, recent.splice(0))))
    }
    spentMs.making += madeAtMs - startedAtMs
    spentMs.sending += sentAtMs - madeAtMs
    spentMs.replaying += performance.now() - sentAtMs
  }

  const cpuMs = Math.round(process.cpuUsage(cpuBefore).user / 1_000)
  const spent = Object.entries(spentMs).map(([what, ms]) => `${what} ${Math.round(ms)} ms`)
  console.info(`${summary(reports)}; ${spent.join(', ')}, of it this process ${cpuMs} ms`)
  const bad = reports.filter(({ faults }) => faults.length > 0)
  expect(bad.map(describe), `seed ${SEED}, ${CASES} cases an operation`).toEqual([])
  expect(stray).toEqual([])
  expect(await target.violations()).toEqual([])
  expect(digestOfPrototype()).toBe(before)
}

/**
 * Of a request that says nothing but ids there are few different ones: they are sent a few times each, and changed ones in
 * their place.
 */
function draftsOf(
  { vocabulary, live }: FuzzTarget,
  operation: Operation,
  document: OpenApi,
  seed: number,
): { all: Draft[]; instead: Draft[] } {
  const described = validDraft(operation, vocabulary, document.components?.schemas ?? {})
  const made = fc.sample(described, { numRuns: Math.ceil(CASES * SHARES.described), seed })
  const valid = fc.tuple(fc.constantFrom(...made), fc.nat(999)).map(([draft, by]) => aboutOthers(draft, by))
  const sample = (arbitrary: fc.Arbitrary<Draft>, share: number, more: number) =>
    fc.sample(arbitrary, { numRuns: Math.ceil(CASES * share), seed: seed * 10 + more })
  const sent = new Map<string, number>()
  const isNew = (draft: Draft) => {
    if (draft.body !== undefined || draft.query.length > 0) return true
    const key = live.resolve(draft.segments.join('/'))
    const times = (sent.get(key) ?? 0) + 1
    sent.set(key, times)
    return times <= TIMES_THE_SAME
  }
  const different = [...made, ...sample(valid, SHARES.valid - SHARES.described, 1)].filter(isNew)
  const changed = 1 - SHARES.junk - different.length / CASES
  const fair = mixed(different, sample(mutated(valid), changed, 2))
  const instead = sample(junk(valid), fair.length / CASES, 4)
  return { all: [...fair, ...sample(junk(valid), SHARES.junk, 3)], instead }
}

/** Both lists from beginning to end, each as far as the other. */
function mixed(some: readonly Draft[], others: readonly Draft[]): Draft[] {
  const placed = (list: readonly Draft[]) =>
    list.map((draft, index) => ({ draft, at: (index + 0.5) / list.length }))
  return [...placed(some), ...placed(others)].sort((a, b) => a.at - b.at).map(({ draft }) => draft)
}

interface Refused {
  readonly operation: Operation
  readonly refused: readonly Draft[]
}

function someOf(refused: readonly Draft[]): readonly Draft[] {
  const step = Math.max(1, Math.floor(refused.length / REPLAYED))
  return refused.filter((_, index) => index % step === 0)
}

/**
 * Sends refused requests again with nothing beside them: when all are refused again, no table may have changed. Those of
 * several operations at a time, since counting takes longer than sending; where something changed, one after the other.
 */
async function replayRefused(target: FuzzTarget, recent: readonly Refused[]): Promise<readonly string[]> {
  const before = await countAtRest(target)
  let isRefusedAgain = true
  for (const { operation, refused } of recent) {
    const again = await runCases(target, operation, refused)
    isRefusedAgain &&= again.refused.length === refused.length
  }
  const changes = changesSince(before, await countAtRest(target))
  if (changes.length === 0) return []
  if (recent.length > 1) {
    const each: string[] = []
    for (const one of recent) each.push(...(await replayRefused(target, [one])))
    return each
  }
  return isRefusedAgain
    ? changes.map((change) => `${recent[0]?.operation.name} refused, and left ${change}`)
    : []
}

type Rows = Readonly<Record<string, number>>

async function countAtRest(target: FuzzTarget): Promise<Rows> {
  await target.settle()
  return target.countRows()
}

const changesSince = (before: Rows, after: Rows): string[] =>
  Object.entries(after)
    .filter(([table, rows]) => rows !== before[table])
    .map(([table, rows]) => `${rows - (before[table] ?? 0)} rows in ${table}`)

const digestOfPrototype = (): string =>
  JSON.stringify([
    Reflect.ownKeys(Object.prototype).map(String),
    Reflect.ownKeys(Array.prototype).length,
    Reflect.ownKeys(Function.prototype).length,
  ])

/** Why the valid half was refused, the most frequent reasons first. */
const listReasons = (reasons: Readonly<Record<string, number>>): string =>
  Object.entries(reasons)
    .sort(([, one], [, other]) => other - one)
    .slice(0, 5)
    .map(([reason, times]) => `\n      ${times} × ${reason}`)
    .join('')

const describe = ({ operation, faults }: OperationReport): string =>
  `${operation}: ${faults.length} faults\n  ${faults.slice(0, 6).join('\n  ')}`

function lineOf({ operation, statuses, slowestMs, tookMs, faults, reasons }: OperationReport): string {
  const counted = Object.entries(statuses)
    .map(([status, count]) => `${status}×${count}`)
    .join(' ')
  const mark = faults.length > 0 ? ` ✗${faults.length}` : ''
  const line = `${operation}: ${counted}, ${Math.round(tookMs)} ms, slowest ${Math.round(slowestMs)} ms${mark}`
  return IS_TALKATIVE ? `${line}${listReasons(reasons)}${faults.slice(0, 3).join('\n')}` : line
}

function summary(reports: readonly OperationReport[]): string {
  const lines = IS_TALKATIVE ? [] : reports.map(lineOf)
  const cases = reports.reduce(
    (sum, { statuses }) => sum + Object.values(statuses).reduce((a, b) => a + b, 0),
    0,
  )
  const ms = reports.reduce((sum, { tookMs }) => sum + tookMs, 0)
  const rate = Math.round((cases * 1000) / ms)
  return `${lines.join('\n')}\nseed ${SEED}: ${reports.length} operations, ${cases} cases, ${rate} cases/s`
}
