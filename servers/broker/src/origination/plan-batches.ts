import type { TransferDirection } from '../transfers/transfer.ts'
import type { AchSpeed } from './ach-file.ts'
import type { ReadyEntry } from './ready-entry.ts'

export type PlannedBatch = {
  readonly secCode: 'WEB' | 'PPD' | 'CCD'
  readonly description: Description
  readonly direction: TransferDirection | 'BOTH'
  readonly speed: AchSpeed
  readonly effectiveOn: Temporal.PlainDate
  readonly entries: readonly ReadyEntry[]
}

/** What the receiver reads; reserved words stand for nothing else (contracts/nacha/origination.md §1). */
export type Description = 'ACCTVERIFY' | 'DEPOSIT' | 'RETRY PYMT' | 'WITHDRAWAL'

/**
 * One batch for each (SEC code, description, effective date, direction), in an order that depends on the
 * entries alone: the same entries make the same file.
 */
export function planBatches(entries: readonly ReadyEntry[]): PlannedBatch[] {
  const batches = new Map<string, { head: Omit<PlannedBatch, 'entries'>; entries: ReadyEntry[] }>()
  for (const entry of entries) {
    const head = headOf(entry)
    const key = [head.secCode, head.description, head.effectiveOn, head.direction, head.speed].join('|')
    const batch = batches.get(key)
    if (batch === undefined) batches.set(key, { head, entries: [entry] })
    else batch.entries.push(entry)
  }
  return [...batches]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, { head, entries }]) => ({
      ...head,
      entries: entries.toSorted((a, b) => compareText(a.key, b.key)),
    }))
}

function headOf(entry: ReadyEntry): Omit<PlannedBatch, 'entries'> {
  const { purpose, direction, speed, effectiveOn } = entry
  const isMicro = purpose === 'MICRO_CREDIT' || purpose === 'MICRO_DEBIT'
  return {
    secCode: secCodeOf(entry),
    description: descriptionOf(entry),
    // Offsets travel with the credits that they take back.
    direction: isMicro ? 'BOTH' : direction,
    speed,
    effectiveOn,
  }
}

/** By who owns the bank account and how the debit was authorized: always online here. */
function secCodeOf({ ownerType, direction, purpose }: ReadyEntry): PlannedBatch['secCode'] {
  if (ownerType === 'business') return 'CCD'
  return direction === 'INCOMING' && (purpose === 'TRANSFER' || purpose === 'PRENOTE') ? 'WEB' : 'PPD'
}

function descriptionOf({ purpose, direction, isRetry }: ReadyEntry): Description {
  if (purpose === 'MICRO_CREDIT' || purpose === 'MICRO_DEBIT') return 'ACCTVERIFY'
  if (isRetry) return 'RETRY PYMT'
  return direction === 'INCOMING' ? 'DEPOSIT' : 'WITHDRAWAL'
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
