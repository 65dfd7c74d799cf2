import { addBankingDays, newYorkDate } from '@paddock/calendar'
import { DomainError } from '@paddock/kernel'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { clearAlarm, raiseAlarm } from '../origination/alarm-store.ts'
import { findAnswer, resolveAnswer } from './answer-store.ts'
import { type AchCase, findCase, listOverdueCases, updateCase } from './case-store.ts'

export type AnswerRejection =
  | 'ach_file_not_found'
  | 'answer_not_applicable'
  | 'answer_not_found'
  | 'answer_not_parked'
  | 'case_not_found'
  | 'case_not_open'
  | 'entry_not_found'

export class AnswerRejected extends DomainError<AnswerRejection> {
  override readonly name = 'AnswerRejected'
}

/** The other bank has so many banking days to contest (contracts/nacha/answers.md §5). */
const CONTEST_BANKING_DAYS = 2

/** Our bank was asked to send the return back, or nobody wants to. */
export async function decideCase(
  ctx: BrokerContext,
  id: string,
  { action, note }: { action: 'dishonor' | 'close'; note: string | undefined },
): Promise<AchCase> {
  return transact(ctx, async (tx) => {
    const found = await findCase(tx, id)
    if (found === undefined) throw new AnswerRejected('case_not_found')
    if (found.state !== 'OPEN') throw new AnswerRejected('case_not_open', { state: found.state })
    const now = ctx.clock.now()
    const told = note === undefined ? {} : { note }
    if (action === 'close') await updateCase(tx, id, { state: 'CLOSED', ...told }, now)
    else {
      const due_on = addBankingDays(newYorkDate(now), CONTEST_BANKING_DAYS)
      await updateCase(tx, id, { state: 'DISHONORED', due_on, ...told }, now)
    }
    return (await findCase(tx, id)) ?? found
  })
}

/** A deadline passes: nobody disputed the return, or the other bank did not insist and the dispute is won. */
export async function lapseCases(ctx: BrokerContext): Promise<void> {
  const now = ctx.clock.now()
  for (const one of await listOverdueCases(ctx.db, newYorkDate(now))) {
    await transact(ctx, (tx) => (one.state === 'OPEN' ? lapse(tx, one, now) : win(tx, one, now)))
  }
}

async function lapse(tx: Tx, one: AchCase, now: Temporal.Instant): Promise<void> {
  await updateCase(tx, one.id, { state: 'LAPSED' }, now)
  const message = `the last day to dishonor a return as ${one.ground} has passed; what it says still waits`
  await raiseAlarm(tx, { kind: 'ach_case', subject: one.id, message }, now)
}

async function win(tx: Tx, one: AchCase, now: Temporal.Instant): Promise<void> {
  await updateCase(tx, one.id, { state: 'CLOSED' }, now)
  const answer = await findAnswer(tx, one.answerId)
  if (answer?.state !== 'PARKED') return
  await resolveAnswer(tx, answer.id, { resolution: 'dishonored', note: undefined }, now)
  await clearAlarm(tx, { kind: 'ach_parked', subject: answer.id }, now)
}
