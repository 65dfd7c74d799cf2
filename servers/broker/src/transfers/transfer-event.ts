import type { Tx } from '../db/database.ts'
import { appendEvent } from '../events/append-event.ts'
import { endInstantCredit, scheduleClawBack } from '../risk/instant-credit.ts'
import { openTransferStatuses, type Transfer, type TransferStatus } from './transfer.ts'
import { type TransferChange, updateTransfer } from './transfer-store.ts'

/** Tells that a transfer came into being or into another state; one event for each change. */
export async function appendTransferEvent(
  tx: Tx,
  transfer: Pick<Transfer, 'accountId' | 'id'>,
  change: { from: TransferStatus | undefined; to: TransferStatus; reason?: string | undefined },
  at: Temporal.Instant,
): Promise<void> {
  await appendEvent(tx, {
    accountId: transfer.accountId,
    stream: 'transfer',
    entityId: transfer.id,
    statusFrom: change.from ?? '',
    statusTo: change.to,
    at,
    payload: change.reason === undefined ? {} : { reason: change.reason },
  })
}

/**
 * Changes the row and tells of it; answers the transfer in its new state. Call it when the money is booked,
 * because with the transfer ends the credit that was given on it.
 */
export async function moveTransfer(
  tx: Tx,
  transfer: Transfer,
  change: TransferChange,
  at: Temporal.Instant,
): Promise<Transfer> {
  await updateTransfer(tx, transfer, change, at)
  await appendTransferEvent(
    tx,
    transfer,
    { from: transfer.status, to: change.status, reason: change.reason ?? undefined },
    at,
  )
  const wasOpen = isOpen(transfer.status) && !isOpen(change.status)
  if (wasOpen && transfer.instantMinor > 0n) {
    await endInstantCredit(tx, transfer, change.status === 'COMPLETE', at)
  }
  if (change.status === 'RETURNED' && transfer.direction === 'INCOMING') {
    await scheduleClawBack(tx, transfer, at)
  }
  return { ...transfer, status: change.status }
}

const isOpen = (status: TransferStatus) => openTransferStatuses.some((open) => open === status)
