import type { Tx } from '../db/database.ts'
import { appendEvent } from '../events/append-event.ts'
import type { Journal, JournalStatus } from './journal.ts'
import { type JournalChange, updateJournal } from './journal-store.ts'

/** Tells that a journal came into being or into another state; one event for each change. Both accounts are locked. */
export async function appendJournalEvent(
  tx: Tx,
  journal: Journal,
  change: { from: JournalStatus | undefined; to: JournalStatus; reason?: string | undefined },
  at: Temporal.Instant,
): Promise<void> {
  const { idempotencyKey, origin } = journal
  await appendEvent(tx, {
    accountId: journal.to,
    stream: 'journal',
    entityId: journal.id,
    statusFrom: change.from ?? '',
    statusTo: change.to,
    at,
    payload: {
      entry_type: journal.moved.entryType,
      description: journal.description,
      idempotency_key: idempotencyKey ?? '',
      idempotency_key_type: idempotencyKey === undefined ? '' : origin === 'single' ? 'single' : 'batch',
      batch_error_message: '',
      ...(change.reason === undefined ? {} : { reason: change.reason }),
    },
  })
}

/** Changes the row and tells of it; answers the journal in its new state. */
export async function moveJournal(
  tx: Tx,
  journal: Journal,
  change: JournalChange,
  at: Temporal.Instant,
): Promise<Journal> {
  const moved = await updateJournal(tx, journal.id, change, at)
  await appendJournalEvent(
    tx,
    journal,
    { from: journal.status, to: change.status, reason: change.reason },
    at,
  )
  return moved
}
