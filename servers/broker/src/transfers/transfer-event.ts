import type { Tx } from '../db/database.ts'
import { appendEvent, type NewEvent } from '../events/append-event.ts'
import { endInstantCredit, scheduleClawBack } from '../risk/instant-credit.ts'
import { openTransferStatuses, type Transfer, type TransferStatus } from './transfer.ts'
import { type TransferChange, updateTransfer } from './transfer-store.ts'

type StatusChange = { from: TransferStatus | undefined; to: TransferStatus; reason?: string | undefined }

/** Tells that a transfer came into being or into another state; one event for each change. */
export async function appendTransferEvent(
  tx: Tx,
  transfer: Pick<Transfer, 'accountId' | 'id'>,
  change: StatusChange,
  at: Temporal.Instant,
): Promise<void> {
  await appendEvent(tx, transferEvent(transfer, change, at))
}

export const transferEvent = (
  { accountId, id }: Pick<Transfer, 'accountId' | 'id'>,
  { from, to, reason }: StatusChange,
  at: Temporal.Instant,
): NewEvent => ({
  accountId,
  stream: 'transfer',
  entityId: id,
  statusFrom: from ?? '',
  statusTo: to,
  at,
  payload: reason === undefined ? {} : { reason },
})

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
