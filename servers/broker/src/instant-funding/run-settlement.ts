import { post, readBalances, type Transfer } from '@paddock/ledger'
import { scheduleJob } from '@paddock/service'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { cashAccount, FIRM_FEES } from '../ledger-accounts.ts'
import { bookArrival, bookFirmPayment } from './book-memo.ts'
import type { InstantFunding } from './instant-funding.ts'
import { findInstantFundings, reconcileInterests, setInstantFundingStatus } from './instant-funding-store.ts'
import { pendingInterest } from './interest-owed.ts'
import { lockInOrder } from './lock-accounts.ts'
import { repay } from './memo-books.ts'
import { type Settlement, type SettlementId, settlementsInProgress } from './settlement.ts'
import { findSettlement, listSettledFundings, updateSettlement } from './settlement-store.ts'

export const RUN_SETTLEMENT = 'run-instant-settlement'

/** How long a settlement waits before it looks again whether the firm's account has enough. */
const LOOKS_AGAIN_AFTER_MINUTES = 60

/** Pays for all advances of a settlement at once, or waits for money. Does nothing once it has ended. */
export async function runSettlement(ctx: BrokerContext, { id }: { id: SettlementId }): Promise<void> {
  await transact(ctx, async (tx) => {
    const found = await findSettlement(tx, id)
    if (found === undefined) return
    const ids = await listSettledFundings(tx, id)
    const owners = (await findInstantFundings(tx, ids)).map(({ accountId }) => accountId)
    await lockInOrder(tx, [found.sourceAccountId, ...owners])
    const settlement = await findSettlement(tx, id)
    if (settlement === undefined || !settlementsInProgress.some((one) => one === settlement.status)) return

    const now = ctx.clock.now()
    const fundings = await findInstantFundings(tx, ids)
    const interestMinor = pendingInterest(fundings)
    const cash = cashAccount(settlement.sourceAccountId)
    const availableMinor = (await readBalances(tx, [cash])).get(cash)?.available ?? 0n
    if (availableMinor < settlement.totalMinor + interestMinor) {
      await updateSettlement(
        tx,
        id,
        { status: 'AWAITING_ADDITIONAL_FUNDS', interest_minor: interestMinor },
        now,
      )
      const runAt = now.add({ minutes: LOOKS_AGAIN_AFTER_MINUTES })
      await scheduleJob(tx, { queue: RUN_SETTLEMENT, key: `${id}@${runAt}`, runAt, payload: { id } })
      return
    }
    await pay(tx, { ...settlement, interestMinor }, fundings, now)
  })
}

async function pay(
  tx: Tx,
  settlement: Settlement,
  fundings: readonly InstantFunding[],
  now: Temporal.Instant,
): Promise<void> {
  const { id, sourceAccountId, totalMinor, interestMinor } = settlement
  const interest: Transfer[] =
    interestMinor === 0n
      ? []
      : [
          {
            type: 'post',
            id: `instant_settlement:${id}:interest`,
            from: cashAccount(sourceAccountId),
            to: FIRM_FEES,
            amount: interestMinor,
            cause: { kind: 'instant_settlement', id, step: 'interest' },
            at: now,
          },
        ]
  await post(tx, [...fundings.map((funding) => repay(funding, now)), ...interest])
  for (const funding of fundings) {
    await bookArrival(tx, funding, now)
    await setInstantFundingStatus(tx, funding.id, 'COMPLETED', now)
  }
  const description = 'instant funding'
  const details = { settlement_id: id }
  await bookFirmPayment(
    tx,
    sourceAccountId,
    { type: 'CSW', description, details, amountMinor: totalMinor },
    now,
  )
  await bookFirmPayment(
    tx,
    sourceAccountId,
    { type: 'INT', description, details, amountMinor: interestMinor },
    now,
  )
  await reconcileInterests(
    tx,
    fundings.map((funding) => funding.id),
    now,
  )
  const end = { status: 'COMPLETED' as const, interest_minor: interestMinor, completed_at: now }
  await updateSettlement(tx, id, end, now)
}
