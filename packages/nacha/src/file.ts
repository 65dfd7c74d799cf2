import type { Addenda, BatchControl, BatchHeader, EntryDetail, FileControl, FileHeader } from './records.ts'

/** A whole ACH file as it was read or is to be written. What is missing in a fragment is undefined. */
export interface AchFile {
  header: FileHeader | undefined
  batches: AchBatch[]
  control: FileControl | undefined
  /** Records of nines after the control. */
  fillerCount: number
}

export interface AchBatch {
  /** Line of the batch header, or of the first record when there is none; from 1. */
  line: number
  header: BatchHeader | undefined
  entries: AchEntry[]
  control: BatchControl | undefined
  /** The control does not agree with the entries, or there is none: nothing of it may be posted unseen. */
  outOfBalance: boolean
}

export interface AchEntry {
  line: number
  detail: EntryDetail
  addenda: readonly Addenda[]
  /** Columns of the entry whose characters are no value, e.g. letters in the amount. */
  unreadable: readonly string[]
}

/** What the entries add up to, counted by the reader itself. */
export interface AchTotals {
  batches: number
  entries: number
  addenda: number
  debitMinor: bigint
  creditMinor: bigint
  /** The low ten digits. */
  entryHash: bigint
  /** Entries that carry addenda 99: returns, dishonored and contested ones. */
  returns: number
  /** Entries that carry addenda 98. */
  corrections: number
}

/** Strict: as the rules want it. Tolerant: as banks send it. */
export type ReadMode = 'strict' | 'tolerant'

export interface Finding {
  /** From 1; in a file without line ends the number of the record. */
  line: number
  /** From 1. */
  column: number
  /** Name of the column in its table, or `record`, `batch`, `file` when it is about the whole. */
  field: string
  /** A key of `rules`. */
  rule: string
  severity: Severity
  message: string
}

/** `accepted` is a known deviation that the tolerant reader put up with. */
export type Severity = 'error' | 'warning' | 'accepted'
