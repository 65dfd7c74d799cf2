import type fc from 'fast-check'
import type { LiveIds } from './live-ids.ts'
import type { Operation } from './operations.ts'
import type { RawAnswer } from './response-reader.ts'

/** What values mean in an API, where their schemas say too little. */
export interface Vocabulary {
  /** Names in bodies, queries and headers that stand for something that exists, and for what. */
  readonly kinds: Readonly<Record<string, string>>
  /** What a field of such a name holds. */
  readonly hints: readonly (readonly [RegExp, fc.Arbitrary<unknown>])[]
  /** Values of path parameters that are no ids of live things. */
  readonly segments: readonly (readonly [RegExp, fc.Arbitrary<string>])[]
  /** Bodies whose fields only make sense together, by operation. */
  readonly examples: Readonly<Record<string, fc.Arbitrary<unknown>>>
}

/** A running server with something of everything in it, and what is demanded of it. */
export interface FuzzTarget extends AsyncDisposable {
  readonly url: string
  /** Headers that every request has, unless a case is about them. */
  readonly credentials: Readonly<Record<string, string>>
  readonly live: LiveIds
  readonly vocabulary: Vocabulary
  /** When an operation has its turn: low numbers first. */
  turnOf(operation: Operation): number
  /** What is wrong with an answer besides being too slow; nothing when all is well. */
  problemOf(answer: RawAnswer, operation: Operation): string | undefined
  /** Ids of things that an answer tells of. */
  collect(operation: Operation, body: unknown): void
  /** Lets the work end that waits for its turn in the background. */
  settle(): Promise<void>
  countRows(): Promise<Readonly<Record<string, number>>>
  /** What is wrong with the books. */
  violations(): Promise<string[]>
}
