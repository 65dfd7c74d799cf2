import { post } from '@paddock/ledger'
import { cancelJob } from '@paddock/service'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { appendAdminEvent } from '../events/append-admin-event.ts'
import { clearJournal, lockJournal } from './execute-journal.ts'
import { APPLY_JOURNAL_FIXTURE } from './fixture.ts'
import { type Journal, type JournalId, JournalRejected, type JournalRejection } from './journal.ts'
import { appendCancelNote, moveJournal } from './journal-event.ts'
import { releaseOf } from './ledger-steps.ts'
import type { Parties } from './parties.ts'

/** An operator lets a journal above the limits pass: it is executed at once. */
export async function approveJournal(ctx: BrokerContext, id: JournalId): Promise<Journal> {
  return transact(ctx, async (tx) => {
    const { journal, parties } = await lockPending(tx, id, 'journal_not_decidable')
    await appendAdminEvent(tx, {
      type: 'note_admin_event',
      accountId: journal.to,
      note: 'journal approved',
      context: { journal_id: id, entry_type: journal.moved.entryType },
      at: ctx.clock.now(),
    })
    return clearJournal(ctx, tx, journal, parties)
  })
}

/** An operator turns it down: what was set aside is free again. */
export async function rejectJournal(ctx: BrokerContext, id: JournalId, reason: string): Promise<Journal> {
  return transact(ctx, async (tx) => {
    const { journal } = await lockPending(tx, id, 'journal_not_decidable')
    await appendCancelNote(tx, journal, `journal rejected: ${reason}`, ctx.clock.now())
    return end(tx, journal, { status: 'rejected', reason }, ctx.clock.now())
  })
}

/** Whoever asked for it calls it off while it waits. */
export async function cancelJournal(ctx: BrokerContext, id: JournalId): Promise<void> {
  await transact(ctx, async (tx) => {
    const { journal } = await lockPending(tx, id, 'journal_not_deletable')
    await end(tx, journal, { status: 'canceled' }, ctx.clock.now())
  })
}

/** At the end of the day a journal that asked for it is rejected. Does nothing the second time. */
export async function applyJournalFixture(
  ctx: BrokerContext,
  { journalId }: { readonly journalId: JournalId },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { journal } = await lockJournal(tx, journalId)
    if (journal.status !== 'pending') return
    const reason = 'rejected because its description asked for it'
    await end(tx, journal, { status: 'rejected', reason }, ctx.clock.now())
  })
}

async function lockPending(
  tx: Tx,
  id: JournalId,
  refusal: JournalRejection,
): Promise<{ journal: Journal; parties: Parties }> {
  const locked = await lockJournal(tx, id)
  const { status } = locked.journal
  if (status !== 'pending') throw new JournalRejected(refusal, { status })
  await cancelJob(tx, APPLY_JOURNAL_FIXTURE, id)
  return locked
}

async function end(
  tx: Tx,
  journal: Journal,
  change: { status: 'rejected' | 'canceled'; reason?: string },
  now: Temporal.Instant,
): Promise<Journal> {
  await post(tx, [releaseOf(journal, now)])
  return moveJournal(tx, journal, change, now)
}
