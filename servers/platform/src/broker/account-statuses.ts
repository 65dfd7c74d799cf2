import type { AccountStatusEvent } from '@paddock/broker-sdk'
import { lockAccountMirror, updateStatuses } from '../applications/brokerage-accounts-store.ts'
import type { Tx } from '../db/database.ts'

/** Takes over the statuses that an event tells. */
export async function applyStatus(tx: Tx, event: AccountStatusEvent): Promise<void> {
  await lockAccountMirror(tx, event.account_id)
  await updateStatuses(tx, event.account_id, {
    status: event.status_to,
    cryptoStatus: event.crypto_status_to,
    eventId: event.event_ulid,
  })
}

/** Takes over what was told before we knew that the account is ours. */
export async function applyStoredStatuses(tx: Tx, accountId: string): Promise<void> {
  const rows = await tx
    .selectFrom('broker_events')
    .select('payload')
    .where('account_id', '=', accountId)
    .where('stream', '=', 'account')
    .orderBy('event_id')
    .execute()
  for (const { payload } of rows) await applyStatus(tx, payload as unknown as AccountStatusEvent)
}
