import { assert } from '@paddock/kernel'
import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import { restrictAccount } from '../accounts/restrict-account.ts'
import { endLink } from '../ach/end-link.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { JsonObject } from '../db/schema.ts'
import { transact } from '../db/transact.ts'
import { raiseAlarm } from '../origination/alarm-store.ts'
import { returnEntries } from '../origination/file-store.ts'
import { SimRefused } from '../sim/sim-rejection.ts'
import { bookDebt, bookTransferReturn } from './book-transfer.ts'
import { releaseTransfer, reverseTransfer } from './ledger-steps.ts'
import { forgetPlans } from './originate-transfer.ts'
import { returnReason } from './return-codes.ts'
import { type Consequences, consequencesOf } from './return-consequences.ts'
import { ensureSent } from './settle-transfer.ts'
import { openTransferStatuses, type Transfer, type TransferId, TransferRejected } from './transfer.ts'
import { moveTransfer } from './transfer-event.ts'
import { findTransfer } from './transfer-store.ts'

/** The other bank sends an entry back, as the simulation asks for it. */
export async function returnTransfer(
  ctx: BrokerContext,
  accountId: AccountId,
  id: TransferId,
  code: string,
): Promise<Transfer> {
  return transact(ctx, async (tx) => {
    await lockAccount(tx, accountId)
    const transfer = await findTransfer(tx, accountId, id)
    if (transfer === undefined) throw new TransferRejected('transfer_not_found')
    if (!isReturnable(transfer)) {
      throw new SimRefused('transfer_not_returnable', { status: transfer.status })
    }
    return takeReturn(tx, transfer, { code }, ctx.clock.now())
  })
}

export const isReturnable = ({ status }: Transfer): boolean => isOpen(status) || status === 'COMPLETE'

const isOpen = (status: Transfer['status']) => openTransferStatuses.some((open) => open === status)

export type Return = {
  readonly code: string
  /** What its bank wrote beside the code. */
  readonly information?: string | undefined
}

/**
 * What a return does, wherever it comes from. Before settlement what was set aside is freed; after it the money
 * goes back through the ledger, and what the customer has spent of it he owes. Then the consequences of its code
 * for the bank account and for what the customer may still do. The account must be locked.
 */
export async function takeReturn(
  tx: Tx,
  transfer: Transfer,
  { code, information }: Return,
  now: Temporal.Instant,
): Promise<Transfer> {
  const reason = reasonOf(transfer, code)
  const wasOpen = await takeMoneyBack(tx, transfer, { code, reason }, now)
  await returnEntries(tx, transfer)
  const { accountId, counterpart, direction } = transfer
  const consequences = consequencesOf(code, information)
  if (counterpart.type === 'ach') {
    if (consequences.endsLink) await endLink(tx, accountId, counterpart.relationshipId, reason, now)
    if (consequences.alarm !== undefined) {
      const message = `${reason}: ${consequences.alarm}`
      await raiseAlarm(tx, { kind: 'ach_return', subject: transfer.id, message }, now)
    }
  }
  const restrictions = restrictionsOf(consequences, direction === 'INCOMING' && !wasOpen)
  if (counterpart.type === 'ach' && Object.keys(restrictions).length > 0) {
    await restrictAccount(tx, accountId, { adminConfigurations: restrictions, by: 'service' }, now)
  }
  const returned = await findTransfer(tx, accountId, transfer.id)
  assert(returned !== undefined)
  return returned
}

/** The bank refused the file, and the money had been booked on its date already. */
export async function takeRefusal(
  tx: Tx,
  transfer: Transfer,
  reason: string,
  now: Temporal.Instant,
): Promise<void> {
  await takeMoneyBack(tx, transfer, { reason }, now)
}

/** Answers whether the money had not moved yet. */
async function takeMoneyBack(
  tx: Tx,
  transfer: Transfer,
  { code, reason }: { code?: string; reason: string },
  now: Temporal.Instant,
): Promise<boolean> {
  const wasOpen = isOpen(transfer.status)
  await forgetPlans(tx, transfer)
  const booked = wasOpen ? await ensureSent(tx, transfer, now) : transfer
  if (wasOpen) await releaseTransfer(tx, booked, now)
  else {
    const owedMinor = await reverseTransfer(tx, booked, now)
    await bookDebt(tx, booked, owedMinor, now)
    await bookTransferReturn(tx, booked, reason, now)
  }
  await moveTransfer(
    tx,
    booked,
    { status: 'RETURNED', reason, ...(code === undefined ? {} : { return_code: code }) },
    now,
  )
  return wasOpen
}

/** The codes are ACH's; a wire comes back without one. */
const reasonOf = ({ counterpart }: Transfer, code: string) =>
  counterpart.type === 'ach' ? `${code} ${returnReason(code)}` : 'returned by the receiving bank'

/** Whose deposit was taken back may only sell until an operator lifts it (contracts/alpaca/accounts.md §7). */
function restrictionsOf({ blocksWithdrawals }: Consequences, wasTakenBack: boolean): JsonObject {
  return {
    ...(wasTakenBack ? { restrict_to_liquidation_reasons: { ach_return: true } } : {}),
    ...(blocksWithdrawals ? { outgoing_transfers_blocked: true } : {}),
  }
}
