import { type ChangeReason, changeCodes } from './change-codes.ts'
import { categoryOf, traceOf } from './check-entry.ts'
import { type CorrectedData, readCorrectedData } from './corrected-data.ts'
import { readDay } from './dates.ts'
import type { AchBatch, AchEntry, AchFile } from './file.ts'
import type { Addenda, BatchHeader } from './records.ts'
import { type ReturnReason, returnCodes } from './return-codes.ts'
import {
  type AccountType,
  accountTypeOf,
  type Direction,
  directionOf,
  transactionCodes,
} from './transaction-codes.ts'

/** What every entry says, whatever its class and layout. */
export interface EntryFacts {
  readonly line: number
  readonly batchNumber: number | undefined
  readonly companyId: string
  readonly companyName: string
  readonly secCode: string
  readonly entryDescription: string
  /** YYMMDD; undefined when it is blank, zeros or no day. */
  readonly effectiveDate: string | undefined
  /** Day of the year, put in by the operator. */
  readonly settlementDay: string | undefined
  readonly transactionCode: string
  readonly direction: Direction
  readonly accountType: AccountType | undefined
  readonly routingNumber: string
  readonly accountNumber: string
  readonly amountMinor: bigint
  readonly individualId: string
  readonly individualName: string
  readonly paymentType: string
  readonly traceNumber: string
}

interface AnswerFacts extends EntryFacts {
  /** In upper case; perhaps one that no table knows. */
  readonly code: string
  readonly originalTrace: string
  readonly originalReceivingDfi: string
}

interface DisputeFacts extends AnswerFacts {
  readonly reason: ReturnReason | undefined
  readonly returnTrace: string
  readonly returnSettlementDay: string
  /** With its R. */
  readonly returnCode: string
}

export interface ForwardFact extends EntryFacts {
  readonly kind: 'forward' | 'prenote'
  readonly payments: readonly string[]
}

export interface ReturnFact extends AnswerFacts {
  readonly kind: 'return'
  readonly reason: ReturnReason | undefined
  readonly information: string
  readonly dateOfDeath: string | undefined
}

export interface DishonoredReturnFact extends DisputeFacts {
  readonly kind: 'dishonored_return'
  readonly information: string
}

export interface ContestedReturnFact extends DisputeFacts {
  readonly kind: 'contested_return'
  readonly dishonorTrace: string
  readonly dishonorSettlementDay: string
  /** With its R. */
  readonly dishonorCode: string
  readonly originalReturnDate: string | undefined
  readonly originalSettlementDay: string | undefined
}

export interface CorrectionFact extends AnswerFacts {
  readonly kind: 'correction'
  readonly change: ChangeReason | undefined
  readonly correctedText: string
  /** Undefined: a person must look at `correctedText`. */
  readonly corrected: CorrectedData | undefined
}

export interface RefusedCorrectionFact extends AnswerFacts {
  readonly kind: 'refused_correction'
  readonly changeCode: string
  readonly traceSequence: string
  readonly correctedText: string
}

/** An amount, routing number, code or trace number that cannot be read: for a person. */
export interface UnreadableFact extends EntryFacts {
  readonly kind: 'unreadable'
  readonly fields: readonly string[]
}

export type AchFact =
  | ForwardFact
  | ReturnFact
  | DishonoredReturnFact
  | ContestedReturnFact
  | CorrectionFact
  | RefusedCorrectionFact
  | UnreadableFact

/** One fact an entry, in the order of the file. */
export function* factsOf(file: AchFile): Generator<AchFact & { batch: AchBatch }> {
  for (const batch of file.batches) {
    for (const entry of batch.entries) yield { ...readFact(batch.header, entry), batch }
  }
}

const NEEDED = ['transactionCode', 'receivingDfi', 'amountMinor', 'traceNumber']

/** The newest addenda 98 or 99 decides what an entry is. */
export function readFact(header: BatchHeader | undefined, entry: AchEntry): AchFact {
  const facts = readEntryFacts(header, entry)
  const fields = entry.unreadable.filter((name) => NEEDED.includes(name))
  if (fields.length > 0) return { ...facts, kind: 'unreadable', fields }
  const answer = entry.addenda.findLast((one): one is Answer => 'code' in one)
  if (answer !== undefined) return readAnswer(facts, answer)
  const isPrenote = transactionCodes.get(facts.transactionCode)?.use === 'prenote'
  return {
    ...facts,
    kind: isPrenote && categoryOf(entry) === 'forward' ? 'prenote' : 'forward',
    payments: entry.addenda.flatMap((one) => ('paymentInformation' in one ? [one.paymentInformation] : [])),
  }
}

type Answer = Extract<Addenda, { code: string }>

function readAnswer(facts: EntryFacts, answer: Answer): AchFact {
  const code = answer.code.toUpperCase()
  const { originalTrace, originalReceivingDfi } = answer
  const head = { ...facts, code, originalTrace, originalReceivingDfi }
  const reason = returnCodes.get(code)
  switch (answer.layout) {
    case 'returnAddenda':
    case 'iatReturnAddenda': {
      const { information, dateOfDeath } = answer
      return {
        ...head,
        kind: 'return',
        reason,
        information: information.trim(),
        dateOfDeath: given(dateOfDeath),
      }
    }
    case 'changeAddenda':
    case 'iatChangeAddenda': {
      const correctedText = answer.correctedData
      const corrected = readCorrectedData(code, correctedText, {
        isIat: answer.layout === 'iatChangeAddenda',
      })
      return { ...head, kind: 'correction', change: changeCodes.get(code), correctedText, corrected }
    }
    case 'refusedChangeAddenda': {
      const { changeCode, traceSequence, correctedData: correctedText } = answer
      return { ...head, kind: 'refused_correction', changeCode, traceSequence, correctedText }
    }
    case 'dishonorAddenda':
      return {
        ...head,
        ...disputeOf(answer),
        kind: 'dishonored_return',
        reason,
        information: answer.information.trim(),
      }
    case 'contestAddenda': {
      const { dishonorTrace, dishonorSettlementDay } = answer
      return {
        ...head,
        ...disputeOf(answer),
        kind: 'contested_return',
        reason,
        dishonorTrace,
        dishonorSettlementDay,
        dishonorCode: `R${answer.dishonorCode}`,
        originalReturnDate: given(answer.originalReturnDate),
        originalSettlementDay: given(answer.originalSettlementDay),
      }
    }
  }
}

function disputeOf(answer: { returnTrace: string; returnSettlementDay: string; returnCode: string }) {
  const { returnTrace, returnSettlementDay } = answer
  return { returnTrace, returnSettlementDay, returnCode: `R${answer.returnCode}` }
}

export function readEntryFacts(header: BatchHeader | undefined, entry: AchEntry): EntryFacts {
  const { detail, line } = entry
  return {
    line,
    batchNumber: header?.batchNumber,
    companyId: header?.companyId.trim() ?? '',
    companyName: header?.layout === 'batchHeader' ? header.companyName : '',
    secCode: header?.secCode.toUpperCase() ?? '',
    entryDescription: header?.entryDescription ?? '',
    effectiveDate: dayIn(header?.effectiveDate ?? ''),
    settlementDay: given(header?.settlementDay ?? ''),
    transactionCode: detail.transactionCode,
    direction: directionOf(detail.transactionCode),
    accountType: accountTypeOf(detail.transactionCode),
    routingNumber: `${detail.receivingDfi}${detail.checkDigit}`,
    accountNumber: detail.accountNumber.trim(),
    amountMinor: detail.amountMinor,
    individualId: 'individualId' in detail ? detail.individualId : '',
    individualName: nameOf(entry),
    paymentType: 'discretionaryData' in detail ? detail.discretionaryData.trim() : '',
    traceNumber: traceOf(entry),
  }
}

/** In an international entry the name stands in its first addenda. */
function nameOf({ detail, addenda }: AchEntry): string {
  if ('individualName' in detail) return detail.individualName.trim()
  const first = addenda.find((one) => one.layout === 'iatAddenda10')
  return first?.layout === 'iatAddenda10' ? first.name.trim() : ''
}

/** Some systems write the first day of their calendar for none. */
const dayIn = (text: string) => (text !== '000101' && readDay(text) !== undefined ? text : undefined)

const given = (text: string): string | undefined => (/^[ 0]*$/.test(text) ? undefined : text)
