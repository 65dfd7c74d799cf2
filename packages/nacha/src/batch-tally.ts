import type { BatchHeader, EntryLayout } from './records.ts'
import type { AnswerKind } from './return-codes.ts'
import { HASH_MODULUS } from './routing-number.ts'
import { layoutOf } from './sec-codes.ts'
import { directionOf } from './transaction-codes.ts'

export type EntryCategory = 'forward' | AnswerKind

/** The batch at hand: what it is, and what its entries add up to so far. */
export interface BatchTally {
  readonly line: number
  readonly header: BatchHeader | undefined
  /** In upper case; empty in a fragment. */
  readonly secCode: string
  readonly layout: EntryLayout
  readonly isIat: boolean
  readonly isReversal: boolean
  entries: number
  addenda: number
  debitMinor: bigint
  creditMinor: bigint
  /** Eight digits each: a safe integer for more entries than a batch may have. */
  hash: number
  /** An amount or a routing number could not be read: totals prove nothing. */
  isUncertain: boolean
  category: EntryCategory | undefined
  lastTrace: string
}

export function newTally(line: number, header: BatchHeader | undefined, isIat: boolean): BatchTally {
  const secCode = header?.secCode.toUpperCase() ?? ''
  return {
    line,
    header,
    secCode,
    layout: isIat ? 'iatEntryDetail' : layoutOf(secCode),
    isIat,
    isReversal: header?.entryDescription === 'REVERSAL',
    entries: 0,
    addenda: 0,
    debitMinor: 0n,
    creditMinor: 0n,
    hash: 0,
    isUncertain: false,
    category: undefined,
    lastTrace: '',
  }
}

export const hashOf = (tally: { hash: number }): bigint => BigInt(tally.hash) % HASH_MODULUS

export function addToTally(
  tally: BatchTally,
  code: string,
  dfi: string,
  amountMinor: bigint,
  addenda: number,
): void {
  tally.entries += 1
  tally.addenda += addenda
  if (directionOf(code) === 'debit') tally.debitMinor += amountMinor
  else tally.creditMinor += amountMinor
  const digits = Number(dfi)
  if (/^\d{8}$/.test(dfi)) tally.hash += digits
}
