import { newYorkDate } from '@paddock/calendar'
import { newId } from '@paddock/kernel'
import { post } from '@paddock/ledger'
import { scheduleJob } from '@paddock/service'
import type { AccountId } from '../accounts/account.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { JsonObject } from '../db/schema.ts'
import { transact } from '../db/transact.ts'
import { findAnswer, keepAnswer } from '../idempotency/idempotent-answer.ts'
import { EXECUTE_JOURNALS } from './execute-journal.ts'
import { APPLY_JOURNAL_FIXTURE, asksForRejection, endOfDay } from './fixture.ts'
import { type Journal, type JournalId, type JournalOrigin, type Moved, worthOf } from './journal.ts'
import { announceJournals } from './journal-event.ts'
import { type JournalRules, journalRules } from './journal-rules.ts'
import { insertJournals, sumJournaledOn } from './journal-store.ts'
import { holdOf } from './ledger-steps.ts'
import { openShareBooks, requireMeans, requireSplitsDone } from './means.ts'
import { lockLimits, lockParties, requireParties } from './parties.ts'

export type JournalWish = {
  readonly from: AccountId
  readonly to: AccountId
  readonly moved: Moved
  readonly description: string
  readonly travelRule: JsonObject
}

export type JournalRequest = {
  readonly origin: Exclude<JournalOrigin, 'correction'>
  readonly wishes: readonly JournalWish[]
  readonly idempotencyKey: string | undefined
}

/** Keys count where they were given. */
const scopes = {
  single: 'journals',
  batch: 'journals/batch',
  reverse_batch: 'journals/reverse_batch',
} as const

/** The answer says `queued`; the agenda does the rest in less than a second. */
const CLEARS_AFTER = { milliseconds: 200 }

const JOURNALS_PER_JOB = 50

/**
 * Takes one journal or many: all of them queued or, above the limits, pending, with what they move set aside.
 * Or refuses all and changes nothing. `present` makes the answer that a repetition of the same key will get again.
 */
export async function requestJournals(
  ctx: BrokerContext,
  request: JournalRequest,
  present: (journals: readonly Journal[]) => JsonObject,
): Promise<JsonObject> {
  const { origin, wishes, idempotencyKey } = request
  const named =
    idempotencyKey === undefined
      ? undefined
      : { scope: scopes[origin], key: idempotencyKey, content: wishes.map(contentOf) }
  return transact(ctx, async (tx) => {
    // First of all checks: a retry must meet its earlier self, not the money that one set aside.
    const before = named === undefined ? undefined : await findAnswer(tx, named)
    if (before !== undefined) return before

    const now = ctx.clock.now()
    const rules = journalRules(ctx.config)
    const parties = await lockParties(
      tx,
      wishes.flatMap(({ from, to }) => [from, to]),
    )
    for (const [index, { from, to, moved }] of wishes.entries()) {
      requireParties(parties, rules, { entryType: moved.entryType, from, to }, entryOf(request, index))
    }
    await requireSplitsDone(ctx, tx, wishes, (index) => entryOf(request, index))
    await requireMeans(ctx, tx, wishes, (index) => entryOf(request, index))

    const journals = await decide(tx, rules, request, now)
    await insertJournals(tx, journals)
    await openShareBooks(tx, journals)
    await post(
      tx,
      journals.map((journal) => holdOf(journal, now)),
    )
    await announceJournals(tx, journals, now)
    await plan(tx, journals, now)
    const answer = present(journals)
    if (named !== undefined) await keepAnswer(tx, named, answer, now)
    return answer
  })
}

function contentOf({ from, to, moved, description, travelRule }: JournalWish): readonly unknown[] {
  const what =
    moved.entryType === 'JNLC' ? [String(moved.amountMinor)] : [moved.symbol, String(moved.quantityNano)]
  return [from, to, moved.entryType, ...what, description, travelRule]
}

/** Which entry of a batch a refusal is about. */
const entryOf = ({ origin }: JournalRequest, index: number) => (origin === 'single' ? {} : { entry: index })

/** One after the other: each is measured by what the day has seen, the ones before it in the batch included. */
async function decide(
  tx: Tx,
  rules: JournalRules,
  { origin, wishes, idempotencyKey }: JournalRequest,
  now: Temporal.Instant,
): Promise<Journal[]> {
  const requestedOn = newYorkDate(now)
  await lockLimits(tx)
  const used = new Map<string, bigint>()
  const journals: Journal[] = []
  for (const wish of wishes) {
    const valueMinor = worthOf(wish.moved)
    const isCash = wish.moved.entryType === 'JNLC'
    const sum = isCash ? 'cash' : wish.to
    const usedMinor =
      used.get(sum) ??
      (await sumJournaledOn(
        tx,
        requestedOn,
        isCash ? { entryType: 'JNLC' } : { entryType: 'JNLS', to: wish.to },
      ))
    used.set(sum, usedMinor + valueMinor)
    const isWithin = valueMinor <= rules.perJournalMinor && usedMinor + valueMinor <= rules.perDayMinor
    journals.push({
      ...wish,
      id: newId() as JournalId,
      status: isWithin ? 'queued' : 'pending',
      valueMinor,
      origin,
      idempotencyKey,
      reason: undefined,
      correctsId: undefined,
      requestedOn,
      settlesOn: undefined,
      fromActivityId: undefined,
      toActivityId: undefined,
      createdAt: now,
      updatedAt: now,
    })
  }
  return journals
}

/** What has to wait is left to an operator, unless its description asks for an end. */
async function plan(tx: Tx, journals: readonly Journal[], now: Temporal.Instant): Promise<void> {
  const queued = journals.filter(({ status }) => status === 'queued').map(({ id }) => id)
  const runAt = now.add(CLEARS_AFTER)
  for (let from = 0; from < queued.length; from += JOURNALS_PER_JOB) {
    const journalIds = queued.slice(from, from + JOURNALS_PER_JOB)
    await scheduleJob(tx, {
      queue: EXECUTE_JOURNALS,
      key: String(journalIds[0]),
      runAt,
      payload: { journalIds },
    })
  }
  for (const { id } of journals.filter(
    ({ status, description }) => status === 'pending' && asksForRejection(description),
  )) {
    await scheduleJob(tx, {
      queue: APPLY_JOURNAL_FIXTURE,
      key: id,
      runAt: endOfDay(now),
      payload: { journalId: id },
    })
  }
}
