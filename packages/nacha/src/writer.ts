import type { AchTotals, Finding } from './file.ts'
import { foldName } from './names.ts'
import type { AddendaPlan, BatchHeaderPlan, EntryPlan, FileHeaderPlan, FilePlan } from './plan.ts'
import { type AchItem, AchReader } from './reader.ts'
import { FieldRefused } from './record.ts'
import { type RecordLayout, tableOf } from './records.ts'
import { FILLER, type LineEnding } from './render-file.ts'
import { reservedDescriptions, reservedWordIn } from './reserved-descriptions.ts'
import { HASH_MODULUS } from './routing-number.ts'
import { layoutOf } from './sec-codes.ts'
import { directionOf } from './transaction-codes.ts'

/** Our own rules that only warn a reader, and that a writer keeps all the same. */
const KEPT_WHEN_WRITING = new Set([
  '03-priority-code',
  '03-creation-time',
  '04-destination-form',
  '14-batch-order',
  '15-trace-twice',
  '25-account-number',
  '26-reserved',
])

const JUDGED_AT_ONCE = 65_536

export interface WriteProblem {
  /** Line of the file that would have been; from 1. */
  line: number
  field: string
  rule: string
  message: string
}

/** The file was not written, and why: every problem by the name of its field. */
export class AchWriteRefused extends Error {
  override readonly name = 'AchWriteRefused'
  readonly problems: readonly WriteProblem[]

  constructor(problems: readonly WriteProblem[]) {
    const [first] = problems
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
    super(`line ${first?.line}: ${first?.field} ${first?.message}${more}`)
    this.problems = problems
  }
}

export interface WrittenEntry {
  line: number
  batchNumber: number
  traceNumber: string
}

export interface WrittenFile {
  text: string
  totals: AchTotals
  entries: WrittenEntry[]
}

/** Writes a whole file, which the strict reader has judged; or throws `AchWriteRefused` with all problems. */
export function writeAchFile(plan: FilePlan, options: { lineEnding?: LineEnding } = {}): WrittenFile {
  const problems: WriteProblem[] = []
  const writer = new AchWriter(plan.header, { ...options, onProblem: (problem) => problems.push(problem) })
  const entries: WrittenEntry[] = []
  let text = writer.start()
  for (const { entries: planned, ...batch } of plan.batches) {
    text += writer.startBatch({ serviceClass: serviceClassOf(planned), ...batch })
    for (const entry of planned) {
      entries.push({ line: writer.nextLine, batchNumber: writer.batchNumber, traceNumber: entry.traceNumber })
      text += writer.addEntry(entry)
    }
    text += writer.endBatch()
  }
  text += writer.end()
  if (problems.length > 0) throw new AchWriteRefused(problems)
  return { text, totals: writer.totals, entries }
}

function serviceClassOf(entries: readonly EntryPlan[]): '200' | '220' | '225' {
  const directions = new Set(entries.map(({ transactionCode }) => directionOf(transactionCode)))
  if (directions.size !== 1) return '200'
  return directions.has('debit') ? '225' : '220'
}

export interface WriterOptions {
  lineEnding?: LineEnding
  /** Told every problem instead of a throw at the first. Nothing of the text may then be used. */
  onProblem?: (problem: WriteProblem) => void
}

/**
 * Writes a file in pieces; keeps in memory no more than the reader that judges every line. The parts come in the
 * order of the file: `start`, then for each batch `startBatch`, `addEntry` …, `endBatch`, then `end`.
 */
export class AchWriter {
  readonly #header: FileHeaderPlan
  readonly #ending: LineEnding
  readonly #onProblem: (problem: WriteProblem) => void
  readonly #judge = new AchReader({ mode: 'strict' })
  readonly #encoder = new TextEncoder()
  #line = 0
  #unjudged = ''
  #isBroken = false
  #batch: (BatchHeaderPlan & { number: number }) | undefined
  #batchTotals = emptyTotals()
  #fileTotals = emptyTotals()
  #batchCount = 0
  #batchNumber = 0

  constructor(header: FileHeaderPlan, { lineEnding = '\n', onProblem }: WriterOptions = {}) {
    this.#header = header
    this.#ending = lineEnding
    this.#onProblem =
      onProblem ??
      ((problem) => {
        throw new AchWriteRefused([problem])
      })
  }

  get totals(): AchTotals {
    return this.#judge.totals
  }

  get nextLine(): number {
    return this.#line + 1
  }

  get batchNumber(): number {
    return this.#batchNumber
  }

  start(): string {
    return this.#write('fileHeader', {
      priorityCode: '01',
      recordSize: '094',
      blockingFactor: '10',
      formatCode: '1',
      creationTime: '',
      referenceCode: '',
      ...this.#header,
      destinationName: foldName(this.#header.destinationName ?? ''),
      originName: foldName(this.#header.originName ?? ''),
    })
  }

  startBatch(plan: BatchHeaderPlan): string {
    this.#batchNumber = plan.batchNumber ?? this.#batchNumber + 1
    this.#batch = { ...plan, number: this.#batchNumber }
    this.#batchTotals = emptyTotals()
    return this.#write('batchHeader', {
      serviceClass: '200',
      companyDiscretionaryData: '',
      descriptiveDate: '',
      settlementDay: '',
      originatorStatus: '1',
      ...plan,
      companyName: foldName(plan.companyName),
      entryDescription: this.#describe(plan),
      batchNumber: this.#batchNumber,
    })
  }

  #describe({ purpose, entryDescription = '', isAnswer = false }: BatchHeaderPlan): string {
    if (isAnswer) return entryDescription
    if (purpose !== undefined && entryDescription === '') {
      return reservedDescriptions.find((one) => one.purpose === purpose)?.word ?? ''
    }
    const word = reservedWordIn(entryDescription)?.word
    const own = reservedDescriptions.find((one) => one.purpose === purpose && purpose !== undefined)?.word
    if ((word !== undefined && word !== own) || (purpose !== undefined && word === undefined)) {
      const message =
        word === undefined ? `must be left to the purpose ${purpose}` : `begins with the reserved ${word}`
      this.#refuse('entryDescription', '29-description', message)
    }
    return entryDescription
  }

  addEntry(plan: EntryPlan): string {
    const batch = this.#batch
    if (batch === undefined) throw new Error('An entry needs a batch: call startBatch first')
    const addenda = plan.addenda ?? []
    const totals = this.#batchTotals
    totals.records += 1 + addenda.length
    totals.hash += BigInt(/^\d{8}/.test(plan.routingNumber) ? plan.routingNumber.slice(0, 8) : 0)
    if (directionOf(plan.transactionCode) === 'debit') totals.debitMinor += plan.amountMinor
    else totals.creditMinor += plan.amountMinor

    const isNine = plan.routingNumber.length === 9
    if (!isNine) this.#refuse('routingNumber', '18-check-digit', 'must be nine digits')
    let text = this.#write(layoutOf(batch.secCode), {
      transactionCode: plan.transactionCode,
      receivingDfi: plan.routingNumber.slice(0, 8).padEnd(8, '0'),
      checkDigit: isNine ? plan.routingNumber.slice(8) : '0',
      accountNumber: plan.accountNumber,
      amountMinor: plan.amountMinor,
      individualId: plan.individualId ?? '',
      individualName: foldName(plan.individualName),
      discretionaryData: plan.paymentType ?? plan.discretionaryData ?? '',
      addendaCount: addenda.length,
      addendaIndicator: addenda.length > 0 ? '1' : '0',
      traceNumber: plan.traceNumber,
    })
    for (const [index, one] of addenda.entries()) text += this.#writeAddenda(one, index, plan.traceNumber)
    return text
  }

  #writeAddenda(plan: AddendaPlan, index: number, traceNumber: string): string {
    switch (plan.kind) {
      case 'payment':
        return this.#write('paymentAddenda', {
          paymentInformation: plan.text,
          sequenceNumber: index + 1,
          entrySequence: traceNumber.slice(8),
        })
      case 'return':
        return this.#write('returnAddenda', { dateOfDeath: '', information: '', ...plan, traceNumber })
      case 'correction':
        return this.#write('changeAddenda', { ...plan, traceNumber })
      case 'refused_correction':
        return this.#write('refusedChangeAddenda', { ...plan, traceNumber })
      case 'dishonor':
        return this.#write('dishonorAddenda', {
          information: '',
          ...plan,
          returnCode: plan.returnCode.slice(1),
          traceNumber,
        })
      case 'contest':
        return this.#write('contestAddenda', {
          originalReturnDate: '',
          originalSettlementDay: '',
          ...plan,
          returnCode: plan.returnCode.slice(1),
          dishonorCode: plan.dishonorCode.slice(1),
          traceNumber,
        })
    }
  }

  endBatch(): string {
    const batch = this.#batch
    if (batch === undefined) throw new Error('There is no batch to end')
    this.#batch = undefined
    const totals = this.#batchTotals
    const file = this.#fileTotals
    this.#batchCount += 1
    file.records += totals.records
    file.hash += totals.hash % HASH_MODULUS
    file.debitMinor += totals.debitMinor
    file.creditMinor += totals.creditMinor
    return this.#write('batchControl', {
      serviceClass: batch.serviceClass ?? '200',
      entryAddendaCount: totals.records,
      entryHash: totals.hash % HASH_MODULUS,
      totalDebitMinor: totals.debitMinor,
      totalCreditMinor: totals.creditMinor,
      companyId: batch.companyId,
      messageAuthenticationCode: '',
      odfi: batch.odfi,
      batchNumber: batch.number,
    })
  }

  end(): string {
    const totals = this.#fileTotals
    let text = this.#write('fileControl', {
      batchCount: this.#batchCount,
      blockCount: Math.ceil((this.#line + 1) / 10),
      entryAddendaCount: totals.records,
      entryHash: totals.hash % HASH_MODULUS,
      totalDebitMinor: totals.debitMinor,
      totalCreditMinor: totals.creditMinor,
    })
    while (this.#line % 10 !== 0) text += this.#put(FILLER)
    this.#judgeSoFar()
    this.#hear(this.#judge.end())
    return text
  }

  #write(layout: RecordLayout, values: Record<string, unknown>): string {
    try {
      return this.#put(tableOf(layout).write(values))
    } catch (error) {
      if (!(error instanceof FieldRefused)) throw error
      this.#line += 1
      // A record is missing now: what the reader would say of the rest is not to be believed.
      this.#isBroken = true
      this.#onProblem({ line: this.#line, field: error.field, rule: '26-field', message: error.reason })
      return ''
    }
  }

  #put(line: string): string {
    this.#line += 1
    this.#unjudged += `${line}\n`
    if (this.#unjudged.length >= JUDGED_AT_ONCE) this.#judgeSoFar()
    return line + this.#ending
  }

  #judgeSoFar(): void {
    const bytes = this.#encoder.encode(this.#unjudged)
    this.#unjudged = ''
    this.#hear(this.#judge.push(bytes))
  }

  /** The reader's findings are the writer's refusals: there is one set of rules. */
  #hear(items: readonly AchItem[]): void {
    if (this.#isBroken) return
    for (const item of items) if (item.kind === 'finding') this.#judgeFinding(item.finding)
  }

  #judgeFinding({ line, field, rule, severity, message }: Finding): void {
    if (severity === 'error' || KEPT_WHEN_WRITING.has(rule)) this.#onProblem({ line, field, rule, message })
  }

  #refuse(field: string, rule: string, message: string): void {
    this.#onProblem({ line: this.#line + 1, field, rule, message })
  }
}

const emptyTotals = () => ({ records: 0, hash: 0n, debitMinor: 0n, creditMinor: 0n })
