import { addToTally, type BatchTally, hashOf, newTally } from './batch-tally.ts'
import { checkBatchControl, checkBatchHeader, checkEffectiveDate } from './check-batch.ts'
import { traceOf } from './check-entry.ts'
import { checkFileControl, checkFileHeader } from './check-file-records.ts'
import { checkCharacters, checkLength, checkLine, looksLikeRecord } from './check-line.ts'
import { type Day, readDay } from './dates.ts'
import type { AchEntry, AchTotals, Finding, ReadMode } from './file.ts'
import { FindingLog } from './finding-log.ts'
import { LineSource, type SourceLine } from './line-source.ts'
import { type PendingEntry, readPendingEntry } from './pending-entry.ts'
import { RECORD_WIDTH } from './record.ts'
import {
  type BatchControl,
  type BatchHeader,
  type FileControl,
  type FileHeader,
  readRecord,
} from './records.ts'
import { HASH_MODULUS } from './routing-number.ts'
import { TraceSet } from './trace-set.ts'

/** What a reader tells, in the order of the file. */
export type AchItem =
  | { kind: 'header'; line: number; header: FileHeader }
  | { kind: 'batch'; line: number; header: BatchHeader | undefined }
  | { kind: 'entry'; batch: BatchHeader | undefined; entry: AchEntry }
  | { kind: 'batchControl'; line: number; control: BatchControl | undefined; outOfBalance: boolean }
  | { kind: 'control'; line: number; control: FileControl }
  | { kind: 'filler'; line: number }
  | { kind: 'finding'; finding: Finding }

export interface ReaderOptions {
  mode: ReadMode
  /** How many findings are listed; the rest is counted. */
  maxFindings?: number
}

/**
 * Reads a file piece by piece and never throws at what is in it: each problem becomes a finding, and the reader
 * goes on with the next record. Keeps one entry and its addenda in memory, and the trace numbers of the file.
 */
export class AchReader {
  readonly #lines = new LineSource()
  readonly #log: FindingLog
  #out: AchItem[] = []
  #batch: BatchTally | undefined
  #pending: PendingEntry | undefined
  #createdOn: Day | undefined
  #header = false
  #control: { line: number; control: FileControl } | undefined
  #lastBatchNumber = -1
  #lastLine = 0
  #records = 0
  #filler = 0
  #blankLine: number | undefined
  #ending: SourceLine['ending'] | undefined
  #saidEnding = false
  #afterControl = 0
  #isUncertain = false
  #isAdvFile = false
  readonly #traces = new TraceSet()
  readonly totals: AchTotals = emptyTotals()

  constructor({ mode, maxFindings }: ReaderOptions) {
    this.#log = new FindingLog(mode, (finding) => this.#out.push({ kind: 'finding', finding }), maxFindings)
  }

  /** No finding so far is an error. */
  get isValid(): boolean {
    return this.#log.errors === 0
  }

  push(bytes: Uint8Array): AchItem[] {
    for (const line of this.#lines.push(bytes)) this.#takeLine(line)
    return this.#drain()
  }

  end(): AchItem[] {
    for (const line of this.#lines.end()) this.#takeLine(line)
    if (this.#records + this.#filler === 0 || this.#log.isHolding) {
      if (this.#records + this.#filler === 0) {
        this.#log.replaceHeld('01-empty', 'the file is empty')
      } else this.#log.replaceHeld('01-not-ach', 'no line of the file is an ACH record')
      Object.assign(this.totals, emptyTotals())
      return this.#drain()
    }
    this.#endFile()
    this.#log.end(this.#lastLine)
    return this.#drain()
  }

  #drain(): AchItem[] {
    const out = this.#out
    this.#out = []
    return out
  }

  #takeLine(source: SourceLine): void {
    this.#lastLine = source.number
    if (source.number === 1 && this.#lines.hadByteOrderMark) {
      this.#log.whole('08-characters', 1, 'file', 'a byte order mark stands before the file')
    }
    this.#checkEnding(source)
    if (/^[\0-\x20]*$/.test(source.text)) {
      // Some systems end a file with their own mark, or fill it up with nothing.
      if (/[^\t ]/.test(source.text)) checkCharacters(this.#log, source)
      else this.#blankLine ??= source.number
      return
    }
    if (this.#blankLine !== undefined) {
      this.#log.whole('01-blank-line', this.#blankLine, 'record', 'the line is blank')
      this.#blankLine = undefined
    }
    if (this.#log.isHolding && looksLikeRecord(source.text)) this.#log.release()
    // A file control may begin with nines too, so the whole line is looked at.
    const isNines = source.text[0] === '9' && /^9+\s*$/.test(source.text)
    if (isNines && (this.#control !== undefined || source.text.length >= RECORD_WIDTH))
      this.#takeFiller(source)
    else this.#takeRecord(source)
  }

  #takeRecord(source: SourceLine): void {
    if (this.#control !== undefined) {
      this.#takeAfterControl(source)
      return
    }
    const text = checkLine(this.#log, source)
    this.#records += 1
    const line = { ...source, text }
    switch (text[0]) {
      case '1':
        this.#takeFileHeader(line)
        break
      case '5':
        this.#takeBatchHeader(line)
        break
      case '6':
        this.#takeEntry(line)
        break
      case '7':
        this.#takeAddenda(line)
        break
      case '8':
        this.#takeBatchControl(line)
        break
      case '9':
        this.#takeFileControl(line)
        break
      default:
        this.#log.whole('01-record-type', line.number, 'record', 'begins with none of 1, 5, 6, 7, 8 and 9')
    }
  }

  #checkEnding({ number, ending }: SourceLine): void {
    if (this.#lines.isStream || ending === '') return
    if (ending === '\r' && !this.#saidEnding) {
      this.#saidEnding = true
      this.#log.whole('01-line-ends', number, 'file', 'the line ends with a lone carriage return')
    } else if (this.#ending !== undefined && ending !== this.#ending && !this.#saidEnding) {
      this.#saidEnding = true
      this.#log.whole('01-mixed-line-ends', number, 'file', 'the line ends in another way than those before')
    }
    this.#ending ??= ending
  }

  #takeFiller(source: SourceLine): void {
    this.#closeEntry()
    this.#filler += 1
    if (this.#control === undefined) {
      this.#log.whole('02-early-filler', source.number, 'record', 'filler stands before the file control')
    }
    checkLength(this.#log, source)
    this.#out.push({ kind: 'filler', line: source.number })
  }

  #takeFileHeader(line: SourceLine): void {
    this.#closeBatch(line.number)
    if (this.#header || this.#records > 1) {
      const rule = this.#header ? '02-second-header' : '02-file-header'
      this.#log.whole(rule, line.number, 'record', 'a file header stands where none may be')
    }
    const header = readRecord('fileHeader', line.text)
    checkFileHeader(this.#log, line.number, header)
    if (this.#header) return
    this.#header = true
    this.#createdOn = readDay(header.creationDate)
    this.#out.push({ kind: 'header', line: line.number, header })
  }

  /** Said once: perhaps another file follows, which is read by whoever cuts it off. */
  #takeAfterControl({ number, text }: SourceLine): void {
    this.#afterControl += 1
    if (this.#afterControl > 1) return
    if (/^[19]\d/.test(text)) {
      const what = text[0] === '1' ? 'another file follows in the same file' : 'a second file control'
      this.#log.whole(text[0] === '1' ? '02-second-header' : '02-second-control', number, 'record', what)
    } else this.#log.whole('02-after-control', number, 'record', 'stands after the file control')
  }

  /** A file that begins without its header. */
  #checkPlace(line: SourceLine): void {
    if (!this.#header && this.#records === 1) {
      this.#log.whole('02-file-header', line.number, 'file', 'the file does not begin with a file header')
    }
  }

  #takeBatchHeader(line: SourceLine): void {
    this.#checkPlace(line)
    this.#closeBatch(line.number)
    const isIat = line.text.slice(50, 53).toUpperCase() === 'IAT' || line.text.slice(4, 10) === 'IATCOR'
    const layout = isIat ? 'iatBatchHeader' : 'batchHeader'
    const header = readRecord(layout, line.text, (column) => {
      if (column.name !== 'serviceClass') this.#log.unreadable('26-field', line.number, layout, column)
    })
    checkBatchHeader(this.#log, line.number, header)
    if (header.batchNumber <= this.#lastBatchNumber) {
      const message = `${header.batchNumber} does not follow ${this.#lastBatchNumber}`
      this.#log.field('14-batch-order', line.number, header.layout, 'batchNumber', message)
    }
    this.#lastBatchNumber = header.batchNumber
    this.#openBatch(line.number, header, isIat)
  }

  #openBatch(line: number, header: BatchHeader | undefined, isIat: boolean): BatchTally {
    this.totals.batches += 1
    this.#batch = newTally(line, header, isIat)
    this.#out.push({ kind: 'batch', line, header })
    return this.#batch
  }

  #takeEntry(line: SourceLine): void {
    this.#closeEntry()
    this.#checkPlace(line)
    if (this.#batch === undefined) {
      this.#log.whole('02-batch-header', line.number, 'record', 'an entry stands outside of a batch')
      this.#openBatch(line.number, undefined, false)
    }
    this.#pending = { line, addenda: [] }
  }

  #takeAddenda(line: SourceLine): void {
    if (this.#pending !== undefined) {
      this.#pending.addenda.push(line.text)
      return
    }
    this.#checkPlace(line)
    this.#log.whole('02-lone-addenda', line.number, 'record', 'addenda follow no entry')
    if (this.#batch !== undefined) this.#batch.addenda += 1
  }

  #closeEntry(): void {
    const pending = this.#pending
    const batch = this.#batch
    if (pending === undefined || batch === undefined) return
    this.#pending = undefined
    const { entry, category } = readPendingEntry(this.#log, pending, batch)
    const isDated = batch.entries === 0 && category === 'forward' && batch.secCode !== 'COR'
    if (isDated && batch.header !== undefined) {
      checkEffectiveDate(this.#log, batch.line, batch.header, this.#createdOn)
    }
    this.#tally(entry, batch, category)
    this.#out.push({ kind: 'entry', batch: batch.header, entry })
  }

  #tally(entry: AchEntry, batch: BatchTally, category: NonNullable<BatchTally['category']>): void {
    const { detail, addenda, unreadable } = entry
    batch.category ??= category
    const trace = traceOf(entry)
    // Within the batch the order tells of a trace number that comes twice.
    if (!this.#traces.add(trace) && trace > batch.lastTrace) {
      this.#log.field('15-trace-twice', entry.line, detail.layout, 'traceNumber', `${trace} was used before`)
    }
    batch.lastTrace = trace
    addToTally(batch, detail.transactionCode, detail.receivingDfi, detail.amountMinor, addenda.length)
    if (
      unreadable.some(
        (name) => name === 'amountMinor' || name === 'receivingDfi' || name === 'transactionCode',
      )
    ) {
      batch.isUncertain = true
    }
    if (addenda.some(({ typeCode }) => typeCode === '99')) this.totals.returns += 1
    if (addenda.some(({ typeCode }) => typeCode === '98')) this.totals.corrections += 1
  }

  #takeBatchControl(line: SourceLine): void {
    this.#closeEntry()
    this.#checkPlace(line)
    const batch = this.#batch
    if (batch === undefined) {
      this.#log.whole('02-lone-control', line.number, 'record', 'a batch control closes no batch')
      return
    }
    const isAdv = batch.secCode === 'ADV' || (batch.header === undefined && line.text.startsWith('8280'))
    this.#isAdvFile ||= isAdv
    const layout = isAdv ? 'advBatchControl' : 'batchControl'
    const control = readRecord(layout, line.text, (column) =>
      this.#log.unreadable('26-field', line.number, layout, column),
    )
    if (batch.entries === 0) {
      this.#log.whole('07-no-entry', batch.line, 'batch', 'the batch has no entry')
    }
    const agrees = checkBatchControl(this.#log, line.number, control, batch)
    this.#addBatch(batch)
    this.#out.push({ kind: 'batchControl', line: line.number, control, outOfBalance: !agrees })
  }

  #addBatch(batch: BatchTally): void {
    const { totals } = this
    totals.entries += batch.entries
    totals.addenda += batch.addenda
    totals.debitMinor += batch.debitMinor
    totals.creditMinor += batch.creditMinor
    totals.entryHash = (totals.entryHash + hashOf(batch)) % HASH_MODULUS
    if (batch.isUncertain) this.#isUncertain = true
    this.#batch = undefined
  }

  /** Something comes that may not come before the batch's control. */
  #closeBatch(line: number): void {
    this.#closeEntry()
    const batch = this.#batch
    if (batch === undefined) return
    this.#log.whole('02-batch-control', line, 'batch', `the batch of line ${batch.line} has no control`)
    this.#addBatch(batch)
    this.#out.push({ kind: 'batchControl', line, control: undefined, outOfBalance: true })
  }

  #takeFileControl(line: SourceLine): void {
    this.#checkPlace(line)
    this.#closeBatch(line.number)
    const layout = this.#isAdvFile ? 'advFileControl' : 'fileControl'
    const control = readRecord(layout, line.text, (column) =>
      this.#log.unreadable('26-field', line.number, layout, column),
    )
    this.#control = { line: line.number, control }
    this.#out.push({ kind: 'control', line: line.number, control })
  }

  #endFile(): void {
    this.#closeBatch(this.#lastLine)
    if (this.#blankLine !== undefined) {
      this.#log.whole('01-trailing-blank-line', this.#blankLine, 'record', 'blank lines follow the file')
    }
    const end = this.#control
    if (end === undefined) {
      this.#log.whole('02-file-control', this.#lastLine, 'file', 'the file does not end with a file control')
    } else {
      if (this.totals.batches === 0) this.#log.whole('07-no-batch', end.line, 'file', 'the file has no batch')
      checkFileControl(this.#log, end.line, end.control, {
        batches: this.totals.batches,
        entryAddenda: this.totals.entries + this.totals.addenda,
        debitMinor: this.totals.debitMinor,
        creditMinor: this.totals.creditMinor,
        hash: this.totals.entryHash,
        blocks: Math.ceil(this.#records / 10),
        isUncertain: this.#isUncertain,
      })
    }
    const due = (10 - (this.#records % 10)) % 10
    // A file that is cut off lacks more than its filler.
    if (end !== undefined && this.#filler !== due) {
      const message = `${this.#filler} lines of nines follow; ${due} would fill the last block`
      this.#log.whole('02-padding', this.#lastLine, 'file', message)
    }
  }
}

const emptyTotals = (): AchTotals => ({
  batches: 0,
  entries: 0,
  addenda: 0,
  debitMinor: 0n,
  creditMinor: 0n,
  entryHash: 0n,
  returns: 0,
  corrections: 0,
})
