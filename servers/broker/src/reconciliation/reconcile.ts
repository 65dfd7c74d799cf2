import { isDeepStrictEqual } from 'node:util'
import { isBankingDay } from '@paddock/calendar'
import { newId } from '@paddock/kernel'
import { sql } from 'kysely'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { appendAdminEvent } from '../events/append-admin-event.ts'
import type { DailyJob } from '../jobs/daily-jobs.ts'
import { clearAlarm, raiseAlarm } from '../origination/alarm-store.ts'
import {
  acceptedKey,
  endBreak,
  insertBreak,
  listAccepted,
  listOpenBreaks,
  refreshBreak,
} from './break-store.ts'
import { acknowledgementsCheck } from './check-acknowledgements.ts'
import { answersCheck, returnRatesCheck } from './check-answers.ts'
import { cashBookCheck } from './check-cash-book.ts'
import { clearingCheck } from './check-clearing.ts'
import { entriesCheck } from './check-entries.ts'
import { returnsCheck } from './check-returns.ts'
import { settlementCheck } from './check-settlement.ts'
import { bankBalanceCheck, statementsCheck } from './check-statements.ts'
import type { Compared, Found, ReconciliationCheck, Run, RunId } from './reconciliation.ts'
import { hasDailyRun, insertRun } from './run-store.ts'

/** In the order of contracts/nacha/reconciliation.md §2. */
const checks: readonly ReconciliationCheck[] = [
  acknowledgementsCheck,
  clearingCheck,
  settlementCheck,
  returnsCheck,
  entriesCheck,
  answersCheck,
  cashBookCheck,
  statementsCheck,
  returnRatesCheck,
  bankBalanceCheck,
]

/**
 * Compares ledger, files, statements and answers as they are at one moment, and keeps what does not agree:
 * what is new is opened, what is still there grows older, what agrees by now is cleared.
 */
export async function reconcile(
  ctx: BrokerContext,
  day: Temporal.PlainDate,
  reason: Run['reason'],
): Promise<Run> {
  // One snapshot: money that moves meanwhile is in all of it or in none.
  const run = await ctx.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((tx) => reconcileIn(ctx, tx, day, reason))
  ctx.events.wake()
  return run
}

async function reconcileIn(
  ctx: BrokerContext,
  tx: Tx,
  day: Temporal.PlainDate,
  reason: Run['reason'],
): Promise<Run> {
  // Two at once would open the same breaks twice. The snapshot is taken after it.
  await sql`lock table reconciliation_breaks in share row exclusive mode`.execute(tx)
  const id = newId() as RunId
  const at = ctx.clock.now()
  const results: { readonly name: ReconciliationCheck['name']; readonly compared: Compared }[] = []
  for (const { name, compare } of checks) results.push({ name, compared: await compare(ctx, tx, day) })
  const figures = Object.assign({}, ...results.map(({ compared }) => compared.figures ?? {})) as Record<
    string,
    bigint
  >
  const accepted = await listAccepted(tx)
  const open = results.flatMap(({ compared }) =>
    compared.found.filter((one) => !accepted.has(acceptedKey(one.kind, one.subject, one.amountMinor))),
  )
  const run: Run = {
    id,
    day,
    reason,
    at,
    checks: results.map(({ name, compared }) => ({
      check: name,
      compared: compared.compared,
      breaks: compared.found.filter((one) => open.includes(one)).length,
    })),
    figures: Object.fromEntries(Object.entries(figures).map(([name, minor]) => [name, String(minor)])),
    openBreaks: open.length,
  }
  await insertRun(tx, run)
  const fresh = await keepBreaks(tx, run, open)
  await tell(tx, run, fresh)
  return run
}

/** Answers those that are new. */
async function keepBreaks(tx: Tx, run: Run, found: readonly Found[]): Promise<Found[]> {
  const before = new Map((await listOpenBreaks(tx)).map((one) => [`${one.kind}|${one.subject}`, one]))
  const fresh: Found[] = []
  for (const one of found) {
    const key = `${one.kind}|${one.subject}`
    const known = before.get(key)
    before.delete(key)
    if (known === undefined) {
      fresh.push(one)
      await insertBreak(tx, one, run.id, run.at)
    } else if (!isSame(known, one)) await refreshBreak(tx, known.id, one)
  }
  for (const gone of before.values()) await endBreak(tx, gone.id, { state: 'CLEARED' }, run.at)
  return fresh
}

const isSame = (known: Found, found: Found): boolean =>
  known.amountMinor === found.amountMinor &&
  known.guess === found.guess &&
  isDeepStrictEqual(known.facts, found.facts)

const ALARM = { kind: 'reconciliation', subject: 'open breaks' }

async function tell(tx: Tx, { day, openBreaks, at }: Run, fresh: readonly Found[]): Promise<void> {
  if (openBreaks === 0) return clearAlarm(tx, ALARM, at)
  const message = `${openBreaks} breaks are open after the reconciliation of ${day}`
  await raiseAlarm(tx, { ...ALARM, message }, at)
  if (fresh.length === 0) return
  await appendAdminEvent(tx, {
    type: 'note_admin_event',
    accountId: undefined,
    note: message,
    context: { day: day.toString(), new_breaks: fresh.map(({ kind, subject }) => `${kind}: ${subject}`) },
    by: 'service',
    at,
  })
}

/** At the end of each banking day, when the statement of the day has been read. */
export const reconcileDaily: DailyJob = {
  queue: 'reconcile',
  time: Temporal.PlainTime.from('23:50'),
  async run(ctx, day) {
    if (!isBankingDay(day) || (await hasDailyRun(ctx.db, day))) return
    await reconcile(ctx, day, 'daily')
  },
}
