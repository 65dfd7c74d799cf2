import { readDay } from './dates.ts'
import type { FindingLog } from './finding-log.ts'
import type { FileControl, FileHeader } from './records.ts'
import { isRoutingNumber } from './routing-number.ts'

/** Rules 3 and 4 of contracts/nacha/files.md. */
export function checkFileHeader(log: FindingLog, line: number, header: FileHeader): void {
  const say = (rule: Parameters<FindingLog['field']>[0], field: keyof FileHeader, message: string) =>
    log.field(rule, line, 'fileHeader', field, message)

  if (header.priorityCode !== '01')
    say('03-priority-code', 'priorityCode', `is ${quote(header.priorityCode)}, not 01`)
  if (header.recordSize !== '094')
    say('03-file-header', 'recordSize', `is ${quote(header.recordSize)}, not 094`)
  if (header.blockingFactor !== '10') {
    say('03-file-header', 'blockingFactor', `is ${quote(header.blockingFactor)}, not 10`)
  }
  if (header.formatCode !== '1') say('03-file-header', 'formatCode', `is ${quote(header.formatCode)}, not 1`)
  if (!/^[A-Z0-9]$/.test(header.fileIdModifier)) {
    say('03-file-header', 'fileIdModifier', `is ${quote(header.fileIdModifier)}, not A-Z or 0-9`)
  }
  if (readDay(header.creationDate) === undefined) {
    say('03-creation-date', 'creationDate', `${quote(header.creationDate)} is no day (YYMMDD)`)
  }
  if (header.creationTime !== '' && !/^(?:[01]\d|2[0-3])[0-5]\d$/.test(header.creationTime)) {
    say('03-creation-time', 'creationTime', `${quote(header.creationTime)} is no time of day (HHMM)`)
  }
  checkDestination(header.immediateDestination, say)
  if (/^[ 0]*$/.test(header.immediateOrigin)) say('04-origin', 'immediateOrigin', 'is blank')
}

function checkDestination(
  destination: string,
  say: (
    rule: '04-destination' | '04-destination-form',
    field: 'immediateDestination',
    message: string,
  ) => void,
): void {
  const digits = destination.trim()
  if (destination === ` ${digits}` && isRoutingNumber(digits)) return
  const nine = /^0\d{9}$/.test(digits) ? digits.slice(1) : digits
  if (isRoutingNumber(nine)) {
    say('04-destination-form', 'immediateDestination', 'is not a blank and nine digits')
    return
  }
  say(
    '04-destination',
    'immediateDestination',
    `${quote(destination)} is not a routing number whose check digit is right`,
  )
}

/** What the reader counted in the whole file. */
export interface FileTally {
  batches: number
  entryAddenda: number
  debitMinor: bigint
  creditMinor: bigint
  hash: bigint
  blocks: number
  isUncertain: boolean
}

/** Rule 6. Answers whether the control agrees. */
export function checkFileControl(
  log: FindingLog,
  line: number,
  control: FileControl,
  tally: FileTally,
): void {
  const compare = (
    rule: '06-batch-count' | '06-block-count' | '06-entry-count' | '06-hash' | '06-debits' | '06-credits',
    field: keyof FileControl,
    counted: bigint | number,
  ) => {
    if (control[field] === counted) return
    log.field(rule, line, control.layout, field, `is ${control[field]}, but the file has ${counted}`)
  }
  compare('06-batch-count', 'batchCount', tally.batches)
  compare('06-block-count', 'blockCount', tally.blocks)
  compare('06-entry-count', 'entryAddendaCount', tally.entryAddenda)
  if (tally.isUncertain) return
  compare('06-hash', 'entryHash', tally.hash)
  compare('06-debits', 'totalDebitMinor', tally.debitMinor)
  compare('06-credits', 'totalCreditMinor', tally.creditMinor)
}

export const quote = (text: string): string => (text === '' ? 'blank' : `"${text}"`)
