import { assert } from '@paddock/kernel'
import { post, readBalances, type Transfer } from '@paddock/ledger'
import { cancelJob } from '@paddock/service'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { cashAccount, FIRM_FEES } from '../ledger-accounts.ts'
import { findFirmPayer, isFirmAccount } from '../wires/firm-pays.ts'
import { bookFirmPayment, bookMemoEnd } from './book-memo.ts'
import { EXECUTE_INSTANT_FUNDING } from './execute-instant-funding.ts'
import { type InstantFunding, type InstantFundingId, InstantFundingRejected } from './instant-funding.ts'
import { findInstantFunding, reconcileInterests, setInstantFundingStatus } from './instant-funding-store.ts'
import { pendingInterest } from './interest-owed.ts'
import { lockInOrder } from './lock-accounts.ts'
import { recall } from './memo-books.ts'
import { isBeingSettled } from './settlement-store.ts'

/** Calls an advance off that nobody has paid for; what was spent of it is owed. */
export async function cancelInstantFunding(
  ctx: BrokerContext,
  id: InstantFundingId,
): Promise<InstantFunding> {
  return transact(ctx, async (tx) => {
    const found = await findInstantFunding(tx, id)
    if (found === undefined) throw new InstantFundingRejected('instant_funding_not_found')
    await lockInOrder(tx, [found.accountId, found.sourceAccountId])
    const funding = await findInstantFunding(tx, id)
    if (funding?.status !== 'PENDING' && funding?.status !== 'EXECUTED') {
      throw new InstantFundingRejected('instant_funding_not_cancelable', { status: funding?.status })
    }
    if (await isBeingSettled(tx, id)) throw new InstantFundingRejected('instant_funding_being_settled')
    await endLocked(tx, funding, ctx.clock.now())
    const ended = await findInstantFunding(tx, id)
    assert(ended !== undefined)
    return ended
  })
}

/** At its last hour. Does nothing when it has been paid for, or was called off before. */
export async function endOverdue(ctx: BrokerContext, { id, accountId, sourceAccountId }: InstantFunding) {
  await transact(ctx, async (tx) => {
    await lockInOrder(tx, [accountId, sourceAccountId])
    const funding = await findInstantFunding(tx, id)
    if (funding?.status === 'EXECUTED') await endLocked(tx, funding, ctx.clock.now())
  })
}

async function endLocked(tx: Tx, funding: InstantFunding, now: Temporal.Instant): Promise<void> {
  const { id, accountId, sourceAccountId } = funding
  if (funding.status === 'PENDING') {
    await cancelJob(tx, EXECUTE_INSTANT_FUNDING, id)
    return setInstantFundingStatus(tx, id, 'CANCELED', now)
  }
  const cash = cashAccount(accountId)
  const availableMinor = (await readBalances(tx, [cash])).get(cash)?.available ?? 0n
  const { takenMinor, transfers } = recall(funding, availableMinor, now)
  const interestMinor = pendingInterest([funding])
  const payer = await findFirmPayer(tx, interestMinor)
  const bill: Transfer[] =
    interestMinor === 0n
      ? []
      : [
          {
            type: 'post',
            id: `instant_interest:${id}`,
            from: payer,
            to: FIRM_FEES,
            amount: interestMinor,
            cause: { kind: 'instant_interest', id, step: 'pay' },
            at: now,
          },
        ]
  await post(tx, [...transfers, ...bill])
  await bookMemoEnd(tx, funding, takenMinor, now)
  if (isFirmAccount(payer)) {
    const details = { instant_funding_id: id }
    const line = { type: 'INT' as const, description: 'late instant funding', details }
    await bookFirmPayment(tx, sourceAccountId, { ...line, amountMinor: interestMinor }, now)
  }
  await reconcileInterests(tx, [id], now)
  await setInstantFundingStatus(tx, id, 'CANCELED', now)
}
