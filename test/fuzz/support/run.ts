import type { FuzzTarget } from './fuzz-target.ts'
import { HttpConnection } from './http-connection.ts'
import type { Operation } from './operations.ts'
import { type Draft, toBytes } from './requests.ts'
import type { RawAnswer } from './response-reader.ts'

const CONNECTIONS = 8
const PATIENCE_MS = 1_000

export interface Outcome {
  readonly draft: Draft
  readonly status: number
  readonly tookMs: number
}

export interface OperationReport {
  readonly operation: string
  readonly statuses: Readonly<Record<number, number>>
  readonly slowestMs: number
  readonly tookMs: number
  /** What must never be, with the request that brought it about. */
  readonly faults: readonly string[]
  readonly refused: readonly Draft[]
  /** Why drafts were refused, and how often: shows what the generator does not know. */
  readonly reasons: Readonly<Record<string, number>>
}

/** Sends all drafts over a few keep-alive connections and judges each answer. */
export async function runCases(
  target: FuzzTarget,
  operation: Operation,
  drafts: readonly Draft[],
): Promise<OperationReport> {
  const startedAtMs = performance.now()
  const faults: string[] = []
  const statuses: Record<number, number> = {}
  const refused: Draft[] = []
  const reasons: Record<string, number> = {}
  let slowestMs = 0
  let next = 0

  async function lane(): Promise<void> {
    const connection = new HttpConnection(target.url)
    for (let index = next++; index < drafts.length; index = next++) {
      const draft = drafts[index] as Draft
      const { bytes, answer, tookMs } = await sendOne(target, connection, draft)
      const fault = await judge(target, operation, { bytes, answer, tookMs })
      if (fault !== undefined) faults.push(`${fault}\n    case ${index}: ${shorten(bytes)}`)
      const { status } = answer
      count(statuses, status)
      slowestMs = Math.max(slowestMs, tookMs)
      if (status >= 400 && status < 500) {
        refused.push(draft)
        if (index < drafts.length / 2) count(reasons, answer.body.toString('utf8', 0, 160))
      }
      if (status === 200 && draft.method !== 'DELETE') collect(target, operation, answer)
    }
    connection.close()
  }

  await Promise.all(Array.from({ length: CONNECTIONS }, lane))
  const tookMs = performance.now() - startedAtMs
  return { operation: operation.name, statuses, slowestMs, tookMs, faults, refused, reasons }
}

function count<Key extends string | number>(counts: Record<Key, number>, key: Key): void {
  counts[key] = (counts[key] ?? 0) + 1
}

async function sendOne(target: FuzzTarget, connection: HttpConnection, draft: Draft) {
  const bytes = toBytes(draft, {
    host: connection.host,
    credentials: target.credentials,
    live: target.live,
  })
  const startedAtMs = performance.now()
  const answer = await connection
    .send(bytes, draft.method === 'HEAD')
    .catch((error: Error): RawAnswer => ({ status: 0, head: error.message, body: Buffer.alloc(0) }))
  return { bytes, answer, tookMs: performance.now() - startedAtMs }
}

interface Case {
  readonly bytes: string
  readonly answer: RawAnswer
  readonly tookMs: number
}

/** What is wrong with this answer; nothing when all is well. */
async function judge(target: FuzzTarget, operation: Operation, one: Case): Promise<string | undefined> {
  const { status, head } = one.answer
  if (status === 0) return `no answer: ${head}`
  const problem = target.problemOf(one.answer, operation)
  if (problem !== undefined) return `answered ${status} ${problem}`
  if (one.tookMs > PATIENCE_MS && (await isSlowAlone(target, one.bytes))) {
    return `answered ${status} after ${Math.round(one.tookMs)} ms`
  }
  return undefined
}

/** Tells a slow case from a busy machine: the same request again, with nothing beside it. */
async function isSlowAlone(target: FuzzTarget, bytes: string): Promise<boolean> {
  const connection = new HttpConnection(target.url)
  try {
    for (let tries = 0; tries < 3; tries += 1) {
      const startedAtMs = performance.now()
      await connection.send(bytes).catch(() => undefined)
      if (performance.now() - startedAtMs < PATIENCE_MS) return false
    }
    return true
  } finally {
    connection.close()
  }
}

function collect(target: FuzzTarget, operation: Operation, { head, body }: RawAnswer): void {
  if (!head.includes('application/json') || body.length > 20_000) return
  target.collect(operation, JSON.parse(body.toString('utf8')))
}

const shorten = (bytes: string): string => {
  const [head = '', body = ''] = bytes.split('\r\n\r\n', 2)
  const lines = head
    .split('\r\n')
    .filter((line) => !/^(?:host|content-length|authorization: Basic dGVzd)/.test(line))
  return JSON.stringify(`${lines.join(' | ')} ⏎ ${body}`.slice(0, 700))
}
