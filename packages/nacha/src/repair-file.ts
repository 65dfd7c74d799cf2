import { traceOf } from './check-entry.ts'
import type { AchBatch, AchEntry, AchFile, Finding } from './file.ts'
import { foldToAscii } from './names.ts'
import { readAchFile } from './read-file.ts'
import { FieldRefused } from './record.ts'
import type { AchRecord, Addenda, BatchHeader, FileHeader } from './records.ts'
import { tableOf } from './records.ts'
import { renderAchFile } from './render-file.ts'
import { HASH_MODULUS } from './routing-number.ts'
import { directionOf } from './transaction-codes.ts'

/** Findings after which something of the file would be missing or guessed. */
const LOSSES = new Set([
  '01-empty',
  '01-not-ach',
  '01-record-cut',
  '01-record-type',
  '02-second-header',
  '02-second-control',
  '02-batch-header',
  '02-lone-control',
  '02-lone-addenda',
  '02-after-control',
  '02-file-header',
  'more-findings',
])

/** Columns that are counted anew or follow from others, so that it does not matter what stood there. */
const RECOUNTED = new Set([
  'entryAddendaCount',
  'entryHash',
  'totalDebitMinor',
  'totalCreditMinor',
  'batchCount',
  'blockCount',
  'batchNumber',
  'addendaCount',
  'addendaIndicator',
  'sequenceNumber',
  'entrySequence',
])

export type Repair =
  | { text: string; findings: Finding[]; remaining: Finding[] }
  | { text: undefined; losses: Finding[] }

/**
 * Writes again what the tolerant reader understood, in the strict form: whole lines, plain characters, codes in upper
 * case, addenda linked and numbered, all controls counted anew. No amount, account, routing or trace number is
 * touched, and nothing is left out: a file with a record that cannot be understood is refused.
 */
export function repairAchFile(input: string | Uint8Array): Repair {
  const { file, findings } = readAchFile(input, { mode: 'tolerant' })
  const losses = findings.filter(({ rule, field }) => {
    return LOSSES.has(rule) || (/^(?:17-amount|26-field)$/.test(rule) && !RECOUNTED.has(field))
  })
  if (losses.length > 0 || file.header === undefined) return { text: undefined, losses }
  const text = rendered(repairedFile(file, file.header))
  if (typeof text !== 'string') return { text: undefined, losses: [text] }
  const { findings: after } = readAchFile(text, { mode: 'strict' })
  return { text, findings, remaining: after.filter(({ severity }) => severity === 'error') }
}

/** What still does not fit its column, such as letters in the date of the file, is not guessed. */
function rendered(file: AchFile): string | Finding {
  try {
    return renderAchFile(file)
  } catch (error) {
    if (!(error instanceof FieldRefused)) throw error
    const { field, reason, record } = error
    const message = `of ${record} ${reason}`
    return { line: 1, column: 1, field, rule: '26-field', severity: 'error', message }
  }
}

function repairedFile(file: AchFile, header: FileHeader): AchFile {
  const batches = file.batches.map(repairedBatch)
  const sum = (pick: (control: Control) => bigint) =>
    batches.reduce((all, { control }) => all + pick(control), 0n)
  const count = batches.reduce((all, { control }) => all + control.entryAddendaCount, 0)
  const records = 2 + 2 * batches.length + count
  return {
    header: {
      ...plainRecord(header),
      priorityCode: '01',
      recordSize: '094',
      blockingFactor: '10',
      formatCode: '1',
      fileIdModifier: header.fileIdModifier.toUpperCase(),
      immediateDestination: header.immediateDestination.replace(/^0(?=\d{9}$)/, ' '),
    },
    batches,
    control: {
      layout: batches.some(({ control }) => control.layout === 'advBatchControl')
        ? 'advFileControl'
        : 'fileControl',
      recordType: '9',
      batchCount: batches.length,
      blockCount: Math.ceil(records / 10),
      entryAddendaCount: count,
      entryHash: sum(({ entryHash }) => entryHash) % HASH_MODULUS,
      totalDebitMinor: sum(({ totalDebitMinor }) => totalDebitMinor),
      totalCreditMinor: sum(({ totalCreditMinor }) => totalCreditMinor),
    },
    fillerCount: (10 - (records % 10)) % 10,
  }
}

type Control = NonNullable<AchBatch['control']>

function repairedBatch(batch: AchBatch, index: number): AchBatch & { control: Control } {
  const original = batch.header
  if (original === undefined) throw new Error('A batch without a header is a loss')
  const entries = batch.entries.map(repairedEntry)
  const directions = new Set(entries.map(({ detail }) => directionOf(detail.transactionCode)))
  const isTaken = original.serviceClass === '280' || fits(original.serviceClass, directions)
  const header: BatchHeader = {
    ...plainRecord(original),
    secCode: original.secCode.toUpperCase(),
    serviceClass: isTaken
      ? original.serviceClass
      : directions.size > 1
        ? '200'
        : directions.has('debit')
          ? '225'
          : '220',
    batchNumber: original.batchNumber === 0 ? index + 1 : original.batchNumber,
  }
  return { ...batch, header, entries, control: controlOf(header, entries, batch.control) }
}

function fits(serviceClass: string, directions: ReadonlySet<string>): boolean {
  if (serviceClass === '220') return !directions.has('debit')
  return serviceClass === '225' ? !directions.has('credit') : serviceClass === '200'
}

function controlOf(header: BatchHeader, entries: readonly AchEntry[], was: Control | undefined): Control {
  let hash = 0n
  let totalDebitMinor = 0n
  let totalCreditMinor = 0n
  let entryAddendaCount = 0
  for (const { detail, addenda } of entries) {
    hash += /^\d{8}$/.test(detail.receivingDfi) ? BigInt(detail.receivingDfi) : 0n
    entryAddendaCount += 1 + addenda.length
    if (directionOf(detail.transactionCode) === 'debit') totalDebitMinor += detail.amountMinor
    else totalCreditMinor += detail.amountMinor
  }
  const { serviceClass, odfi, batchNumber, companyId } = header
  const entryHash = hash % HASH_MODULUS
  const counted = { recordType: '8', serviceClass, odfi, batchNumber, entryAddendaCount, entryHash } as const
  const sums = { totalDebitMinor, totalCreditMinor }
  if (header.secCode === 'ADV') {
    const operatorData = was?.layout === 'advBatchControl' ? plain(was.operatorData) : ''
    return { layout: 'advBatchControl', ...counted, ...sums, operatorData }
  }
  const messageAuthenticationCode = was?.layout === 'batchControl' ? plain(was.messageAuthenticationCode) : ''
  return { layout: 'batchControl', ...counted, ...sums, companyId, messageAuthenticationCode }
}

function repairedEntry(entry: AchEntry): AchEntry {
  const trace = traceOf(entry)
  const sequences = new Map<string, number>()
  const addenda = entry.addenda.map((one) => {
    const due = (sequences.get(one.typeCode) ?? 0) + 1
    sequences.set(one.typeCode, due)
    return repairedAddenda(one, trace, due)
  })
  const isAnswer = addenda.some(({ typeCode }) => typeCode === '98' || typeCode === '99')
  const detail = { ...plainRecord(entry.detail), addendaIndicator: addenda.length > 0 ? '1' : '0' }
  if ('addendaCount' in detail && !isAnswer) detail.addendaCount = addenda.length
  return { ...entry, detail, addenda }
}

function repairedAddenda(addenda: Addenda, trace: string, due: number): Addenda {
  const one = { ...plainRecord(addenda) }
  if ('traceNumber' in one) one.traceNumber = trace
  if ('entrySequence' in one) one.entrySequence = trace.slice(8)
  if ('sequenceNumber' in one) one.sequenceNumber = due
  if ('code' in one) one.code = one.code.toUpperCase()
  return one
}

/** Plain characters in every column, one for one where the plain form would be too long. */
function plainRecord<R extends AchRecord>(record: R): R {
  const values: Record<string, unknown> = { ...record }
  for (const { name, column } of tableOf(record.layout).columns) {
    const value = values[name]
    if (typeof value !== 'string' || column.kind === 'literal') continue
    const folded = plain(value)
    values[name] = folded.length <= column.width ? folded : value.replace(/[^\x20-\x7e]/g, '?')
    if (column.kind === 'reserved') delete values[name]
  }
  return values as R
}

const plain = (text: string): string => (/^[\x20-\x7e]*$/.test(text) ? text : foldToAscii(text))
