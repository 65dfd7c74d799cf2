import { formatUsd } from '@paddock/money'
import type { LockedAccount } from '../accounts/account-store.ts'
import { readCashFigures } from '../accounts/cash-figures.ts'
import { mayTransfer } from '../accounts/permissions.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { WIRE_FEE_MINOR } from '../wires/wire-fee.ts'
import { readCounterpart } from './counterpart-status.ts'
import type { TransferRequest } from './request-transfer.ts'
import { type TransferDirection, TransferRejected } from './transfer.ts'

export function refuseBlocked(account: LockedAccount, direction: TransferDirection): void {
  if (mayTransfer(account, direction)) return
  throw new TransferRejected(
    direction === 'OUTGOING' ? 'withdrawals_not_permitted' : 'deposits_not_permitted',
  )
}

export async function refuseWithoutBank(tx: Tx, { accountId, counterpart }: TransferRequest): Promise<void> {
  if ((await readCounterpart(tx, accountId, counterpart)) !== 'ended') return
  throw new TransferRejected(counterpart.type === 'ach' ? 'relationship_invalid' : 'bank_invalid')
}

export function refuseBelowFee({ amountMinor, feePaymentMethod }: TransferRequest): void {
  if (feePaymentMethod === 'user' && amountMinor <= WIRE_FEE_MINOR) {
    throw new TransferRejected('wire_below_fee', { least: formatUsd(WIRE_FEE_MINOR) })
  }
}

export async function refuseOverWithdrawable(
  ctx: BrokerContext,
  tx: Tx,
  { accountId, amountMinor }: TransferRequest,
): Promise<void> {
  const { withdrawableMinor } = await readCashFigures(ctx, tx, accountId)
  if (amountMinor > withdrawableMinor) {
    throw new TransferRejected('insufficient_withdrawable', {
      requested: formatUsd(amountMinor),
      available: formatUsd(withdrawableMinor),
    })
  }
}
