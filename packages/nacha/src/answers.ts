import { readEntryFacts } from './facts.ts'
import type { AchEntry } from './file.ts'
import type { AddendaPlan, BatchHeaderPlan, EntryPlan } from './plan.ts'
import type { BatchHeader } from './records.ts'
import { answerCodeOf } from './transaction-codes.ts'

/** What only the answering bank knows. */
export interface AnswerIdentity {
  /** Routing number of the bank that sent the entry, to which the answer goes. */
  routingNumber: string
  /** First eight digits of the answering bank. */
  odfi: string
  /** New, and beginning with `odfi`. */
  traceNumber: string
}

type SecCode = BatchHeaderPlan['secCode']

/** Head of a batch of answers: copied from the batch that is answered, but for what is the answering bank's. */
export function answerBatch(
  header: BatchHeader,
  {
    odfi,
    settlementDay,
    isCorrection = false,
  }: { odfi: string; settlementDay: string; isCorrection?: boolean },
): BatchHeaderPlan {
  return {
    secCode: (isCorrection ? 'COR' : header.secCode) as SecCode,
    companyName: header.layout === 'batchHeader' ? header.companyName : '',
    companyDiscretionaryData: header.layout === 'batchHeader' ? header.companyDiscretionaryData : '',
    companyId: header.companyId,
    entryDescription: header.entryDescription,
    isAnswer: true,
    descriptiveDate: header.layout === 'batchHeader' ? header.descriptiveDate : '',
    effectiveDate: header.effectiveDate,
    settlementDay,
    odfi,
  }
}

/** The entry that comes back with a return. */
export function returnEntry(
  header: BatchHeader,
  entry: AchEntry,
  answer: AnswerIdentity & { code: string; information?: string; dateOfDeath?: string },
): EntryPlan {
  const { code, information, dateOfDeath } = answer
  return answerEntry(header, entry, answer, readEntryFacts(header, entry).amountMinor, {
    kind: 'return',
    code,
    ...originalOf(header, entry),
    ...(information === undefined ? {} : { information }),
    ...(dateOfDeath === undefined ? {} : { dateOfDeath }),
  })
}

/** The entry of zero that brings a notification of change. */
export function correctionEntry(
  header: BatchHeader,
  entry: AchEntry,
  answer: AnswerIdentity & { code: string; correctedData: string },
): EntryPlan {
  const { code, correctedData } = answer
  return answerEntry(header, entry, answer, 0n, {
    kind: 'correction',
    code,
    ...originalOf(header, entry),
    correctedData,
  })
}

function originalOf(header: BatchHeader, entry: AchEntry) {
  const { traceNumber, routingNumber } = readEntryFacts(header, entry)
  return { originalTrace: traceNumber, originalReceivingDfi: routingNumber.slice(0, 8) }
}

function answerEntry(
  header: BatchHeader,
  entry: AchEntry,
  { routingNumber, traceNumber }: AnswerIdentity,
  amountMinor: bigint,
  addenda: AddendaPlan,
): EntryPlan {
  const facts = readEntryFacts(header, entry)
  const { detail } = entry
  return {
    transactionCode: answerCodeOf(facts.transactionCode),
    routingNumber,
    accountNumber: facts.accountNumber,
    amountMinor,
    individualId: facts.individualId,
    individualName: facts.individualName,
    discretionaryData: 'discretionaryData' in detail ? detail.discretionaryData : '',
    traceNumber,
    addenda: [addenda],
  }
}
