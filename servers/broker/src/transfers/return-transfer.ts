import { assert } from '@paddock/kernel'
import { LedgerRejected, readBalances } from '@paddock/ledger'
import { formatUsd } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import { type RestrictionChange, restrictAccount } from '../accounts/restrict-account.ts'
import type { BrokerContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { cashAccount } from '../ledger-accounts.ts'
import { SimRefused } from '../sim/sim-rejection.ts'
import { bookTransferReturn } from './book-transfer.ts'
import { releaseTransfer, reverseTransfer } from './ledger-steps.ts'
import { forgetPlans } from './originate-transfer.ts'
import { returnReason } from './return-codes.ts'
import { ensureSent } from './settle-transfer.ts'
import { openTransferStatuses, type Transfer, type TransferId, TransferRejected } from './transfer.ts'
import { moveTransfer } from './transfer-event.ts'
import { findTransfer } from './transfer-store.ts'

/**
 * The other bank sends the entry back. Before settlement what was set aside is freed; after it the money
 * goes back through the ledger, which refuses when the customer has spent it.
 */
export async function returnTransfer(
  ctx: BrokerContext,
  accountId: AccountId,
  id: TransferId,
  code: string,
): Promise<Transfer> {
  try {
    return await transact(ctx, (tx) => returnLocked(tx, { accountId, id, code }, ctx.clock.now()))
  } catch (error) {
    if (error instanceof LedgerRejected && error.code === 'insufficient_funds') {
      throw await tooLittleCash(ctx.db, accountId, id)
    }
    throw error
  }
}

async function returnLocked(
  tx: Tx,
  { accountId, id, code }: { accountId: AccountId; id: TransferId; code: string },
  now: Temporal.Instant,
): Promise<Transfer> {
  await lockAccount(tx, accountId)
  const transfer = await findTransfer(tx, accountId, id)
  if (transfer === undefined) throw new TransferRejected('transfer_not_found')
  const isOpen = openTransferStatuses.some((open) => open === transfer.status)
  if (!isOpen && transfer.status !== 'COMPLETE') {
    throw new SimRefused('transfer_not_returnable', { status: transfer.status })
  }
  await forgetPlans(tx, transfer)
  const booked = isOpen ? await ensureSent(tx, transfer, now) : transfer
  await (isOpen ? releaseTransfer : reverseTransfer)(tx, booked, now)
  const reason = reasonOf(booked, code)
  if (!isOpen) await bookTransferReturn(tx, booked, reason, now)
  await moveTransfer(tx, booked, { status: 'RETURNED', return_code: code, reason }, now)
  if (!isOpen && booked.direction === 'INCOMING') await restrictAccount(tx, accountId, afterReturn, now)
  const returned = await findTransfer(tx, accountId, id)
  assert(returned !== undefined)
  return returned
}

/** The codes are ACH's; a wire comes back without one. */
const reasonOf = ({ counterpart }: Transfer, code: string) =>
  counterpart.type === 'ach' ? `${code} ${returnReason(code)}` : 'returned by the receiving bank'

/** Whose deposit was taken back may only sell until an operator lifts it (contracts/alpaca/accounts.md §7). */
const afterReturn: RestrictionChange = {
  adminConfigurations: { restrict_to_liquidation_reasons: { ach_return: true } },
  by: 'service',
}

async function tooLittleCash(db: Db, accountId: AccountId, id: TransferId): Promise<SimRefused> {
  const cashId = cashAccount(accountId)
  const [transfer, balances] = await Promise.all([
    findTransfer(db, accountId, id),
    readBalances(db, [cashId]),
  ])
  return new SimRefused('return_needs_cash', {
    amount: formatUsd(transfer?.amountMinor ?? 0n),
    available: formatUsd(balances.get(cashId)?.available ?? 0n),
  })
}
