import type { EntryLayout } from './records.ts'
import type { Direction } from './transaction-codes.ts'

export interface SecCode {
  readonly code: string
  readonly about: string
  readonly account: 'consumer' | 'non-consumer' | 'both'
  readonly layout: EntryLayout
  /** Directions of live entries; a reversal goes the other way. */
  readonly directions: readonly Direction[]
  /** Addenda types of a forward entry, and how many there may be. */
  readonly addendaTypes: readonly string[]
  readonly maxAddenda: number
  readonly minAddenda: number
  readonly nameNeeded: boolean
  /** Whether amounts of zero with codes x4 and x9 are known here. */
  readonly zeroDollar: boolean
  /** Whether we originate it. */
  readonly originated: boolean
}

const both = ['debit', 'credit'] as const
const consumer: Omit<SecCode, 'code' | 'about'> = {
  account: 'consumer',
  layout: 'entryDetail',
  directions: both,
  addendaTypes: ['05'],
  maxAddenda: 1,
  minAddenda: 0,
  nameNeeded: true,
  zeroDollar: false,
  originated: false,
}
const company: typeof consumer = { ...consumer, account: 'non-consumer' }
const many = { layout: 'corporateEntryDetail', maxAddenda: 9_999 } as const
const none = { addendaTypes: [], maxAddenda: 0 } as const
const check = {
  ...none,
  account: 'both',
  layout: 'checkEntryDetail',
  directions: ['debit'],
  nameNeeded: false,
} as const
const terminal = { addendaTypes: ['02'], maxAddenda: 1, minAddenda: 1, nameNeeded: false } as const

/** Standard entry classes (contracts/nacha/codes.md §2). */
const rows: readonly SecCode[] = [
  { ...consumer, code: 'PPD', about: 'arranged payment or deposit', originated: true },
  { ...consumer, code: 'WEB', about: 'authorized online, or from person to person', originated: true },
  {
    ...consumer,
    ...none,
    code: 'TEL',
    about: 'authorized by telephone',
    directions: ['debit'],
    originated: true,
  },
  { ...company, code: 'CCD', about: 'company payment', zeroDollar: true, originated: true },
  {
    ...company,
    ...many,
    code: 'CTX',
    about: 'company payment with many addenda',
    zeroDollar: true,
    originated: true,
  },
  {
    ...consumer,
    code: 'COR',
    about: 'notification of change',
    account: 'both',
    addendaTypes: ['98'],
    minAddenda: 1,
    nameNeeded: false,
    originated: true,
  },
  {
    ...company,
    code: 'IAT',
    about: 'international',
    account: 'both',
    layout: 'iatEntryDetail',
    addendaTypes: ['10', '11', '12', '13', '14', '15', '16', '17', '18'],
    maxAddenda: 12,
    minAddenda: 7,
    nameNeeded: false,
    zeroDollar: true,
  },
  {
    ...company,
    ...none,
    code: 'ADV',
    about: 'accounting advice',
    layout: 'advEntryDetail',
    nameNeeded: false,
  },
  { ...company, code: 'ACK', about: 'acknowledgment of a CCD entry', nameNeeded: false, zeroDollar: true },
  {
    ...company,
    ...many,
    code: 'ATX',
    about: 'acknowledgment of a CTX entry',
    nameNeeded: false,
    zeroDollar: true,
  },
  { ...company, ...check, code: 'ARC', about: 'check received by mail, converted' },
  { ...company, ...check, code: 'BOC', about: 'check converted in the back office' },
  {
    ...company,
    ...check,
    code: 'POP',
    about: 'check converted at the point of purchase',
    layout: 'popEntryDetail',
  },
  { ...company, ...check, code: 'RCK', about: 'returned check presented again' },
  { ...company, ...check, code: 'XCK', about: 'destroyed check', layout: 'truncatedCheckEntryDetail' },
  { ...company, ...check, code: 'TRC', about: 'truncated check', layout: 'truncatedCheckEntryDetail' },
  { ...company, ...many, code: 'TRX', about: 'many truncated checks', nameNeeded: false },
  {
    ...consumer,
    code: 'CIE',
    about: 'bill paid by a customer',
    layout: 'customerInitiatedEntryDetail',
    directions: ['credit'],
    nameNeeded: false,
  },
  { ...consumer, ...terminal, code: 'MTE', about: 'cash machine', layout: 'customerInitiatedEntryDetail' },
  { ...consumer, ...terminal, code: 'POS', about: 'card at a terminal' },
  { ...consumer, ...terminal, code: 'SHR', about: 'card at a shared terminal', layout: 'shrEntryDetail' },
  { ...consumer, code: 'DNE', about: 'notice of a death', minAddenda: 1, nameNeeded: false },
  { ...company, ...many, code: 'ENR', about: 'enrollment with an agency', nameNeeded: false },
]

export const secCodes: ReadonlyMap<string, SecCode> = new Map(rows.map((row) => [row.code, row]))

/** The layout of a class nobody knows is that of PPD. */
export const layoutOf = (secCode: string): EntryLayout => secCodes.get(secCode)?.layout ?? 'entryDetail'
