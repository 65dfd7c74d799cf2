import { amount, count, digits, literal, reserved, text } from '../column.ts'
import { defineRecord } from '../record.ts'

/** Record 1: who sends the file to whom, and when (contracts/nacha/records.md). */
export const fileHeader = defineRecord('File Header', 'Opens the file: sender, receiver, creation.', {
  recordType: literal('1', 'Record type.'),
  priorityCode: digits(2, { cls: 'R', about: 'Always 01.' }),
  immediateDestination: text(10, {
    about: 'Who receives the file: a blank and nine digits of routing number.',
  }),
  immediateOrigin: text(10, {
    about: 'Who sends it: a blank and a routing number, or what the bank assigned.',
  }),
  creationDate: digits(6, { about: 'Day of creation, YYMMDD, Eastern time.' }),
  creationTime: digits(4, { cls: 'O', mayBeBlank: true, about: 'Time of creation, HHMM, 24 hours.' }),
  fileIdModifier: text(1, { about: 'A to Z, then 0 to 9: tells the files of one day apart.' }),
  recordSize: digits(3, { about: 'Always 094.' }),
  blockingFactor: digits(2, { about: 'Always 10 records a block.' }),
  formatCode: digits(1, { about: 'Always 1.' }),
  destinationName: text(23, { cls: 'O', about: 'Name of the receiving bank.' }),
  originName: text(23, { cls: 'O', about: 'Name of the sender.' }),
  referenceCode: text(8, { cls: 'O', about: "The sender's own file number." }),
})

/** Record 9: what the whole file adds up to. */
export const fileControl = defineRecord('File Control', 'Closes the file: counts, hash and totals.', {
  recordType: literal('9', 'Record type.'),
  batchCount: count(6, { about: 'Number of batches.' }),
  blockCount: count(6, { about: 'Number of blocks of ten records, the last one filled up.' }),
  entryAddendaCount: count(8, { about: 'Number of entries and addenda in all batches.' }),
  entryHash: amount(10, { about: 'Sum of the batch hashes, the low ten digits.' }),
  totalDebitMinor: amount(12, { about: 'Sum of all debits in cents.' }),
  totalCreditMinor: amount(12, { about: 'Sum of all credits in cents.' }),
  reserved56: reserved(39),
})

/** Record 9 of a file of accounting advices: its totals are twenty digits wide. */
export const advFileControl = defineRecord('ADV File Control', 'Closes a file of accounting advices.', {
  recordType: literal('9', 'Record type.'),
  batchCount: count(6, { about: 'Number of batches.' }),
  blockCount: count(6, { about: 'Number of blocks of ten records.' }),
  entryAddendaCount: count(8, { about: 'Number of entries in all batches.' }),
  entryHash: amount(10, { about: 'Sum of the batch hashes, the low ten digits.' }),
  totalDebitMinor: amount(20, { about: 'Sum of all debits in cents.' }),
  totalCreditMinor: amount(20, { about: 'Sum of all credits in cents.' }),
  reserved72: reserved(23),
})
