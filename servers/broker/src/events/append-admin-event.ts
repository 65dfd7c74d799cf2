import { newId } from '@paddock/kernel'
import type { AccountId } from '../accounts/account.ts'
import type { Tx } from '../db/database.ts'
import type { JsonObject } from '../db/schema.ts'
import { appendEvent } from './append-event.ts'

/** The vendor's words for what a person did (contracts/alpaca/events.md §5). */
export type AdminEventType =
  | 'liquidation_admin_event'
  | 'legacy_note_admin_event'
  | 'note_admin_event'
  | 'transaction_cancel_admin_event'
  | 'acats_status_admin_event'

export type AdminAction = {
  readonly type: AdminEventType
  /** The account concerned; locked by the caller. */
  readonly accountId: AccountId | undefined
  readonly category?: 'order' | 'other' | 'acats'
  readonly visibility?: 'internal' | 'external' | 'correspondent_only'
  /** What was done and why, for people. */
  readonly note: string
  readonly belongsTo: { readonly kind: string; readonly id: string }
  /** Who did it; nobody is named when it came through the simulation's own door. */
  readonly createdBy?: JsonObject
  /** What it was about, such as the status before and after. */
  readonly context?: JsonObject
  readonly at: Temporal.Instant
}

/** Tells the stream of admin actions that a person changed something, in the transaction of the change. */
export async function appendAdminEvent(tx: Tx, action: AdminAction): Promise<void> {
  const { type, accountId, belongsTo, note, at } = action
  await appendEvent(tx, {
    accountId,
    stream: 'admin',
    entityId: newId(),
    statusTo: type,
    at,
    payload: {
      category: action.category ?? 'other',
      visibility: action.visibility ?? 'correspondent_only',
      note,
      belongs_to: { kind: belongsTo.kind, id_reference: belongsTo.id },
      created_by: action.createdBy ?? { kind: 'operator' },
      context: action.context ?? {},
    },
  })
}
