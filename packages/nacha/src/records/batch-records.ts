import { amount, count, digits, literal, reserved, text } from '../column.ts'
import { defineRecord } from '../record.ts'

const serviceClass = digits(3, { about: '200 mixed, 220 credits, 225 debits, 280 accounting advices.' })
const effectiveDate = text(6, { cls: 'R', about: 'The settlement day that is wanted, YYMMDD.' })
const settlementDay = text(3, { cls: '-', about: 'Settlement day of the year, put in by the operator.' })
const originatorStatus = text(1, { about: '1 a bank, 2 federal government, 0 accounting advices.' })
const odfi = text(8, { about: 'First eight digits of the routing number of the bank that sends the batch.' })
const batchNumber = count(7, { about: 'Ascending in the file; the same in the batch control.' })

/** Record 5 of all entry classes but IAT. */
export const batchHeader = defineRecord('Batch Header', 'Opens a batch: company, kind of entries, dates.', {
  recordType: literal('5', 'Record type.'),
  serviceClass,
  companyName: text(16, { about: 'The name that the receiver knows.' }),
  companyDiscretionaryData: text(20, { cls: 'O', about: "The company's own; comes back on returns." }),
  companyId: text(10, { about: 'Assigned by the bank, often 1 and the tax number.' }),
  secCode: text(3, { about: 'Standard entry class: PPD, WEB, CCD and so on.' }),
  entryDescription: text(10, { about: 'What the receiver reads on his statement.' }),
  descriptiveDate: text(6, { cls: 'O', about: 'Free text; SD1300 and the like ask for same-day.' }),
  effectiveDate,
  settlementDay,
  originatorStatus,
  odfi,
  batchNumber,
})

/** Record 5 of international entries. */
export const iatBatchHeader = defineRecord('IAT Batch Header', 'Opens a batch of international entries.', {
  recordType: literal('5', 'Record type.'),
  serviceClass,
  iatIndicator: text(16, { cls: '-', about: 'Blank; IATCOR in a notification of change.' }),
  exchangeIndicator: text(2, { about: 'FF fixed to fixed, FV fixed to variable, VF variable to fixed.' }),
  exchangeReferenceIndicator: text(1, { cls: 'R', about: '1 rate, 2 reference number, 3 none.' }),
  exchangeReference: text(15, { cls: 'R', about: 'Exchange rate or reference.' }),
  destinationCountry: text(2, { about: 'ISO country of the receiving bank.' }),
  companyId: text(10, { about: 'Identification of the originator.' }),
  secCode: text(3, { about: 'IAT, or COR in a notification of change.' }),
  entryDescription: text(10, { about: 'What the receiver reads on his statement.' }),
  originatingCurrency: text(3, { about: 'ISO currency of the originator.' }),
  destinationCurrency: text(3, { about: 'ISO currency of the receiver.' }),
  effectiveDate,
  settlementDay,
  originatorStatus,
  odfi,
  batchNumber,
})

/** Record 8. */
export const batchControl = defineRecord('Batch Control', 'Closes a batch: count, hash and totals.', {
  recordType: literal('8', 'Record type.'),
  serviceClass,
  entryAddendaCount: count(6, { about: 'Number of entries and addenda in the batch.' }),
  entryHash: amount(10, { about: 'Sum of columns 4-11 of every entry, the low ten digits.' }),
  totalDebitMinor: amount(12, { about: 'Sum of the debits in cents.' }),
  totalCreditMinor: amount(12, { about: 'Sum of the credits in cents.' }),
  companyId: text(10, { cls: 'R', about: 'As in the batch header.' }),
  messageAuthenticationCode: text(19, { cls: 'O', about: 'Spaces.' }),
  reserved74: reserved(6),
  odfi,
  batchNumber,
})

/** Record 8 of accounting advices: totals of twenty digits. */
export const advBatchControl = defineRecord('ADV Batch Control', 'Closes a batch of accounting advices.', {
  recordType: literal('8', 'Record type.'),
  serviceClass,
  entryAddendaCount: count(6, { about: 'Number of entries in the batch.' }),
  entryHash: amount(10, { about: 'Sum of columns 4-11 of every entry, the low ten digits.' }),
  totalDebitMinor: amount(20, { about: 'Sum of the debits in cents.' }),
  totalCreditMinor: amount(20, { about: 'Sum of the credits in cents.' }),
  operatorData: text(19, { cls: 'O', about: "The operator's own." }),
  odfi,
  batchNumber,
})
