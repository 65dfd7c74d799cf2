import { newId } from '@paddock/kernel'
import type { AccountId } from '../accounts/account.ts'
import type { Tx } from '../db/database.ts'
import type { JsonObject } from '../db/schema.ts'
import { appendEvent } from './append-event.ts'
import { CORRESPONDENT } from './correspondent.ts'

/** What was done, in the vendor's words for it (contracts/alpaca/events.md §5). */
type Deed =
  /** A decision or a setting; the context says what was before and is now. */
  | { readonly type: 'note_admin_event'; readonly context: JsonObject }
  /** A movement of money or shares was turned down or taken back. */
  | { readonly type: 'transaction_cancel_admin_event'; readonly context: CanceledTransaction }

export type CanceledTransaction = {
  /** The activity that it is, or would have been. */
  readonly entry_type: 'CSD' | 'CSW' | 'JNLC' | 'JNLS'
  /** The name that whoever asked for it gave it. */
  readonly external_id: string
  readonly transaction_id: string
}

export type AdminAction = Deed & {
  /** The account concerned, locked by the caller; nothing for what concerns the whole broker. */
  readonly accountId: AccountId | undefined
  /** What was done and why, for people. */
  readonly note: string
  /** A person, if it is not said that the system did it. */
  readonly by?: 'admin' | 'service'
  readonly at: Temporal.Instant
}

/** Tells the stream of admin actions what was decided, in the transaction of the change. */
export async function appendAdminEvent(tx: Tx, action: AdminAction): Promise<void> {
  const { type, accountId, note, context, by, at } = action
  await appendEvent(tx, {
    accountId,
    stream: 'admin',
    entityId: newId(),
    statusTo: type,
    at,
    payload: {
      category: 'other',
      visibility: 'correspondent_only',
      note,
      belongs_to:
        accountId === undefined
          ? { kind: 'correspondent', id_reference: CORRESPONDENT }
          : { kind: 'account', id_reference: accountId },
      created_by: { kind: by ?? 'admin' },
      context,
    },
  })
}
