import { refusalCodes } from './change-codes.ts'
import { type Day, readDay } from './dates.ts'
import type {
  AchFact,
  ContestedReturnFact,
  CorrectionFact,
  DishonoredReturnFact,
  EntryFacts,
  ReturnFact,
} from './facts.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const ACCOUNTS: Readonly<Record<string, string>> = {
  checking: 'checking',
  savings: 'savings',
  general_ledger: 'ledger account',
  loan: 'loan',
  advice: 'bank account',
}

/** One plain sentence about an entry; account numbers are masked, signs that could steer a terminal are gone. */
export function describeFact(fact: AchFact): string {
  return printable(`${sentenceOf(fact)}.`)
}

function sentenceOf(fact: AchFact): string {
  switch (fact.kind) {
    case 'forward':
      return `${movement(fact)}${onDay(fact.effectiveDate)}`
    case 'prenote':
      return `Test whether ${party(fact)} can take a ${fact.direction}${onDay(fact.effectiveDate)}`
    case 'return':
      return returned(fact)
    case 'dishonored_return':
    case 'contested_return':
      return disputed(fact)
    case 'correction':
      return corrected(fact)
    case 'refused_correction': {
      const why = refusalCodes.get(fact.code) ?? 'a reason that is in no table'
      return `Correction ${fact.changeCode} refused, ${fact.code} (${why}), for ${party(fact)}, entry ${fact.originalTrace}`
    }
    case 'unreadable':
      return `An entry for ${party(fact)} that cannot be read: ${fact.fields.join(', ')}`
  }
}

function movement(fact: EntryFacts): string {
  const amount = formatCents(fact.amountMinor)
  return fact.direction === 'debit' ? `Take ${amount} from ${party(fact)}` : `Pay ${amount} to ${party(fact)}`
}

function past(fact: EntryFacts): string {
  const amount = formatCents(fact.amountMinor)
  return fact.direction === 'debit'
    ? `${amount} taken from ${party(fact)}`
    : `${amount} paid to ${party(fact)}`
}

function returned(fact: ReturnFact): string {
  const why = fact.reason?.meaning ?? 'a reason that is in no table'
  const said = fact.information === '' ? '' : `; the bank says "${fact.information}"`
  const died = fact.dateOfDeath === undefined ? '' : `; date of death ${formatDay(fact.dateOfDeath)}`
  return `Returned ${fact.code} (${why}): ${past(fact)}, entry ${fact.originalTrace}${died}${said}`
}

function disputed(fact: DishonoredReturnFact | ContestedReturnFact): string {
  const word = fact.kind === 'dishonored_return' ? 'Return not accepted' : 'Dishonor answered'
  const why = fact.reason?.meaning ?? 'a reason that is in no table'
  return `${word}, ${fact.code} (${why}): ${past(fact)}, returned as ${fact.returnCode}, entry ${fact.originalTrace}`
}

function corrected(fact: CorrectionFact): string {
  const head = `Correct ${fact.code} (${fact.change?.meaning ?? 'a code that is in no table'}) of ${party(fact)}`
  const tail = `, entry ${fact.originalTrace}`
  const right = fact.corrected
  if (right === undefined) return `${head}: a person must read the corrected data${tail}`
  const parts = [
    right.routingNumber === undefined ? '' : `routing number ${right.routingNumber}`,
    right.accountNumber === undefined ? '' : `account ${maskAccount(right.accountNumber)}`,
    right.accountType === undefined ? '' : `${ACCOUNTS[right.accountType] ?? right.accountType}`,
    right.name === undefined ? '' : `name ${right.name}`,
    right.individualId === undefined ? '' : `identification ${right.individualId}`,
    right.foreignBankId === undefined ? '' : `foreign bank ${right.foreignBankId}`,
  ].filter((part) => part !== '')
  return parts.length === 0 ? `${head}${tail}` : `${head}: it is ${parts.join(', ')}${tail}`
}

function party(fact: EntryFacts): string {
  const account = fact.accountType === undefined ? 'account' : ACCOUNTS[fact.accountType]
  const name = fact.individualName === '' ? 'someone unnamed' : fact.individualName
  return `${account} ${maskAccount(fact.accountNumber)} of ${name}`
}

const onDay = (text: string | undefined) =>
  text === undefined ? ' as soon as possible' : ` on ${formatDay(text)}`

/** The last four characters; nothing of an account that has no more. */
export function maskAccount(accountNumber: string): string {
  return accountNumber.length > 4 ? `····${accountNumber.slice(-4)}` : '····'
}

/** `$1,234.56`. */
export function formatCents(amountMinor: bigint): string {
  const digits = String(amountMinor).padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return `$${whole}.${digits.slice(-2)}`
}

/** `24 Nov 2026` of 261124; what is no day stays as it is. */
export function formatDay(text: string | Day): string {
  const day = typeof text === 'string' ? readDay(text) : text
  return day === undefined ? String(text) : `${day.day} ${MONTHS[day.month - 1]} ${day.year}`
}

/** Without the signs that a terminal takes for orders. */
export const printable = (text: string): string => text.replace(/\p{C}/gu, '?')
