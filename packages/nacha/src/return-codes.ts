/** How long the answering bank has (contracts/nacha/codes.md §3). */
export type ReturnClock =
  | 'two_banking_days'
  | 'sixty_days'
  | 'operator'
  | 'as_agreed'
  | 'upon_refusal'
  | 'dishonor_five_banking_days'
  | 'contest_two_banking_days'
  | 'own'

/** What the originator does about it. */
export type ReturnClass =
  | 'insufficient_funds'
  | 'account_data'
  | 'stop_payment'
  | 'unauthorized'
  | 'halt'
  | 'our_error'
  | 'bank'
  | 'not_ours'

/** Which rates it counts in besides the overall one. */
export type ReturnCount = 'unauthorized' | 'administrative' | 'overall' | 'none'

export interface ReturnReason {
  readonly code: string
  readonly meaning: string
  readonly account: 'consumer' | 'non-consumer' | 'both'
  readonly clock: ReturnClock
  readonly class: ReturnClass
  readonly counts: ReturnCount
  /** Whether the receiver's written statement goes with it. */
  readonly statementNeeded: boolean
  readonly next: string
}

type Row = [
  code: string,
  account: ReturnReason['account'],
  clock: ReturnClock,
  group: ReturnClass,
  counts: ReturnCount,
  statementNeeded: boolean,
  meaning: string,
  next: string,
]

/** Every reason that exists. A bank may send one that is not here: keep its code, and let a person look at it. */
// biome-ignore format: one reason a line, as in the table that it is
const rows: readonly Row[] = [
  ['R01', 'both', 'two_banking_days', 'insufficient_funds', 'overall', false, 'not enough money in the account', 'present again at most twice, or ask for another way to pay'],
  ['R02', 'both', 'two_banking_days', 'account_data', 'administrative', false, 'account closed', 'stop; another account is needed'],
  ['R03', 'both', 'two_banking_days', 'account_data', 'administrative', false, 'no such account, or name and number do not belong together', 'stop; ask for the number again'],
  ['R04', 'both', 'two_banking_days', 'account_data', 'administrative', false, 'account number cannot be one of that bank', 'stop; correct the number'],
  ['R05', 'consumer', 'sixty_days', 'unauthorized', 'unauthorized', true, 'consumer account debited as if it were a company', 'stop; correct the owner type; new authorization'],
  ['R06', 'both', 'as_agreed', 'bank', 'overall', false, 'returned because the sending bank asked for it', 'nothing; the return was asked for'],
  ['R07', 'consumer', 'sixty_days', 'unauthorized', 'unauthorized', true, 'authorization revoked', 'stop for good under that authorization'],
  ['R08', 'both', 'two_banking_days', 'stop_payment', 'overall', false, 'payment stopped', 'ask the customer; send again only with approval'],
  ['R09', 'both', 'two_banking_days', 'insufficient_funds', 'overall', false, 'money not yet collected', 'present again at most twice, or ask for another way to pay'],
  ['R10', 'both', 'sixty_days', 'unauthorized', 'unauthorized', true, 'receiver does not know the originator or gave no authorization', 'stop; look into identity theft'],
  ['R11', 'consumer', 'sixty_days', 'unauthorized', 'unauthorized', true, 'authorized, but not like this: amount, date or terms are wrong', 'send a corrected new entry within 60 days if it can be corrected'],
  ['R12', 'both', 'two_banking_days', 'account_data', 'overall', false, 'account now kept by another bank', 'ask for the new routing number'],
  ['R13', 'both', 'operator', 'account_data', 'overall', false, 'routing number does not take ACH', 'correct the directory check'],
  ['R14', 'both', 'two_banking_days', 'halt', 'overall', false, 'representative payee dead or unable to act', 'stop; make contact'],
  ['R15', 'consumer', 'two_banking_days', 'halt', 'overall', false, 'beneficiary or owner of the account dead', 'stop; settle with the estate'],
  ['R16', 'both', 'two_banking_days', 'halt', 'overall', false, 'account frozen, or returned on order of the sanctions office', 'stop; open a compliance case'],
  ['R17', 'both', 'two_banking_days', 'our_error', 'overall', false, 'a field does not pass the receiving bank, or fraud is suspected', 'read the text of the return; freeze and review when it is questionable'],
  ['R18', 'both', 'operator', 'our_error', 'overall', false, 'effective date outside the allowed days', 'correct the calendar and send again'],
  ['R19', 'both', 'operator', 'our_error', 'overall', false, 'amount not a number, zero, or not zero where it must be', 'correct and send again'],
  ['R20', 'both', 'two_banking_days', 'account_data', 'overall', false, 'account does not allow this kind of entry', 'another account is needed'],
  ['R21', 'non-consumer', 'two_banking_days', 'our_error', 'overall', false, 'company identification not valid', 'check the identification with the bank'],
  ['R22', 'both', 'two_banking_days', 'our_error', 'overall', false, 'identification of the individual not valid', 'correct the identification'],
  ['R23', 'both', 'upon_refusal', 'account_data', 'none', false, 'receiver refused the credit', 'give the money back to the customer; ask before paying again'],
  ['R24', 'both', 'two_banking_days', 'our_error', 'overall', false, 'duplicate entry', 'find the cause; accept when it was one'],
  ['R25', 'both', 'operator', 'our_error', 'overall', false, 'addenda wrong', 'correct number, type, sequence or indicator'],
  ['R26', 'both', 'operator', 'our_error', 'overall', false, 'mandatory field wrong', 'correct the field'],
  ['R27', 'both', 'operator', 'our_error', 'overall', false, 'trace number wrong', 'correct the trace number'],
  ['R28', 'both', 'operator', 'our_error', 'overall', false, 'check digit of the routing number wrong', 'correct the routing number'],
  ['R29', 'non-consumer', 'two_banking_days', 'unauthorized', 'unauthorized', false, 'company says that it did not authorize this', 'stop; new authorization, and the company identification allowed by its bank'],
  ['R30', 'both', 'operator', 'not_ours', 'overall', false, 'receiving bank takes no truncated checks', 'none; only for checks'],
  ['R31', 'non-consumer', 'as_agreed', 'unauthorized', 'overall', false, 'late company return that the sending bank agreed to', 'as for R29'],
  ['R32', 'both', 'operator', 'bank', 'overall', false, 'receiving bank cannot settle', 'wait, or another bank'],
  ['R33', 'both', 'sixty_days', 'not_ours', 'overall', false, 'return of a destroyed check entry', 'none; only for checks'],
  ['R34', 'both', 'operator', 'bank', 'overall', false, 'receiving bank takes part only in a limited way', 'another bank is needed'],
  ['R35', 'both', 'operator', 'our_error', 'overall', false, 'debit not allowed here', 'correct the transaction code'],
  ['R36', 'both', 'operator', 'our_error', 'none', false, 'credit not allowed here', 'correct the entry class'],
  ['R37', 'both', 'sixty_days', 'not_ours', 'overall', true, 'the check itself was presented too', 'none; only for checks'],
  ['R38', 'both', 'sixty_days', 'not_ours', 'overall', false, 'payment of the check itself was stopped', 'none; only for checks'],
  ['R39', 'both', 'two_banking_days', 'not_ours', 'overall', false, 'check not fit for conversion, or presented too', 'none; only for checks'],
  ['R40', 'both', 'own', 'not_ours', 'none', false, 'agency does not take this enrollment', 'none; only for enrollments'],
  ['R41', 'both', 'own', 'not_ours', 'none', false, 'enrollment: transaction code wrong', 'none; only for enrollments'],
  ['R42', 'both', 'own', 'not_ours', 'none', false, 'enrollment: routing number wrong', 'none; only for enrollments'],
  ['R43', 'both', 'own', 'not_ours', 'none', false, 'enrollment: account number wrong', 'none; only for enrollments'],
  ['R44', 'both', 'own', 'not_ours', 'none', false, 'enrollment: identification wrong', 'none; only for enrollments'],
  ['R45', 'both', 'own', 'not_ours', 'none', false, 'enrollment: name wrong', 'none; only for enrollments'],
  ['R46', 'both', 'own', 'not_ours', 'none', false, 'enrollment: payee indicator wrong', 'none; only for enrollments'],
  ['R47', 'both', 'own', 'not_ours', 'none', false, 'enrollment: duplicate', 'none; only for enrollments'],
  ['R50', 'consumer', 'two_banking_days', 'not_ours', 'none', false, 'state law forbids presenting the check again', 'none; only for checks'],
  ['R51', 'consumer', 'sixty_days', 'unauthorized', 'unauthorized', true, 'check was not fit to be presented again', 'none; only for checks'],
  ['R52', 'consumer', 'sixty_days', 'not_ours', 'none', false, 'payment of the check was stopped', 'none; only for checks'],
  ['R53', 'consumer', 'sixty_days', 'not_ours', 'none', true, 'check and entry were both presented', 'none; only for checks'],
  ['R61', 'both', 'dishonor_five_banking_days', 'bank', 'none', false, 'dishonored: the return went to the wrong bank', 'wait for the receiving bank'],
  ['R62', 'both', 'dishonor_five_banking_days', 'bank', 'none', false, 'dishonored: the return left the receiver with money that is not his', 'wait for the receiving bank'],
  ['R67', 'both', 'dishonor_five_banking_days', 'bank', 'none', false, 'dishonored: the entry was returned twice', 'wait for the receiving bank'],
  ['R68', 'both', 'dishonor_five_banking_days', 'bank', 'none', false, 'dishonored: the return was late', 'wait for the receiving bank'],
  ['R69', 'both', 'dishonor_five_banking_days', 'bank', 'none', false, 'dishonored: fields of the return are wrong', 'wait for the receiving bank'],
  ['R70', 'both', 'dishonor_five_banking_days', 'bank', 'none', false, 'dishonored: the return was not asked for or not agreed', 'wait for the receiving bank'],
  ['R71', 'both', 'contest_two_banking_days', 'bank', 'none', false, 'contested: the dishonor went to the wrong bank', 'the money leaves again'],
  ['R72', 'both', 'contest_two_banking_days', 'bank', 'none', false, 'contested: the dishonor was late', 'the money leaves again'],
  ['R73', 'both', 'contest_two_banking_days', 'bank', 'none', false, 'contested: the return was in time', 'the money leaves again'],
  ['R74', 'both', 'contest_two_banking_days', 'bank', 'none', false, 'corrected return', 'take it as the return that it corrects'],
  ['R75', 'both', 'contest_two_banking_days', 'bank', 'none', false, 'contested: it was no duplicate', 'the money leaves again'],
  ['R76', 'both', 'contest_two_banking_days', 'bank', 'none', false, 'contested: no fields were wrong', 'the money leaves again'],
  ['R77', 'both', 'contest_two_banking_days', 'bank', 'none', false, 'contested: the dishonor for an unintended credit is not accepted', 'the money leaves again'],
  ['R80', 'both', 'two_banking_days', 'not_ours', 'none', false, 'international entry coded wrongly', 'none; only for international entries'],
  ['R81', 'both', 'two_banking_days', 'not_ours', 'none', false, 'gateway has no agreement for this', 'none; only for international entries'],
  ['R82', 'both', 'two_banking_days', 'not_ours', 'none', false, 'identification of the foreign bank wrong', 'none; only for international entries'],
  ['R83', 'both', 'two_banking_days', 'not_ours', 'none', false, 'foreign bank cannot settle', 'none; only for international entries'],
  ['R84', 'both', 'two_banking_days', 'not_ours', 'none', false, 'gateway did not process the entry', 'none; only for international entries'],
  ['R85', 'both', 'two_banking_days', 'halt', 'overall', false, 'international payment sent as a domestic one', 'open a compliance case: it should have been international'],
  ['R90', 'both', 'own', 'halt', 'overall', false, 'returned for sanctions compliance (from 17 March 2028)', 'stop; open a compliance case'],
]

export const returnCodes: ReadonlyMap<string, ReturnReason> = new Map(
  rows.map(([code, account, clock, group, counts, statementNeeded, meaning, next]) => [
    code,
    { code, meaning, account, clock, class: group, counts, statementNeeded, next },
  ]),
)

export type AnswerKind =
  | 'return'
  | 'dishonored_return'
  | 'contested_return'
  | 'correction'
  | 'refused_correction'

/** What an answer is, by its code and nothing else; private codes are returns or corrections. */
export function answerKindOf(typeCode: '98' | '99', code: string): AnswerKind {
  if (typeCode === '98') return /^C6\d$/i.test(code) ? 'refused_correction' : 'correction'
  if (/^R(?:6\d|70)$/i.test(code)) return 'dishonored_return'
  return /^R7[1-7]$/i.test(code) ? 'contested_return' : 'return'
}
