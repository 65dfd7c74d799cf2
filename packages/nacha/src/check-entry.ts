import type { BatchTally, EntryCategory } from './batch-tally.ts'
import { quote } from './check-file-records.ts'
import type { AchEntry } from './file.ts'
import type { FindingLog } from './finding-log.ts'
import { answerKindOf } from './return-codes.ts'
import { checkDigitOf } from './routing-number.ts'
import type { RuleName } from './rules.ts'
import { secCodes } from './sec-codes.ts'
import { type TransactionCode, transactionCodes } from './transaction-codes.ts'

/** The trace number, or in an advice what stands in its place. */
export function traceOf({ detail }: AchEntry): string {
  if (detail.layout !== 'advEntryDetail') return detail.traceNumber
  return `${detail.operatorDfi}${detail.adviceDay}${detail.sequenceNumber}`
}

/** What an entry is, by its newest addenda 98 or 99. */
export function categoryOf(entry: AchEntry): EntryCategory {
  const answer = entry.addenda.findLast(({ typeCode }) => typeCode === '98' || typeCode === '99')
  if (answer === undefined || !('code' in answer)) return 'forward'
  return answerKindOf(answer.typeCode, answer.code)
}

/** Rules 9, 11, 13, 15, 17, 18, 21 and 23 to 25, of one entry in its batch. */
export function checkEntry(
  log: FindingLog,
  entry: AchEntry,
  batch: BatchTally,
  category: EntryCategory,
): void {
  const { detail, line } = entry
  const say = (rule: RuleName, field: string, message: string) =>
    log.field(rule, line, detail.layout, field, message)
  const code = transactionCodes.get(detail.transactionCode)
  if (code === undefined) {
    say('11-transaction-code', 'transactionCode', `${quote(detail.transactionCode)} is no transaction code`)
  } else {
    checkUse(code, batch, category, say)
    checkZero(code, entry, batch, category, say)
  }
  if (!/^\d{8}$/.test(detail.receivingDfi)) {
    say('18-check-digit', 'receivingDfi', `${quote(detail.receivingDfi)} is not eight digits`)
  } else if (checkDigitOf(detail.receivingDfi) !== detail.checkDigit) {
    const right = checkDigitOf(detail.receivingDfi)
    say(
      '18-check-digit',
      'checkDigit',
      `is ${quote(detail.checkDigit)}, but ${detail.receivingDfi} has ${right}`,
    )
  }
  checkAccount(detail.accountNumber, say)
  if (category === 'forward' && secCodes.get(batch.secCode)?.nameNeeded === true) {
    if ('individualName' in detail && detail.individualName.trim() === '')
      say('23-name', 'individualName', 'is blank')
  }
  if (detail.layout !== 'advEntryDetail') checkTrace(detail.traceNumber, batch, say)
}

type Say = (rule: RuleName, field: string, message: string) => void

function checkUse(code: TransactionCode, batch: BatchTally, category: EntryCategory, say: Say): void {
  const sec = secCodes.get(batch.secCode)
  const serviceClass = batch.header?.serviceClass
  const only = serviceClass === '220' ? 'credit' : serviceClass === '225' ? 'debit' : undefined
  if (only !== undefined && code.direction !== only) {
    say(
      '09-service-class-entry',
      'transactionCode',
      `${code.code} is a ${code.direction}; ${serviceClass} has ${only}s only`,
    )
  }
  if ((code.use === 'advice') !== (batch.secCode === 'ADV')) {
    say('11-transaction-code-class', 'transactionCode', `${code.code} does not go with ${batch.secCode}`)
    return
  }
  if (category !== 'forward') {
    if (code.use !== 'answer') {
      say(
        '11-transaction-code-class',
        'transactionCode',
        `${code.code} is for forward entries, not for answers`,
      )
    }
    return
  }
  if (code.use === 'answer' && batch.secCode !== 'COR') {
    say('11-transaction-code-class', 'transactionCode', `${code.code} is for returns and corrections`)
  }
  if (code.use === 'zero_dollar' && sec?.zeroDollar === false) {
    say('11-transaction-code-class', 'transactionCode', `${code.code} does not go with ${batch.secCode}`)
  }
  const isOneWay = sec !== undefined && !sec.directions.includes(code.direction)
  if ((isOneWay || code.use === 'reversal') && !batch.isReversal) {
    const what = code.use === 'reversal' ? 'of loans' : `under ${batch.secCode}`
    say('24-direction', 'transactionCode', `a ${code.direction} ${what} is possible only in a reversal`)
  }
}

function checkZero(
  code: TransactionCode,
  entry: AchEntry,
  batch: BatchTally,
  category: EntryCategory,
  say: Say,
): void {
  if (entry.unreadable.includes('amountMinor')) return
  const isZero = entry.detail.amountMinor === 0n
  const isCorrection =
    category === 'correction' || category === 'refused_correction' || batch.secCode === 'COR'
  const mustBeZero = isCorrection || code.use === 'prenote' || code.use === 'zero_dollar'
  if (mustBeZero && !isZero) {
    say(
      '17-zero',
      'amountMinor',
      `must be zero in a ${isCorrection ? 'correction' : `${code.use} entry`.replace('_', '-')}`,
    )
  }
  // The return of a prenote is an answer of zero.
  if (!mustBeZero && isZero && category === 'forward' && code.use !== 'answer')
    say('17-zero', 'amountMinor', 'is zero')
}

function checkAccount(accountNumber: string, say: Say): void {
  if (/^[ 0]*$/.test(accountNumber)) say('25-account-missing', 'accountNumber', 'is blank or zeros')
  else if (!/^[A-Za-z0-9-]+$/.test(accountNumber)) {
    // The number itself is nobody's business in a message.
    say('25-account-number', 'accountNumber', 'has other characters than letters, digits and hyphens')
  }
}

function checkTrace(trace: string, batch: BatchTally, say: Say): void {
  const odfi = batch.header?.odfi
  if (odfi !== undefined && !trace.startsWith(odfi)) {
    say('13-odfi-trace', 'traceNumber', `${trace} does not begin with ${odfi}`)
  }
  if (batch.lastTrace !== '' && trace <= batch.lastTrace) {
    say('15-trace-order', 'traceNumber', `${trace} does not follow ${batch.lastTrace}`)
  }
}

/** Rule 33: forward entries and each kind of answer have batches of their own. */
export function checkCategory(
  log: FindingLog,
  entry: AchEntry,
  batch: BatchTally,
  category: EntryCategory,
): void {
  if (batch.category === undefined || batch.category === category) return
  const [one, other] = [category, batch.category].map((word) => word.replaceAll('_', ' '))
  log.whole('33-mixed-batch', entry.line, 'record', `a ${one} stands in a batch that began with a ${other}`)
}
