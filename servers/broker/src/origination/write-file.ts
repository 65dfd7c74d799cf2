import type { AchAgreement } from '@paddock/ach-drop'
import { NEW_YORK, newYorkDate } from '@paddock/calendar'
import { assert, newId } from '@paddock/kernel'
import type { UsdMinor } from '@paddock/money'
import {
  AchWriteRefused,
  achName,
  type BatchPlan,
  type FilePlan,
  readAchFile,
  traceOf,
  type WrittenFile,
  writeAchFile,
} from '@paddock/nacha'
import { entryAccountNumber } from '../ach/bank-version.ts'
import type { AchBatch, AchEntry, AchEntryId, AchFileId } from './ach-file.ts'
import type { PlannedBatch } from './plan-batches.ts'
import { type ReadyEntry, transactionCodeOf } from './ready-entry.ts'

export type FileHead = {
  readonly id: AchFileId
  readonly agreement: AchAgreement
  readonly at: Temporal.Instant
  readonly modifier: string
  readonly reference: string
  /** The number of the first entry; the others follow it. */
  readonly firstSequence: bigint
}

export type WrittenAchFile = {
  readonly text: string
  readonly batches: readonly AchBatch[]
  readonly entries: readonly AchEntry[]
  readonly debitsMinor: UsdMinor
  readonly creditsMinor: UsdMinor
}

/** Trace numbers go round after so many; the sequence behind them does not. */
const TRACES = 9_999_999n

/** Writes the whole text, then reads it with other eyes: what it says must be what was asked for, to the cent. */
export function writeFile(head: FileHead, planned: readonly PlannedBatch[]): WrittenAchFile {
  const numbered = numberEntries(head, planned)
  const written = writeOrSayWhere({
    header: headerOf(head),
    batches: numbered.map((batch) => nachaBatch(head, batch)),
  })
  const lines = new Map(written.entries.map(({ traceNumber, line }) => [traceNumber, line]))
  const batches = numbered.map((batch, index) => toBatch(batch, index + 1, lines))
  const entries = numbered.flatMap((batch, index) =>
    batch.entries.map((entry) => toEntry(head, entry, { batchNumber: index + 1, lines })),
  )
  const result = {
    text: written.text,
    batches,
    entries,
    ...sumOf(numbered.flatMap((batch) => batch.entries)),
  }
  recount(result)
  return result
}

/** What does not fit is told by line, field and rule: the writer's own words would repeat the value. */
function writeOrSayWhere(plan: FilePlan): WrittenFile {
  try {
    return writeAchFile(plan)
  } catch (error) {
    if (!(error instanceof AchWriteRefused)) throw error
    const places = error.problems
      .slice(0, MOST_PLACES)
      .map(({ line, field, rule }) => `line ${line} ${field}: ${rule}`)
    throw new Error(`the ACH file cannot be written: ${places.join('; ')}`)
  }
}

const MOST_PLACES = 10

type Numbered = ReadyEntry & {
  readonly sequence: bigint
  readonly traceNumber: string
  readonly individualId: string
}
type NumberedBatch = Omit<PlannedBatch, 'entries'> & { readonly entries: readonly Numbered[] }

function numberEntries(
  { firstSequence, agreement }: FileHead,
  planned: readonly PlannedBatch[],
): NumberedBatch[] {
  let next = firstSequence
  return planned.map((batch) => ({
    ...batch,
    entries: batch.entries.map((entry) => {
      const sequence = next
      next += 1n
      return {
        ...entry,
        sequence,
        traceNumber: traceNumberOf(agreement, sequence),
        individualId: entry.bank.individualId ?? entry.individualId ?? referenceOf(entry, sequence),
      }
    }),
  }))
}

const traceNumberOf = ({ destination }: AchAgreement, sequence: bigint): string =>
  destination.slice(0, 8) + String(((sequence - 1n) % TRACES) + 1n).padStart(7, '0')

const PREFIXES = { TRANSFER: undefined, PRENOTE: 'PRE', MICRO_CREDIT: 'MIC', MICRO_DEBIT: 'MIC' } as const

/** Our own name for what the entry is about; it comes back unchanged with every answer. */
const referenceOf = ({ purpose, direction }: ReadyEntry, sequence: bigint): string =>
  (PREFIXES[purpose] ?? (direction === 'INCOMING' ? 'DEP' : 'WDL')) + String(sequence).padStart(12, '0')

function headerOf({ agreement, at, modifier, reference }: FileHead) {
  const wall = at.toZonedDateTimeISO(NEW_YORK)
  return {
    immediateDestination: ` ${agreement.destination}`,
    immediateOrigin: agreement.origin,
    creationDate: shortDate(newYorkDate(at)),
    creationTime: `${String(wall.hour).padStart(2, '0')}${String(wall.minute).padStart(2, '0')}`,
    fileIdModifier: modifier,
    destinationName: agreement.destinationName,
    originName: agreement.originName,
    referenceCode: reference,
  }
}

function nachaBatch({ agreement, at }: FileHead, batch: NumberedBatch): BatchPlan {
  const wall = at.toZonedDateTimeISO(NEW_YORK)
  return {
    secCode: batch.secCode,
    companyName: agreement.companyName,
    companyId: agreement.companyId,
    ...wordOf(batch),
    // The bank's convention: tells that same-day settlement is wanted, and by which hour.
    ...(batch.speed === 'SAME_DAY'
      ? { descriptiveDate: `SD${String(wall.hour).padStart(2, '0')}${String(wall.minute).padStart(2, '0')}` }
      : {}),
    effectiveDate: shortDate(batch.effectiveOn),
    odfi: agreement.destination.slice(0, 8),
    entries: batch.entries.map((entry) => ({
      transactionCode: transactionCodeOf(entry),
      routingNumber: entry.bank.routingNumber,
      accountNumber: entryAccountNumber(entry.bank.accountNumber),
      amountMinor: entry.amountMinor,
      individualId: entry.individualId,
      individualName: achName(entry.bank.ownerName, 22),
      // Nothing here recurs by itself: each debit is asked for.
      ...(batch.secCode === 'WEB' ? { paymentType: 'S' as const } : {}),
      traceNumber: entry.traceNumber,
    })),
  }
}

/** A reserved word stands there by its purpose alone. */
function wordOf({ description }: NumberedBatch): Pick<BatchPlan, 'entryDescription' | 'purpose'> {
  if (description === 'ACCTVERIFY') return { purpose: 'account_verification' }
  if (description === 'RETRY PYMT') return { purpose: 'retry' }
  return { entryDescription: description }
}

const shortDate = (date: Temporal.PlainDate): string => date.toString().slice(2).replaceAll('-', '')

function sumOf(entries: readonly ReadyEntry[]): { debitsMinor: UsdMinor; creditsMinor: UsdMinor } {
  let debits = 0n
  let credits = 0n
  for (const { direction, amountMinor } of entries) {
    if (direction === 'INCOMING') debits += amountMinor
    else credits += amountMinor
  }
  return { debitsMinor: debits as UsdMinor, creditsMinor: credits as UsdMinor }
}

function lineOf(lines: ReadonlyMap<string, number>, traceNumber: string): number {
  const line = lines.get(traceNumber)
  assert(line !== undefined, `entry ${traceNumber} is in the file`)
  return line
}

function toBatch(batch: NumberedBatch, number: number, lines: ReadonlyMap<string, number>): AchBatch {
  const { entries, secCode, description, direction, speed, effectiveOn } = batch
  const [first] = entries
  assert(first !== undefined, 'a batch has an entry')
  return {
    number,
    secCode,
    description,
    direction,
    speed,
    effectiveOn,
    lineNumber: lineOf(lines, first.traceNumber) - 1,
    entries: entries.length,
    ...sumOf(entries),
  }
}

function toEntry(
  { id }: FileHead,
  entry: Numbered,
  { batchNumber, lines }: { batchNumber: number; lines: ReadonlyMap<string, number> },
): AchEntry {
  return {
    id: newId() as AchEntryId,
    fileId: id,
    batchNumber,
    lineNumber: lineOf(lines, entry.traceNumber),
    sequence: entry.sequence,
    traceNumber: entry.traceNumber,
    accountId: entry.accountId,
    relationshipId: entry.bank.relationshipId,
    bankVersion: entry.bank.version,
    purpose: entry.purpose,
    transferId: entry.transferId,
    attempt: entry.attempt,
    individualId: entry.individualId,
    transactionCode: transactionCodeOf(entry),
    amountMinor: entry.amountMinor,
    accountHash: entry.bank.accountHash,
    accountMask: entry.bank.accountMask,
    status: 'BOUND',
  }
}

/** From the rendered text alone: every entry once, and the sums of what was chosen. */
function recount({ text, batches, entries, debitsMinor, creditsMinor }: WrittenAchFile): void {
  const { valid, totals, file } = readAchFile(text, { mode: 'strict' })
  assert(valid, 'a file that leaves breaks no rule')
  assert(totals.batches === batches.length, 'the text has each batch')
  assert(totals.entries === entries.length, 'the text has each entry')
  assert(totals.debitMinor === debitsMinor, 'the text debits what was chosen')
  assert(totals.creditMinor === creditsMinor, 'the text credits what was chosen')
  const traces = new Set(file.batches.flatMap((batch) => batch.entries.map(traceOf)))
  assert(traces.size === entries.length, 'no trace is there twice')
  assert(
    entries.every(({ traceNumber }) => traces.has(traceNumber)),
    'the text has each trace',
  )
}
