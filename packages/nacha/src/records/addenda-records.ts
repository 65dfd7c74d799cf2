import { amount, count, digits, literal, reserved, text } from '../column.ts'
import { defineRecord } from '../record.ts'

const recordType = literal('7', 'Record type.')
const traceNumber = digits(15, { about: 'The trace number of the entry it belongs to.' })
const originalTrace = text(15, { about: 'Trace number of the entry that is answered.' })
const originalReceivingDfi = text(8, { cls: 'R', about: 'Receiving bank of the entry that is answered.' })
const sequenceNumber = count(4, { about: '1 upward without a gap.' })
const entrySequence = digits(7, { about: "Last seven digits of the entry's trace number." })

/** Addenda 02: the terminal of POS, SHR and MTE. */
export const terminalAddenda = defineRecord('Addenda 02', 'Where a card was used.', {
  recordType,
  typeCode: literal('02', 'Addenda type.'),
  reference1: text(7, { cls: 'O', about: 'Reference; in MTE the kind of transaction.' }),
  reference2: text(3, { cls: 'O', about: 'Reference; in MTE the network.' }),
  terminalId: text(6, { cls: 'R', about: 'Terminal.' }),
  transactionSerial: text(6, { cls: 'R', about: 'Serial number of the transaction.' }),
  transactionDate: text(4, { cls: 'R', about: 'MMDD.' }),
  authorization: text(6, { cls: 'O', about: 'Authorization code or card expiry; in MTE the time.' }),
  terminalLocation: text(27, { cls: 'R', about: 'Address of the terminal.' }),
  terminalCity: text(15, { cls: 'R', about: 'City of the terminal.' }),
  terminalState: text(2, { cls: 'R', about: 'State of the terminal.' }),
  traceNumber,
})

/** Addenda 05: what the payment is for. */
export const paymentAddenda = defineRecord('Addenda 05', 'What a payment is for.', {
  recordType,
  typeCode: literal('05', 'Addenda type.'),
  paymentInformation: text(80, { cls: 'O', about: 'X12 segments: elements end with *, segments with \\.' }),
  sequenceNumber,
  entrySequence,
})

/** Addenda 98: a notification of change. */
export const changeAddenda = defineRecord('Addenda 98', 'The receiving bank corrects what it was sent.', {
  recordType,
  typeCode: literal('98', 'Addenda type.'),
  code: text(3, { about: 'What is wrong: C01 to C14.' }),
  originalTrace,
  reserved22: reserved(6),
  originalReceivingDfi,
  correctedData: text(29, { about: 'What is right; its places depend on the code.' }),
  reserved65: reserved(15),
  traceNumber,
})

/** Addenda 98 of an international notification of change: six characters more. */
export const iatChangeAddenda = defineRecord('IAT Addenda 98', 'A correction of an international entry.', {
  recordType,
  typeCode: literal('98', 'Addenda type.'),
  code: text(3, { about: 'What is wrong: C01 to C14.' }),
  originalTrace,
  reserved22: reserved(6),
  originalReceivingDfi,
  correctedData: text(35, { about: 'What is right; its places depend on the code.' }),
  reserved71: reserved(9),
  traceNumber,
})

/** Addenda 98 that goes back: the sending bank refuses a notification of change. */
export const refusedChangeAddenda = defineRecord('Refused Addenda 98', 'A correction is refused.', {
  recordType,
  typeCode: literal('98', 'Addenda type.'),
  code: text(3, { about: 'Why it is refused: C61 to C69.' }),
  originalTrace,
  reserved22: reserved(6),
  originalReceivingDfi,
  correctedData: text(29, { about: 'Copied from the notification.' }),
  changeCode: text(3, { about: 'Code of the notification that is refused.' }),
  traceSequence: text(7, { about: "Last seven digits of the notification's trace number." }),
  reserved75: reserved(5),
  traceNumber,
})

/** Addenda 99: an entry comes back. */
export const returnAddenda = defineRecord('Addenda 99', 'An entry comes back, and why.', {
  recordType,
  typeCode: literal('99', 'Addenda type.'),
  code: text(3, { about: 'Reason of the return: R01 to R53, R80 to R85.' }),
  originalTrace,
  dateOfDeath: text(6, { cls: 'O', about: 'YYMMDD; with R14 and R15 only.' }),
  originalReceivingDfi,
  information: text(44, { cls: 'O', about: 'Free text; QUESTIONABLE with R17 means suspected fraud.' }),
  traceNumber,
})

/** Addenda 99 of an international return. */
export const iatReturnAddenda = defineRecord('IAT Addenda 99', 'An international entry comes back.', {
  recordType,
  typeCode: literal('99', 'Addenda type.'),
  code: text(3, { about: 'Reason of the return.' }),
  originalTrace,
  dateOfDeath: text(6, { cls: 'O', about: 'YYMMDD; with R14 and R15 only.' }),
  originalReceivingDfi,
  originalAmountMinor: amount(10, { about: 'Amount of the entry that comes back.' }),
  information: text(34, { cls: 'O', about: 'Free text.' }),
  traceNumber,
})

/** Addenda 99 of a dishonored return: the sending bank does not accept it. */
export const dishonorAddenda = defineRecord('Dishonored Addenda 99', 'A return is not accepted.', {
  recordType,
  typeCode: literal('99', 'Addenda type.'),
  code: text(3, { about: 'Why not: R61, R62, R67 to R70.' }),
  originalTrace,
  reserved22: reserved(6),
  originalReceivingDfi,
  reserved36: reserved(3),
  returnTrace: text(15, { about: 'Trace number of the return.' }),
  returnSettlementDay: text(3, { about: 'Day of the year on which the return settled.' }),
  returnCode: text(2, { about: 'Reason of the return without its R.' }),
  information: text(21, { cls: 'O', about: 'With R69 the wrong fields, two digits each, joined by *.' }),
  traceNumber,
})

/** Addenda 99 of a contested dishonor or a corrected return. */
export const contestAddenda = defineRecord('Contested Addenda 99', 'A dishonor is contested.', {
  recordType,
  typeCode: literal('99', 'Addenda type.'),
  code: text(3, { about: 'Why: R71 to R77.' }),
  originalTrace,
  originalReturnDate: text(6, { cls: 'O', about: 'YYMMDD on which the entry came back; needed with R73.' }),
  originalReceivingDfi,
  originalSettlementDay: text(3, { cls: 'O', about: 'Settlement day of the entry; needed with R73.' }),
  returnTrace: text(15, { about: 'Trace number of the return.' }),
  returnSettlementDay: text(3, { about: 'Day of the year on which the return settled.' }),
  returnCode: text(2, { about: 'Reason of the return without its R.' }),
  dishonorTrace: text(15, { about: 'Trace number of the dishonored return.' }),
  dishonorSettlementDay: text(3, { about: 'Day of the year on which the dishonor settled.' }),
  dishonorCode: text(2, { about: 'Reason of the dishonor without its R.' }),
  reserved79: reserved(1),
  traceNumber,
})

/** Addenda of a type that no table knows: kept as it is. */
export const unknownAddenda = defineRecord('Addenda', 'Addenda of an unknown type.', {
  recordType,
  typeCode: text(2, { about: 'Addenda type.' }),
  content: text(84, { cls: 'O', about: 'Unknown.' }),
  entrySequence: text(7, { cls: 'O', about: 'Perhaps the last digits of the trace number.' }),
})
