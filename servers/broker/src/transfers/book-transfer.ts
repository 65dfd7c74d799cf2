import { newYorkDate } from '@paddock/calendar'
import { newId } from '@paddock/kernel'
import type { UsdMinor } from '@paddock/money'
import { bookActivity } from '../activities/book-activity.ts'
import type { Tx } from '../db/database.ts'
import type { Transfer } from './transfer.ts'

/** The line of the statement for money that came or went. */
export async function bookTransfer(
  tx: Tx,
  transfer: Transfer,
  { settlesOn, at }: { settlesOn: Temporal.PlainDate; at: Temporal.Instant },
): Promise<void> {
  await bookActivity(tx, {
    accountId: transfer.accountId,
    id: transfer.id,
    type: typeOf(transfer),
    at,
    settlesOn,
    netAmountMinor: signedAmount(transfer),
    details: { transfer_id: transfer.id },
  })
}

/** The line that takes it back: of the same type and against its sign (contracts/alpaca/transfers.md). */
export async function bookTransferReturn(
  tx: Tx,
  transfer: Transfer,
  reason: string,
  at: Temporal.Instant,
): Promise<void> {
  await bookActivity(tx, {
    accountId: transfer.accountId,
    id: newId(),
    type: typeOf(transfer),
    at,
    settlesOn: newYorkDate(at),
    netAmountMinor: -signedAmount(transfer) as UsdMinor,
    description: reason,
    previousId: transfer.id,
    details: { transfer_id: transfer.id },
  })
}

const typeOf = ({ direction }: Transfer) => (direction === 'INCOMING' ? 'CSD' : 'CSW')

const signedAmount = ({ direction, amountMinor }: Transfer) =>
  (direction === 'INCOMING' ? amountMinor : -amountMinor) as UsdMinor
