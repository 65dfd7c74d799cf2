import type { FileHeaderInput } from './records.ts'
import type { BatchPurpose } from './reserved-descriptions.ts'

/** What a writer is told; everything that can be counted it counts itself. */
export interface FilePlan {
  header: FileHeaderPlan
  batches: readonly BatchPlan[]
}

type Constant = 'priorityCode' | 'recordSize' | 'blockingFactor' | 'formatCode'
type Free = 'creationTime' | 'destinationName' | 'originName' | 'referenceCode'

export type FileHeaderPlan = Omit<FileHeaderInput, Constant | Free> & Partial<Pick<FileHeaderInput, Free>>

/** The head of a batch. The description is free, or it is the reserved word of `purpose`. */
export interface BatchHeaderPlan {
  secCode: 'PPD' | 'WEB' | 'TEL' | 'CCD' | 'CTX' | 'COR'
  /** Computed from the entries when the whole batch is known; else 200. */
  serviceClass?: '200' | '220' | '225'
  companyName: string
  companyDiscretionaryData?: string
  companyId: string
  entryDescription?: string
  purpose?: BatchPurpose
  /** A batch of answers repeats the description of the entries that it answers, reserved or not. */
  isAnswer?: boolean
  descriptiveDate?: string
  effectiveDate: string
  /** Day of the year; only an operator writes it. */
  settlementDay?: string
  originatorStatus?: string
  /** First eight digits of the routing number of the bank that sends the batch. */
  odfi: string
  /** The next in the file when it is left out. */
  batchNumber?: number
}

export interface BatchPlan extends BatchHeaderPlan {
  entries: readonly EntryPlan[]
}

export interface EntryPlan {
  transactionCode: string
  /** Nine digits. */
  routingNumber: string
  accountNumber: string
  amountMinor: bigint
  individualId?: string
  individualName: string
  /** Of WEB and TEL: R recurring, S single, ST standing authorization. */
  paymentType?: 'R' | 'S' | 'ST'
  discretionaryData?: string
  traceNumber: string
  addenda?: readonly AddendaPlan[]
}

interface AnswerPlan {
  code: string
  originalTrace: string
  originalReceivingDfi: string
}

interface DisputePlan extends AnswerPlan {
  returnTrace: string
  returnSettlementDay: string
  /** With its R. */
  returnCode: string
}

export type AddendaPlan =
  | { kind: 'payment'; text: string }
  | ({ kind: 'return'; dateOfDeath?: string; information?: string } & AnswerPlan)
  | ({ kind: 'correction'; correctedData: string } & AnswerPlan)
  | ({
      kind: 'refused_correction'
      correctedData: string
      changeCode: string
      traceSequence: string
    } & AnswerPlan)
  | ({ kind: 'dishonor'; information?: string } & DisputePlan)
  | ({
      kind: 'contest'
      originalReturnDate?: string
      originalSettlementDay?: string
      dishonorTrace: string
      dishonorSettlementDay: string
      /** With its R. */
      dishonorCode: string
    } & DisputePlan)
