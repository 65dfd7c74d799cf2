import type { AchAgreement, AchDrop, PutStep } from '@paddock/ach-drop'
import type { AchEntry, BatchHeader } from '@paddock/nacha'

/** What the operator works with: the drop that it shares with a firm, and what it agreed on with it. */
export interface AchOperator {
  readonly drop: AchDrop
  readonly agreement: AchAgreement
  /** For tests: told of each step, and may end the process there. */
  readonly onStep: (step: OperatorStep) => void
}

/** Where the operator can be cut off: `…ing` is before the commit. */
export const operatorSteps = [
  'file_read',
  'file_taking',
  'file_taken',
  'file_put_away',
  'settling',
  'settled',
  'answers_writing',
  'answers_written',
  'delivered',
] as const
export type OperatorStep = (typeof operatorSteps)[number] | PutStep

export type EntryKind = 'forward' | 'prenote' | 'dishonored_return' | 'refused_correction'
export type Direction = 'debit' | 'credit'
export type AnswerKind = 'return' | 'correction' | 'contest'

/** What can be wrong with an answer on purpose. */
export const flaws = ['late', 'duplicate', 'wrong_amount', 'unknown_trace', 'malformed'] as const
export type Flaw = (typeof flaws)[number]

/** An entry of a firm's file, as the operator has it. */
export interface SentEntry {
  fileName: string
  line: number
  batchNumber: number
  kind: EntryKind
  direction: Direction
  amountMinor: bigint
  routingNumber: string
  traceNumber: string
  individualId: string
  /** As it was read, with its addenda. */
  entry: AchEntry
  /** With this code the operator itself sends it back. */
  editCode: string | null
  settlesAt: Temporal.Instant
}

export interface SettledEntry extends SentEntry {
  settledAt: Temporal.Instant | null
  accountId: string | null
}

export interface Answer {
  id: bigint
  fileName: string
  line: number
  kind: AnswerKind
  code: string
  flaw: Flaw | null
  amountMinor: bigint
  dishonorFile: string | null
  dishonorLine: number | null
  dueAt: Temporal.Instant
  settlesAt: Temporal.Instant
  contraId: string
  traceNumber: string | null
  deliveryName: string | null
  batchNumber: number | null
  settledAt: Temporal.Instant | null
}

export type NewAnswer = Pick<
  Answer,
  'fileName' | 'line' | 'kind' | 'code' | 'amountMinor' | 'dueAt' | 'settlesAt' | 'contraId'
> & { key: string; flaw?: Flaw | null; dishonorFile?: string; dishonorLine?: number }

export type SentBatch = BatchHeader
