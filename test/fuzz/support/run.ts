import type { FuzzTarget } from './fuzz-target.ts'
import { HttpConnection, type RawRequest, Unanswered } from './http-connection.ts'
import type { Operation } from './operations.ts'
import { type Draft, toBytes } from './requests.ts'
import type { RawAnswer } from './response-reader.ts'

/** As many requests are under way at a time as there are connections times requests in a row. */
const CONNECTIONS = 3
const IN_ROW = 4
const PATIENCE_MS = 1_000
/** What is accepted costs many statements, and the hundredth of its kind tells little that is new. */
const MOST_ACCEPTED = 120

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

/**
 * Sends all drafts over a few keep-alive connections and judges each answer. When enough have been accepted, drafts of
 * `instead`, where there are some, take the place of those that may be.
 */
export async function runCases(
  target: FuzzTarget,
  operation: Operation,
  drafts: readonly Draft[],
  instead: readonly Draft[] = [],
): Promise<OperationReport> {
  const startedAtMs = performance.now()
  const faults: string[] = []
  const statuses: Record<number, number> = {}
  const refused: Draft[] = []
  const reasons: Record<string, number> = {}
  // A stream's answer is the last one on its connection.
  const inRow = operation.path.includes('/events/') ? 1 : IN_ROW
  let slowestMs = 0
  let next = 0
  let accepted = 0

  const draftAt = (index: number): Draft =>
    (accepted < MOST_ACCEPTED ? undefined : instead[index]) ?? (drafts[index] as Draft)

  async function lane(): Promise<void> {
    const connection = new HttpConnection(target.url)
    while (next < drafts.length) {
      const from = next
      next = Math.min(drafts.length, from + inRow)
      const row = Array.from({ length: next - from }, (_, place) => {
        const draft = draftAt(from + place)
        const bytes = toBytes(draft, { ...target, host: connection.host })
        return { index: from + place, draft, bytes, hasNoBody: draft.method === 'HEAD' }
      })
      const answers = await sendRow(connection, row)
      for (const [place, sent] of row.entries()) await take(sent, answers[place] as Answered)
    }
    connection.close()
  }

  async function take(sent: Sent, { answer, tookMs }: Answered): Promise<void> {
    const { index, draft, bytes } = sent
    const fault = await judge(target, operation, { bytes, answer, tookMs })
    if (fault !== undefined) faults.push(`${fault}\n    case ${index}: ${shorten(bytes)}`)
    const { status } = answer
    count(statuses, status)
    if (status < 400) accepted += 1
    slowestMs = Math.max(slowestMs, tookMs)
    if (status >= 400 && status < 500) {
      refused.push(draft)
      if (index < drafts.length / 2) count(reasons, answer.body.toString('utf8', 0, 160))
    }
    if (status === 200 && draft.method !== 'DELETE') collect(target, operation, answer)
  }

  await Promise.all(Array.from({ length: CONNECTIONS }, lane))
  const tookMs = performance.now() - startedAtMs
  return { operation: operation.name, statuses, slowestMs, tookMs, faults, refused, reasons }
}

function count<Key extends string | number>(counts: Record<Key, number>, key: Key): void {
  counts[key] = (counts[key] ?? 0) + 1
}

interface Sent extends RawRequest {
  readonly index: number
  readonly draft: Draft
}

interface Answered {
  readonly answer: RawAnswer
  readonly tookMs: number
}

/** Sends a row in one piece; what a connection left unanswered when it closed behind another answer goes by itself. */
async function sendRow(connection: HttpConnection, row: readonly Sent[]): Promise<Answered[]> {
  const startedAtMs = performance.now()
  const answered: Answered[] = []
  const answers = await connection.sendInRow(row)
  for (const [place, sent] of row.entries()) {
    const answer = await (answers[place] as Promise<RawAnswer>).catch(async (error: Error) => {
      if (place === 0 || !(error instanceof Unanswered)) return noAnswer(error)
      return connection.send(sent.bytes, sent.hasNoBody).catch(noAnswer)
    })
    answered.push({ answer, tookMs: performance.now() - startedAtMs })
  }
  return answered
}

const noAnswer = ({ message }: Error): RawAnswer => ({ status: 0, head: message, body: Buffer.alloc(0) })

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
