/** Why a batch may carry a reserved word (contracts/nacha/codes.md §6). */
export type BatchPurpose = 'reversal' | 'retry' | 'return_fee' | 'account_verification'

export interface ReservedDescription {
  readonly word: string
  readonly about: string
  /** Undefined: we do not originate that. */
  readonly purpose?: BatchPurpose
}

export const reservedDescriptions: readonly ReservedDescription[] = [
  { word: 'REVERSAL', about: 'takes back an erroneous entry', purpose: 'reversal' },
  { word: 'RETRY PYMT', about: 'presents a returned debit again', purpose: 'retry' },
  { word: 'RETURN FEE', about: 'fee for a returned debit', purpose: 'return_fee' },
  { word: 'ACCTVERIFY', about: 'micro-entries', purpose: 'account_verification' },
  { word: 'PAYROLL', about: 'credits of wages under PPD' },
  { word: 'PURCHASE', about: 'goods bought online' },
  { word: 'RECLAIM', about: 'reclaims a benefit' },
  { word: 'NONSETTLED', about: 'entries of a bank that cannot settle' },
  { word: 'AUTOENROLL', about: 'enrollments' },
  { word: 'REDEPCHECK', about: 'returned checks presented again' },
  { word: 'NO CHECK', about: 'destroyed checks' },
  { word: 'HCCLAIMPMT', about: 'health care claims' },
]

/** The reserved word with which a description begins, whatever its case. */
export function reservedWordIn(description: string): ReservedDescription | undefined {
  const upper = description.trim().toUpperCase()
  return reservedDescriptions.find(({ word }) => upper.startsWith(word))
}
