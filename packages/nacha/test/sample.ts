import {
  type BatchPlan,
  type EntryPlan,
  type FileHeaderPlan,
  type FilePlan,
  isRoutingNumber,
  writeAchFile,
} from '../src/index.ts'

/** Made-up banks: ours, which sends the files, and two that receive entries. */
export const OURS = '061100774'
export const NORTH = '082401915'
export const SOUTH = '111906543'
export const OUR_DFI = OURS.slice(0, 8)

export const header: FileHeaderPlan = {
  immediateDestination: ` ${OURS}`,
  immediateOrigin: '1472583690',
  creationDate: '260302',
  creationTime: '0915',
  fileIdModifier: 'A',
  destinationName: 'RIVERBEND NATIONAL',
  originName: 'PINE HARBOR BROKERAGE',
  referenceCode: 'PH000007',
}

export const traceOf = (sequence: number, dfi = OUR_DFI): string => dfi + String(sequence).padStart(7, '0')

export const debit: EntryPlan = {
  transactionCode: '27',
  routingNumber: NORTH,
  accountNumber: '0071429938',
  amountMinor: 41_275n,
  individualId: 'DEP000000000311',
  individualName: 'IRIS CALLOWAY',
  paymentType: 'S',
  traceNumber: traceOf(311),
}

export const credit: EntryPlan = {
  transactionCode: '32',
  routingNumber: SOUTH,
  accountNumber: '5-90-117',
  amountMinor: 8_800_001n,
  individualId: 'WDL000000000312',
  individualName: 'OTIS MARLOWE',
  traceNumber: traceOf(312),
}

const head = { companyName: 'PINE HARBOR', companyId: '1472583690', effectiveDate: '260303', odfi: OUR_DFI }

export const webBatch: BatchPlan = { ...head, secCode: 'WEB', entryDescription: 'DEPOSIT', entries: [debit] }
export const ppdBatch: BatchPlan = { ...head, secCode: 'PPD', entryDescription: 'PAYOUT', entries: [credit] }
export const ccdBatch: BatchPlan = {
  ...head,
  secCode: 'CCD',
  entryDescription: 'DEPOSIT',
  entries: [
    {
      transactionCode: '27',
      routingNumber: NORTH,
      accountNumber: '0071429938',
      amountMinor: 41_275n,
      individualName: 'LANTERN WORKS LLC',
      individualId: 'DEP000000000313',
      traceNumber: traceOf(313),
      addenda: [{ kind: 'payment', text: 'REF*TN*DEP000000000313\\' }],
    },
  ],
}

export const plan: FilePlan = { header, batches: [webBatch, ppdBatch, ccdBatch] }

export const fileOf = (...batches: BatchPlan[]): string => writeAchFile({ header, batches }).text

/** Answers come from the receiving bank: its own numbers, our routing number. */
export function answerFile(
  secCode: BatchPlan['secCode'],
  entry: Partial<EntryPlan>,
  original: EntryPlan = debit,
): string {
  const traceNumber = traceOf(9_001, NORTH.slice(0, 8))
  return fileOf({
    ...head,
    secCode,
    entryDescription: 'DEPOSIT',
    isAnswer: true,
    odfi: NORTH.slice(0, 8),
    settlementDay: '062',
    batchNumber: 88,
    entries: [
      {
        ...original,
        transactionCode: '26',
        routingNumber: OURS,
        amountMinor: secCode === 'COR' ? 0n : original.amountMinor,
        traceNumber,
        ...entry,
      },
    ],
  })
}

export const original = { originalTrace: debit.traceNumber, originalReceivingDfi: NORTH.slice(0, 8) }

for (const number of [OURS, NORTH, SOUTH]) {
  if (!isRoutingNumber(number)) throw new Error(`${number} is no routing number`)
}
