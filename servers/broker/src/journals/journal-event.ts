import type { Tx } from '../db/database.ts'
import { appendAdminEvent } from '../events/append-admin-event.ts'
import { appendEvent, appendEvents, type NewEvent } from '../events/append-event.ts'
import type { Journal, JournalStatus } from './journal.ts'
import { type JournalChange, updateJournal } from './journal-store.ts'

type Change = { from: JournalStatus | undefined; to: JournalStatus; reason?: string | undefined }

/** Tells that a journal came into being or into another state; one event for each change. Both accounts are locked. */
export async function appendJournalEvent(
  tx: Tx,
  journal: Journal,
  change: Change,
  at: Temporal.Instant,
): Promise<void> {
  await appendEvent(tx, toEvent(journal, change, at))
}

/** Tells of new journals: all were queued, some have to wait at once. */
export async function announceJournals(
  tx: Tx,
  journals: readonly Journal[],
  at: Temporal.Instant,
): Promise<void> {
  await appendEvents(
    tx,
    journals.flatMap((journal) => {
      const queued = toEvent(journal, { from: undefined, to: 'queued' }, at)
      if (journal.status === 'queued') return [queued]
      return [queued, toEvent(journal, { from: 'queued', to: journal.status }, at)]
    }),
  )
}

function toEvent(journal: Journal, change: Change, at: Temporal.Instant): NewEvent {
  const { idempotencyKey, origin } = journal
  return {
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
  }
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

/** Tells what an operator turned down or took back. Both accounts are locked. */
export async function appendCancelNote(
  tx: Tx,
  { id, to, moved, idempotencyKey }: Journal,
  note: string,
  at: Temporal.Instant,
): Promise<void> {
  await appendAdminEvent(tx, {
    type: 'transaction_cancel_admin_event',
    accountId: to,
    note,
    context: { entry_type: moved.entryType, external_id: idempotencyKey ?? '', transaction_id: id },
    at,
  })
}
