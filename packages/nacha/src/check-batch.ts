import { type BatchTally, hashOf } from './batch-tally.ts'
import { quote } from './check-file-records.ts'
import { addBankingDays, type Day, daysBetween, isBankingDay, readDay } from './dates.ts'
import type { FindingLog } from './finding-log.ts'
import type { BatchControl, BatchHeader } from './records.ts'
import { reservedWordIn } from './reserved-descriptions.ts'
import type { RuleName } from './rules.ts'
import { secCodes } from './sec-codes.ts'

const SERVICE_CLASSES = new Set(['200', '220', '225', '280'])

/** Rules 9 to 14 of contracts/nacha/files.md, as far as the header alone shows them. */
export function checkBatchHeader(log: FindingLog, line: number, header: BatchHeader): void {
  const say = (rule: RuleName, field: string, message: string) =>
    log.field(rule, line, header.layout, field, message)
  const secCode = header.secCode.toUpperCase()
  const isAdv = secCode === 'ADV'

  if (!SERVICE_CLASSES.has(header.serviceClass) || (header.serviceClass === '280') !== isAdv) {
    say(
      '09-service-class',
      'serviceClass',
      `${quote(header.serviceClass)} is no service class of ${secCode || 'it'}`,
    )
  }
  if (isEmpty(header.companyId)) say('10-company', 'companyId', 'is blank or zeros')
  if (isEmpty(header.entryDescription)) say('10-company', 'entryDescription', 'is blank or zeros')
  if (header.layout === 'batchHeader' && isEmpty(header.companyName)) {
    say('10-company', 'companyName', 'is blank or zeros')
  }
  if (!secCodes.has(header.secCode)) {
    const known = secCodes.has(secCode) ? 'must be in upper case' : 'is no entry class'
    say('11-sec-code', 'secCode', `${quote(header.secCode)} ${known}`)
  }
  const isStatusRight = isAdv ? header.originatorStatus === '0' : /^[12]$/.test(header.originatorStatus)
  if (!isStatusRight) {
    say(
      '12-originator-status',
      'originatorStatus',
      `is ${quote(header.originatorStatus)}, not ${isAdv ? 0 : 1}`,
    )
  }
  if (!/^\d{8}$/.test(header.odfi)) say('13-odfi', 'odfi', `${quote(header.odfi)} is not eight digits`)
  checkDescription(header, say)
}

function checkDescription(
  header: BatchHeader,
  say: (rule: RuleName, field: string, message: string) => void,
): void {
  const { entryDescription, secCode } = header
  const word = reservedWordIn(entryDescription)?.word
  if (word === undefined) return
  const homes: Readonly<Record<string, readonly string[]>> = {
    PAYROLL: ['PPD'],
    PURCHASE: ['WEB', 'TEL'],
    AUTOENROLL: ['ENR'],
    REDEPCHECK: ['RCK'],
    'NO CHECK': ['XCK'],
    HCCLAIMPMT: ['CCD'],
  }
  if (!entryDescription.startsWith(word)) {
    say('29-description', 'entryDescription', `${word} must be left-justified and in upper case`)
  } else if (homes[word]?.includes(secCode) === false) {
    say('29-description', 'entryDescription', `${word} is reserved for ${homes[word]?.join(' and ')}`)
  } else if (word === 'PAYROLL' && header.serviceClass === '225') {
    say('29-description', 'entryDescription', 'PAYROLL is reserved for credits')
  }
}

/** Rule 20, of forward batches only: answers carry the date of the entry that they answer. */
export function checkEffectiveDate(
  log: FindingLog,
  line: number,
  header: BatchHeader,
  createdOn: Day | undefined,
): void {
  const text = header.effectiveDate
  const say = (rule: RuleName, message: string) =>
    log.field(rule, line, header.layout, 'effectiveDate', message)
  if (/^[ 0]*$/.test(text)) {
    if (header.secCode !== 'ENR')
      say('20-effective-date-missing', 'is missing: the entries settle as soon as possible')
    return
  }
  const day = readDay(text)
  // A day that is over settles as soon as possible, whatever day it was.
  if (day !== undefined && createdOn !== undefined && daysBetween(createdOn, day) < 0) {
    say('20-effective-date-window', `${text} lies before the file's creation`)
    return
  }
  if (day === undefined || !isBankingDay(day)) {
    say('20-effective-date', `${quote(text)} is no ${day === undefined ? 'day (YYMMDD)' : 'banking day'}`)
    return
  }
  if (createdOn === undefined) return
  // One day more than the rule, for the file may be processed on the day after its creation.
  const last = addBankingDays(createdOn, header.serviceClass === '225' ? 2 : 3)
  if (daysBetween(last, day) > 0) say('20-effective-date-window', `${text} is later than an operator takes`)
}

/** Rules 9, 10, 13, 14 and 16. Answers whether count, hash and totals agree. */
export function checkBatchControl(
  log: FindingLog,
  line: number,
  control: BatchControl,
  tally: BatchTally,
): boolean {
  const { header } = tally
  const say = (rule: RuleName, field: string, message: string) =>
    log.field(rule, line, control.layout, field, message)
  const errors: boolean[] = []
  const compare = (rule: RuleName, field: keyof BatchControl, counted: bigint | number) => {
    if (control[field] === counted) return
    errors.push(true)
    say(rule, field, `is ${control[field]}, but the batch has ${counted}`)
  }

  if (header !== undefined) {
    if (control.serviceClass !== header.serviceClass) {
      say(
        '09-service-class-control',
        'serviceClass',
        `is ${control.serviceClass}, in the header ${header.serviceClass}`,
      )
    }
    if ('companyId' in control) checkCompany(control.companyId, header.companyId, tally.isIat, say)
    if (control.odfi !== header.odfi)
      say('13-odfi-control', 'odfi', `is ${control.odfi}, in the header ${header.odfi}`)
    if (control.batchNumber !== header.batchNumber) {
      say('14-batch-number', 'batchNumber', `is ${control.batchNumber}, in the header ${header.batchNumber}`)
    }
  }
  compare('16-entry-count', 'entryAddendaCount', tally.entries + tally.addenda)
  if (tally.isUncertain) return false
  compare('16-hash', 'entryHash', hashOf(tally))
  compare('16-debits', 'totalDebitMinor', tally.debitMinor)
  compare('16-credits', 'totalCreditMinor', tally.creditMinor)
  return errors.length === 0
}

function checkCompany(
  companyId: string,
  inHeader: string,
  isIat: boolean,
  say: (rule: RuleName, field: string, message: string) => void,
): void {
  // International batches are seen without it in their control.
  if (companyId === inHeader || (isIat && companyId === '')) return
  const isShifted = companyId.trim() === inHeader.trim()
  const message = `is ${quote(companyId)}, in the header ${quote(inHeader)}`
  say(isShifted ? '10-company-shifted' : '10-company-control', 'companyId', message)
}

const isEmpty = (text: string) => /^[ 0]*$/.test(text)
