import type { Severity } from './file.ts'

/** Who refuses: operator the File or the Batch, the Entry comes back; or it is only our Own rule. */
export type RuleLevel = 'F' | 'B' | 'E' | 'O'

export interface Rule {
  readonly level: RuleLevel
  readonly strict: Severity
  readonly tolerant: Severity
  readonly about: string
}

const rule = (level: RuleLevel, strict: Severity, tolerant: Severity, about: string): Rule => ({
  level,
  strict,
  tolerant,
  about,
})

/**
 * What the readers look at; the numbers are those of contracts/nacha/files.md §4. What an operator or a bank would
 * refuse is an error, our own rules warn; the tolerant reader accepts what real banks are known to send.
 */
export const rules = {
  '01-empty': rule('F', 'error', 'error', 'there is nothing in the file'),
  '01-not-ach': rule('F', 'error', 'error', 'no line of it is an ACH record'),
  '01-record-length': rule('F', 'error', 'accepted', 'a record has 94 characters'),
  '01-record-cut': rule('F', 'error', 'error', 'what stands behind character 94 is lost'),
  '01-record-type': rule('F', 'error', 'error', 'a record begins with 1, 5, 6, 7, 8 or 9'),
  '01-line-ends': rule('F', 'error', 'accepted', 'lines end with LF or CRLF, or not at all'),
  '01-mixed-line-ends': rule('O', 'warning', 'accepted', 'all lines end alike'),
  '01-blank-line': rule('F', 'error', 'accepted', 'no line is blank'),
  '01-trailing-blank-line': rule('O', 'warning', 'accepted', 'no blank lines follow the file'),
  '02-file-header': rule('F', 'error', 'accepted', 'the first record is a file header, and no other'),
  '02-second-header': rule('F', 'error', 'error', 'there is one file header'),
  '02-file-control': rule('F', 'error', 'accepted', 'the last record before the filler is a file control'),
  '02-second-control': rule('F', 'error', 'error', 'there is one file control'),
  '02-batch-header': rule('F', 'error', 'accepted', 'entries stand in a batch'),
  '02-batch-control': rule('F', 'error', 'accepted', 'a batch ends with its control'),
  '02-lone-control': rule('F', 'error', 'error', 'a batch control closes a batch'),
  '02-lone-addenda': rule('F', 'error', 'error', 'addenda follow their entry'),
  '02-after-control': rule('F', 'error', 'error', 'only filler follows the file control'),
  '02-early-filler': rule('F', 'error', 'accepted', 'filler follows the file control'),
  '02-padding': rule('O', 'warning', 'accepted', 'nines fill the last block of ten records'),
  '03-file-header': rule(
    'F',
    'error',
    'accepted',
    'record size 094, blocking 10, format 1, modifier A-Z or 0-9',
  ),
  '03-priority-code': rule('O', 'warning', 'accepted', 'the priority code is 01'),
  '03-creation-date': rule('F', 'error', 'accepted', 'the creation date is a day'),
  '03-creation-time': rule('O', 'warning', 'accepted', 'the creation time is a time of day'),
  '04-destination': rule('F', 'error', 'accepted', 'the destination is a blank and a routing number'),
  '04-destination-form': rule('O', 'warning', 'accepted', 'a blank, not a zero, leads the destination'),
  '04-origin': rule('F', 'error', 'accepted', 'the origin is not blank'),
  '06-batch-count': rule('F', 'error', 'error', 'the batch count agrees'),
  '06-block-count': rule('F', 'error', 'accepted', 'the block count agrees'),
  '06-entry-count': rule('F', 'error', 'error', 'the entry and addenda count of the file agrees'),
  '06-hash': rule('F', 'error', 'error', 'the hash of the file agrees'),
  '06-debits': rule('F', 'error', 'error', 'the debits of the file agree'),
  '06-credits': rule('F', 'error', 'error', 'the credits of the file agree'),
  '07-no-batch': rule('F', 'error', 'accepted', 'a file has a batch'),
  '07-no-entry': rule('F', 'error', 'accepted', 'a batch has an entry'),
  '08-characters': rule('B', 'error', 'accepted', 'characters are plain ASCII'),
  '08-control-characters': rule('B', 'error', 'accepted', 'no control characters'),
  '09-service-class': rule('B', 'error', 'accepted', 'the service class is 200, 220, 225 or 280'),
  '09-service-class-control': rule('B', 'error', 'accepted', 'header and control have one service class'),
  '09-service-class-entry': rule(
    'B',
    'error',
    'accepted',
    'the service class allows the direction of the entry',
  ),
  '10-company': rule('B', 'error', 'accepted', 'company name, identification and description are given'),
  '10-company-control': rule('B', 'error', 'accepted', 'header and control have one company identification'),
  '10-company-shifted': rule(
    'O',
    'warning',
    'accepted',
    'the company identification stands in the same place in both',
  ),
  '11-sec-code': rule('B', 'error', 'accepted', 'the entry class is known and in upper case'),
  '11-transaction-code': rule('B', 'error', 'error', 'the transaction code exists'),
  '11-transaction-code-class': rule('B', 'error', 'accepted', 'the transaction code fits the entry class'),
  '12-originator-status': rule(
    'B',
    'error',
    'accepted',
    'the originator status is 1, of the government 2, in ADV 0',
  ),
  '13-odfi': rule('B', 'error', 'accepted', "the sending bank's identification is eight digits"),
  '13-odfi-control': rule('B', 'error', 'accepted', 'header and control have one sending bank'),
  '13-odfi-trace': rule('B', 'error', 'accepted', 'a trace number begins with the sending bank'),
  '14-batch-number': rule('B', 'error', 'accepted', 'header and control have one batch number'),
  '14-batch-order': rule('O', 'warning', 'accepted', 'batch numbers ascend'),
  '15-trace-order': rule('B', 'error', 'accepted', 'trace numbers ascend in a batch'),
  '15-trace-twice': rule('O', 'warning', 'accepted', 'a trace number is used once in a file'),
  '16-entry-count': rule('B', 'error', 'error', 'the entry and addenda count of the batch agrees'),
  '16-hash': rule('B', 'error', 'error', 'the hash of the batch agrees'),
  '16-debits': rule('B', 'error', 'error', 'the debits of the batch agree'),
  '16-credits': rule('B', 'error', 'error', 'the credits of the batch agree'),
  '17-amount': rule('E', 'error', 'error', 'the amount is digits'),
  '17-zero': rule('E', 'error', 'accepted', 'the amount is zero exactly where it must be'),
  '18-check-digit': rule('E', 'error', 'accepted', 'the check digit of the routing number is right'),
  '20-effective-date': rule('E', 'error', 'accepted', 'the effective date is a banking day'),
  '20-effective-date-missing': rule('O', 'warning', 'accepted', 'there is an effective date'),
  '20-effective-date-window': rule('O', 'warning', 'accepted', 'the effective date is near'),
  '21-indicator': rule('E', 'error', 'accepted', 'the addenda indicator tells whether addenda follow'),
  '21-addenda-count': rule('E', 'error', 'accepted', 'the number of addenda in the entry agrees'),
  '22-addenda-type': rule('E', 'error', 'accepted', 'the entry class allows addenda of this type'),
  '22-addenda-number': rule('E', 'error', 'accepted', 'the entry has as many addenda as its class asks for'),
  '22-addenda-sequence': rule('E', 'error', 'accepted', 'addenda are numbered 1, 2, 3'),
  '22-addenda-trace': rule('E', 'error', 'accepted', 'addenda carry the trace number of their entry'),
  '22-answer-code': rule('E', 'error', 'accepted', 'the return or change code exists'),
  '22-original-trace': rule('E', 'error', 'accepted', 'an answer names the trace number of the entry'),
  '22-corrected-data': rule('E', 'error', 'accepted', 'a notification of change says what is right'),
  '22-corrected-data-unclear': rule('O', 'warning', 'accepted', 'the corrected data stand in their places'),
  '22-answer-date': rule('O', 'warning', 'accepted', 'dates in an answer are days'),
  '23-name': rule('E', 'error', 'accepted', 'the receiver has a name'),
  '24-direction': rule('E', 'error', 'accepted', 'the entry class allows this direction only in a reversal'),
  '25-account-missing': rule('E', 'error', 'accepted', 'there is an account number, not all zeros'),
  '25-account-number': rule('O', 'warning', 'accepted', 'the account is letters, digits and hyphens'),
  '26-field': rule('B', 'error', 'error', 'a numeric column has digits'),
  '26-reserved': rule('O', 'warning', 'accepted', 'reserved columns are blank'),
  '29-description': rule('O', 'warning', 'accepted', 'reserved descriptions stand where they belong'),
  '33-mixed-batch': rule(
    'B',
    'error',
    'accepted',
    'forward entries, returns and corrections have batches of their own',
  ),
  'more-findings': rule('O', 'error', 'error', 'there are more findings than are listed'),
} as const satisfies Readonly<Record<string, Rule>>

export type RuleName = keyof typeof rules
