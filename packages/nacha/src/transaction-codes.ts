export type AccountType = 'checking' | 'savings' | 'general_ledger' | 'loan' | 'advice'
export type Direction = 'debit' | 'credit'
export type TransactionUse = 'answer' | 'live' | 'prenote' | 'zero_dollar' | 'reversal' | 'advice'

export interface TransactionCode {
  readonly code: string
  readonly account: AccountType
  readonly direction: Direction
  /** `answer`: a return or correction of an entry in that direction. */
  readonly use: TransactionUse
}

const accounts = [
  ['2', 'checking'],
  ['3', 'savings'],
  ['4', 'general_ledger'],
  ['5', 'loan'],
] as const

const creditUses = [
  ['1', 'answer'],
  ['2', 'live'],
  ['3', 'prenote'],
  ['4', 'zero_dollar'],
] as const

const debitUses = [
  ['6', 'answer'],
  ['7', 'live'],
  ['8', 'prenote'],
  ['9', 'zero_dollar'],
] as const

const rows: TransactionCode[] = []
for (const [first, account] of accounts) {
  for (const [last, use] of creditUses) rows.push({ code: first + last, account, direction: 'credit', use })
  if (account === 'loan') {
    rows.push({ code: '55', account, direction: 'debit', use: 'reversal' })
    rows.push({ code: '56', account, direction: 'debit', use: 'answer' })
    continue
  }
  for (const [last, use] of debitUses) rows.push({ code: first + last, account, direction: 'debit', use })
}
for (let number = 81; number <= 88; number += 1) {
  const direction = number % 2 === 1 ? 'credit' : 'debit'
  rows.push({ code: String(number), account: 'advice', direction, use: 'advice' })
}

/** All transaction codes that exist (contracts/nacha/codes.md §1). */
export const transactionCodes: ReadonlyMap<string, TransactionCode> = new Map(
  rows.map((row) => [row.code, row]),
)

/** Debit or credit by the code's last digit; advices by odd and even. */
export function directionOf(code: string): Direction {
  const last = code.charCodeAt(1) - 48
  if (code[0] === '8') return last % 2 === 1 ? 'credit' : 'debit'
  return last >= 5 ? 'debit' : 'credit'
}

export function accountTypeOf(code: string): AccountType | undefined {
  return transactionCodes.get(code)?.account ?? accounts.find(([first]) => first === code[0])?.[1]
}

/** The code under which an entry of `code` comes back: 27 as 26, 33 as 31. */
export function answerCodeOf(code: string): string {
  return `${code[0]}${directionOf(code) === 'debit' ? 6 : 1}`
}
