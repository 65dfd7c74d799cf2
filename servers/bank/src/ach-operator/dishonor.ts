import { addBankingDays, newYorkDate } from '@paddock/calendar'
import type { Tx } from '../db/database.ts'
import { answerTime } from './answer-clock.ts'
import { findAnswerByTrace, promiseAnswer } from './answer-store.ts'
import type { Answer, Flaw, SettledEntry } from './operator.ts'
import type { House } from './settle-entries.ts'

/** How long a firm's bank may say that it does not take a return. */
const DISHONOR_BANKING_DAYS = 5

/** A dishonor is right when the return has what it says; then the receiving bank keeps still. */
const GROUNDS: Readonly<Record<string, readonly Flaw[]>> = {
  R67: ['duplicate'],
  R68: ['late'],
  R69: ['wrong_amount', 'unknown_trace', 'malformed'],
}

/** What the receiving bank says to a dishonor that is not right. */
const CONTESTS: Readonly<Record<string, string>> = {
  R61: 'R71',
  R62: 'R77',
  R67: 'R75',
  R68: 'R73',
  R69: 'R76',
  R70: 'R76',
}

/**
 * A firm's bank sent a return back: the receiving bank takes it, corrects its return, or contests
 * (contracts/nacha/operator.md §4). Answers the account that the money is booked against.
 */
export async function answerDishonor(tx: Tx, entry: SettledEntry, house: House): Promise<string> {
  const addenda = entry.entry.addenda.find(({ layout }) => layout === 'dishonorAddenda')
  if (addenda?.layout !== 'dishonorAddenda') return house.exceptions
  const returned = await findAnswerByTrace(tx, addenda.returnTrace)
  if (returned === undefined) return house.exceptions
  const code = contestOf(addenda.code, returned, entry.settlesAt)
  if (code !== undefined) {
    await promiseAnswer(tx, {
      key: `${entry.fileName}:${entry.line}:${code}`,
      fileName: returned.fileName,
      line: returned.line,
      kind: 'contest',
      code,
      amountMinor: code === 'R74' ? returned.amountMinor - 1n : entry.amountMinor,
      dishonorFile: entry.fileName,
      dishonorLine: entry.line,
      contraId: returned.contraId,
      ...answerTime('contest_two_banking_days', entry.settlesAt),
    })
  }
  return returned.contraId
}

function contestOf(ground: string, returned: Answer, dishonoredAt: Temporal.Instant): string | undefined {
  const last = addBankingDays(newYorkDate(returned.settlesAt), DISHONOR_BANKING_DAYS)
  if (Temporal.PlainDate.compare(newYorkDate(dishonoredAt), last) > 0) return 'R72'
  const isRight = returned.flaw !== null && GROUNDS[ground]?.includes(returned.flaw) === true
  if (!isRight) return CONTESTS[ground] ?? 'R76'
  return returned.flaw === 'wrong_amount' ? 'R74' : undefined
}
