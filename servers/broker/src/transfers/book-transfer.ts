import { newYorkDate } from '@paddock/calendar'
import { newId } from '@paddock/kernel'
import type { QuantityNano, UsdMinor } from '@paddock/money'
import { bookActivity } from '../activities/book-activity.ts'
import type { Tx } from '../db/database.ts'
import { FIRM_ACCOUNT_ID } from '../firm/firm-account.ts'
import { isFirmAccount } from '../wires/firm-pays.ts'
import type { Transfer } from './transfer.ts'

/** The lines of the statement for money that came or went, and for the fee of a wire, whoever paid it. */
export async function bookTransfer(
  tx: Tx,
  transfer: Transfer,
  { settlesOn, payer, at }: { settlesOn: Temporal.PlainDate; payer: string; at: Temporal.Instant },
): Promise<void> {
  const { accountId, feeMinor, billedFeeMinor } = transfer
  const line = { at, settlesOn, details: { transfer_id: transfer.id } }
  await bookActivity(tx, {
    ...line,
    accountId,
    id: transfer.id,
    type: typeOf(transfer),
    netAmountMinor: signedAmount(transfer),
  })
  const fee = { ...line, type: 'FEE' as const, description: 'outgoing wire', groupId: transfer.id }
  if (feeMinor > 0n) {
    await bookActivity(tx, { ...fee, accountId, id: newId(), netAmountMinor: -feeMinor as UsdMinor })
  }
  if (billedFeeMinor > 0n && isFirmAccount(payer)) {
    const netAmountMinor = -billedFeeMinor as UsdMinor
    await bookActivity(tx, { ...fee, accountId: FIRM_ACCOUNT_ID, id: newId(), netAmountMinor })
  }
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

/** What the account owes for a deposit that went back after it was spent: the cash that it lacked. */
export async function bookDebt(
  tx: Tx,
  { id, accountId }: Transfer,
  owedMinor: UsdMinor,
  at: Temporal.Instant,
): Promise<void> {
  if (owedMinor === 0n) return
  await bookActivity(tx, {
    accountId,
    id: newId(),
    type: 'MEM',
    at,
    settlesOn: newYorkDate(at),
    netAmountMinor: owedMinor,
    symbol: 'INSTANTUSD',
    quantityNano: 0n as QuantityNano,
    description: 'owed for a returned deposit',
    details: { owed_for: id },
  })
}

const typeOf = ({ direction }: Transfer) => (direction === 'INCOMING' ? 'CSD' : 'CSW')

const signedAmount = ({ direction, amountMinor }: Transfer) =>
  (direction === 'INCOMING' ? amountMinor : -amountMinor) as UsdMinor
