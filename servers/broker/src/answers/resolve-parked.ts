import { type CorrectedData, readCorrectedData } from '@paddock/nacha'
import { lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import type { AchEntry } from '../origination/ach-file.ts'
import { clearAlarm } from '../origination/alarm-store.ts'
import { findEntry, findEntryByTrace } from '../origination/file-store.ts'
import type { Answer, AnswerId } from './answer.ts'
import { findAnswer, readCorrectedText, resolveAnswer } from './answer-store.ts'
import { applyCorrection } from './apply-correction.ts'
import { applyReturn } from './apply-return.ts'
import { listOpenCasesOf, updateCase } from './case-store.ts'
import { AnswerRejected } from './decide-case.ts'

export type Resolution = {
  /** Do what it says, to the entry that it names or to the one that a person has found; or let it be. */
  readonly action: 'apply' | 'dismiss'
  readonly traceNumber: string | undefined
  readonly note: string | undefined
}

/** A person decides about an answer that waits. */
export async function resolveParked(
  ctx: BrokerContext,
  id: AnswerId,
  resolution: Resolution,
): Promise<Answer> {
  return transact(ctx, async (tx) => {
    const answer = await lockParked(tx, id)
    const now = ctx.clock.now()
    const { action, note } = resolution
    if (action === 'dismiss') await resolveAnswer(tx, id, { resolution: 'dismissed', note }, now)
    else {
      const entry = await findMeant(tx, answer, resolution.traceNumber)
      await applyParked(ctx, tx, { answer, entry }, now)
      for (const one of await listOpenCasesOf(tx, entry.id))
        await updateCase(tx, one.id, { state: 'CLOSED' }, now)
      await resolveAnswer(tx, id, { resolution: 'applied', note, entryId: entry.id }, now)
    }
    await clearAlarm(tx, { kind: 'ach_parked', subject: id }, now)
    return (await findAnswer(tx, id)) ?? answer
  })
}

async function lockParked(tx: Tx, id: AnswerId): Promise<Answer> {
  await tx.selectFrom('ach_answers').select('id').where('id', '=', id).forUpdate().execute()
  const answer = await findAnswer(tx, id)
  if (answer === undefined) throw new AnswerRejected('answer_not_found')
  if (answer.state !== 'PARKED') throw new AnswerRejected('answer_not_parked', { state: answer.state })
  return answer
}

async function findMeant(tx: Tx, { entryId }: Answer, traceNumber: string | undefined): Promise<AchEntry> {
  const named = traceNumber === undefined ? undefined : await findEntryByTrace(tx, traceNumber)
  const entry = traceNumber !== undefined || entryId === undefined ? named : await findEntry(tx, entryId)
  if (entry === undefined) throw new AnswerRejected('entry_not_found')
  await lockAccount(tx, entry.accountId)
  return (await findEntry(tx, entry.id)) ?? entry
}

async function applyParked(
  ctx: BrokerContext,
  tx: Tx,
  { answer, entry }: { answer: Answer; entry: AchEntry },
  now: Temporal.Instant,
): Promise<void> {
  const { id, kind, code, information } = answer
  if (kind === 'RETURN' && entry.status === 'BOUND') {
    if (await applyReturn(ctx, tx, entry, { code, information }, now)) return
  }
  if (kind === 'CORRECTION') {
    const corrected = await correctedOf(ctx, tx, answer)
    if (corrected !== undefined)
      return applyCorrection(ctx, tx, entry, { answerId: id, code, corrected }, now)
  }
  throw new AnswerRejected('answer_not_applicable', { kind, status: entry.status })
}

async function correctedOf(
  ctx: BrokerContext,
  tx: Tx,
  { id, code }: Answer,
): Promise<CorrectedData | undefined> {
  const text = await readCorrectedText(ctx, tx, id)
  return text === undefined ? undefined : readCorrectedData(code, text)
}
