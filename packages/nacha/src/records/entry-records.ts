import { amount, count, digits, literal, reserved, text } from '../column.ts'
import { defineRecord } from '../record.ts'

const recordType = literal('6', 'Record type.')
const transactionCode = digits(2, { about: 'Kind of account and direction, e.g. 27 debit of checking.' })
const receivingDfi = digits(8, { about: 'Digits 1-8 of the routing number of the receiving bank.' })
const checkDigit = digits(1, { about: 'Digit 9 of that routing number.' })
const accountNumber = text(17, {
  cls: 'R',
  about: "The receiver's account, left-justified; leading zeros count.",
})
const amountMinor = amount(10, {
  about: 'Cents. Zero in prenotes, corrections and zero-dollar entries only.',
})
const individualId = text(15, { cls: 'O', about: "The originator's reference; comes back unchanged." })
const individualName = text(22, { cls: 'R', about: 'Name of the receiver.' })
const discretionaryData = text(2, {
  cls: 'O',
  about: "The originator's own; in WEB and TEL the payment type.",
})
const addendaIndicator = digits(1, { about: '1 when addenda follow.' })
const traceNumber = digits(15, { about: "Sending bank's eight digits and a sequence of seven." })

const front = { recordType, transactionCode, receivingDfi, checkDigit, accountNumber, amountMinor } as const
const back = { discretionaryData, addendaIndicator, traceNumber } as const

/** Record 6 of PPD, WEB, TEL, CCD, corrections, and what has no layout of its own. */
export const entryDetail = defineRecord('Entry Detail', 'One debit or credit to one receiver.', {
  ...front,
  individualId,
  individualName,
  ...back,
})

/** Record 6 of CTX, ATX and ENR, which tells the number of its addenda. */
export const corporateEntryDetail = defineRecord('Corporate Entry Detail', 'An entry with many addenda.', {
  ...front,
  individualId,
  addendaCount: count(4, { about: 'Number of addenda that follow.' }),
  individualName: text(16, { cls: 'R', about: 'Name or identification of the receiving company.' }),
  reserved75: reserved(2),
  ...back,
})

/** Record 6 of CIE and MTE: name and identifier have changed places and widths. */
export const customerInitiatedEntryDetail = defineRecord(
  'CIE/MTE Entry Detail',
  'An entry that a customer began.',
  {
    ...front,
    individualName: text(15, { cls: 'R', about: 'Name of the individual.' }),
    individualId: text(22, { about: 'Identification of the individual at the receiver.' }),
    ...back,
  },
)

/** Record 6 of ARC, BOC, RCK and XCK: a check that became an entry. */
export const checkEntryDetail = defineRecord('Check Entry Detail', 'A check that became an entry.', {
  ...front,
  individualId: text(15, { about: 'Serial number of the check.' }),
  individualName,
  ...back,
})

/** Record 6 of POP. */
export const popEntryDetail = defineRecord(
  'POP Entry Detail',
  'A check converted at the point of purchase.',
  {
    ...front,
    individualId: text(9, { about: 'Serial number of the check.' }),
    terminalCity: text(4, { about: 'City of the terminal.' }),
    terminalState: text(2, { about: 'State of the terminal.' }),
    individualName,
    ...back,
  },
)

/** Record 6 of SHR: a card at a shared terminal. */
export const shrEntryDetail = defineRecord('SHR Entry Detail', 'A card payment at a shared terminal.', {
  ...front,
  cardExpires: text(4, { cls: 'R', about: 'Expiry of the card, MMYY.' }),
  individualId: text(11, { cls: 'R', about: 'Reference of the document.' }),
  cardAccountNumber: text(22, { cls: 'R', about: 'Account number of the card.' }),
  ...back,
})

/** Record 6 of TRC and XCK: truncated and destroyed checks. */
export const truncatedCheckEntryDetail = defineRecord(
  'TRC/XCK Entry Detail',
  'A truncated or destroyed check.',
  {
    ...front,
    individualId: text(15, { about: 'Serial number of the check.' }),
    processControl: text(6, { cls: 'R', about: 'Process control field of the check.' }),
    itemResearchNumber: text(16, { cls: 'R', about: 'Research number of the item.' }),
    ...back,
  },
)

/** Record 6 of international entries. */
export const iatEntryDetail = defineRecord('IAT Entry Detail', 'One international debit or credit.', {
  recordType,
  transactionCode,
  receivingDfi,
  checkDigit,
  addendaCount: count(4, { about: 'Number of addenda that follow.' }),
  reserved17: reserved(13),
  amountMinor: amount(10, { about: 'Cents of US dollars.' }),
  accountNumber: text(35, { about: "The receiver's account, perhaps abroad." }),
  reserved75: reserved(2),
  gatewayOfacIndicator: text(1, {
    cls: 'O',
    about: 'Sanctions screening by the gateway: 0 clean, 1 possible hit.',
  }),
  secondaryOfacIndicator: text(1, { cls: 'O', about: 'A second screening.' }),
  addendaIndicator,
  traceNumber,
})

/** Record 6 of an accounting advice from the operator. */
export const advEntryDetail = defineRecord('ADV Entry Detail', 'An accounting advice to a bank.', {
  recordType,
  transactionCode: digits(2, { about: '81 to 88: odd credits, even debits.' }),
  receivingDfi,
  checkDigit,
  accountNumber: text(15, { cls: 'R', about: 'Account of the bank.' }),
  amountMinor: amount(12, { about: 'Cents.' }),
  adviceRoutingNumber: text(9, { about: 'Routing number of the advice.' }),
  fileIdentification: text(5, { cls: 'O', about: 'File that is advised.' }),
  operatorData: text(1, { cls: 'O', about: "The operator's own." }),
  individualName: text(22, { cls: 'R', about: 'Name of the bank.' }),
  discretionaryData,
  addendaIndicator,
  operatorDfi: digits(8, { about: "First eight digits of the operator's routing number." }),
  adviceDay: digits(3, { about: 'Day of the year of the advice.' }),
  sequenceNumber: digits(4, { about: 'Sequence in the batch.' }),
})
