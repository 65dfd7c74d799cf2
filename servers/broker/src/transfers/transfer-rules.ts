import { assert } from '@paddock/kernel'
import { formatUsd, parseUsd, type UsdMinor } from '@paddock/money'
import type { LockedAccount } from '../accounts/account-store.ts'
import { readCashFigures } from '../accounts/cash-figures.ts'
import { mayTransfer } from '../accounts/permissions.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { WIRE_FEE_MINOR } from '../wires/wire-fee.ts'
import { readCounterpart } from './counterpart-status.ts'
import type { TransferRequest } from './request-transfer.ts'
import { type TransferDirection, TransferRejected } from './transfer.ts'
import { sumRequestedOn } from './transfer-store.ts'

/** By ACH per account, direction and New York day. The vendor does not publish its own limit. */
const DAILY_LIMIT_MINOR = 50_000_00n as UsdMinor

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

export async function refuseOverDailyLimit(
  tx: Tx,
  account: LockedAccount,
  { direction, amountMinor }: TransferRequest,
  today: Temporal.PlainDate,
): Promise<void> {
  const limitMinor = dailyLimitOf(account)
  const remainingMinor = limitMinor - (await sumRequestedOn(tx, account.id, direction, today))
  if (amountMinor > remainingMinor) {
    throw new TransferRejected('daily_limit_exceeded', {
      limit: formatUsd(limitMinor),
      // A limit that was lowered may be below what has gone already.
      remaining: formatUsd(remainingMinor > 0n ? remainingMinor : 0n),
    })
  }
}

/** The account's own, where the broker has set one (contracts/alpaca/accounts.md §7). */
function dailyLimitOf({ restrictions }: LockedAccount): UsdMinor {
  const { acct_daily_transfer_limit: own } = restrictions.adminConfigurations
  if (own === undefined) return DAILY_LIMIT_MINOR
  const limitMinor = parseUsd(String(own))
  assert(limitMinor !== undefined, 'a limit is an amount')
  return limitMinor
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
