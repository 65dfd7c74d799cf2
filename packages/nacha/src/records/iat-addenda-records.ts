import { amount, count, digits, literal, reserved, text } from '../column.ts'
import { defineRecord } from '../record.ts'

const recordType = literal('7', 'Record type.')
const entrySequence = digits(7, { about: "Last seven digits of the entry's trace number." })
const sequenceNumber = count(4, { about: '1 upward without a gap.' })

/** Addenda 10 to 18: who pays whom across a border (contracts/nacha/records.md). */
export const iatAddenda10 = defineRecord('IAT Addenda 10', 'Kind, foreign amount and receiver.', {
  recordType,
  typeCode: literal('10', 'Addenda type.'),
  transactionTypeCode: text(3, { cls: 'R', about: 'Kind of payment, e.g. BUS, SAL, PEN.' }),
  foreignPaymentAmount: amount(18, { cls: 'R', about: 'Amount in the currency of the receiver, or zero.' }),
  foreignTraceNumber: text(22, { cls: 'O', about: 'Trace number abroad.' }),
  name: text(35, { about: 'Name of the receiver.' }),
  reserved82: reserved(6),
  entrySequence,
})

export const iatAddenda11 = defineRecord('IAT Addenda 11', 'Name and street of the originator.', {
  recordType,
  typeCode: literal('11', 'Addenda type.'),
  name: text(35, { about: 'Name of the originator.' }),
  street: text(35, { about: 'Street of the originator.' }),
  reserved74: reserved(14),
  entrySequence,
})

export const iatAddenda12 = defineRecord('IAT Addenda 12', 'City and country of the originator.', {
  recordType,
  typeCode: literal('12', 'Addenda type.'),
  cityAndState: text(35, { about: 'City and state, joined by *, ended by \\.' }),
  countryAndPostalCode: text(35, { about: 'Country and postal code, joined by *, ended by \\.' }),
  reserved74: reserved(14),
  entrySequence,
})

const bank = {
  name: text(35, { about: 'Name of the bank.' }),
  idQualifier: text(2, { about: '01 national, 02 BIC, 03 IBAN.' }),
  id: text(34, { about: 'Identification of the bank.' }),
  branchCountry: text(3, { about: 'Country of the branch.' }),
} as const

export const iatAddenda13 = defineRecord('IAT Addenda 13', 'Bank of the originator.', {
  recordType,
  typeCode: literal('13', 'Addenda type.'),
  ...bank,
  reserved78: reserved(10),
  entrySequence,
})

export const iatAddenda14 = defineRecord('IAT Addenda 14', 'Bank of the receiver.', {
  recordType,
  typeCode: literal('14', 'Addenda type.'),
  ...bank,
  reserved78: reserved(10),
  entrySequence,
})

export const iatAddenda15 = defineRecord('IAT Addenda 15', 'Identification and street of the receiver.', {
  recordType,
  typeCode: literal('15', 'Addenda type.'),
  receiverId: text(15, { cls: 'O', about: 'Identification of the receiver.' }),
  street: text(35, { about: 'Street of the receiver.' }),
  reserved54: reserved(34),
  entrySequence,
})

export const iatAddenda16 = defineRecord('IAT Addenda 16', 'City and country of the receiver.', {
  recordType,
  typeCode: literal('16', 'Addenda type.'),
  cityAndState: text(35, { about: 'City and state, joined by *, ended by \\.' }),
  countryAndPostalCode: text(35, { about: 'Country and postal code, joined by *, ended by \\.' }),
  reserved74: reserved(14),
  entrySequence,
})

export const iatAddenda17 = defineRecord('IAT Addenda 17', 'What the payment is for.', {
  recordType,
  typeCode: literal('17', 'Addenda type.'),
  paymentInformation: text(80, { cls: 'O', about: 'Remittance text.' }),
  sequenceNumber,
  entrySequence,
})

export const iatAddenda18 = defineRecord('IAT Addenda 18', 'A correspondent bank abroad.', {
  recordType,
  typeCode: literal('18', 'Addenda type.'),
  ...bank,
  reserved78: reserved(6),
  sequenceNumber,
  entrySequence,
})
