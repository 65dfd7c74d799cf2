import { newId } from '@paddock/kernel'
import type { UsdMinor } from '@paddock/money'
import { scheduleJob } from '@paddock/service'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import { FIRM_ACCOUNT_ID } from '../firm/firm-account.ts'
import { InstantFundingRejected } from './instant-funding.ts'
import { findInstantFundings } from './instant-funding-store.ts'
import { pendingInterest } from './interest-owed.ts'
import { lockInOrder } from './lock-accounts.ts'
import { RUN_SETTLEMENT } from './run-settlement.ts'
import type { Settlement, SettlementId, SettlementItem } from './settlement.ts'
import { findSettlementInProgress, insertSettlement } from './settlement-store.ts'

const RUNS_AFTER_SECONDS = 1

/** Takes the order to pay for these advances: PENDING, and run a moment later. Or refuses it whole. */
export async function beginSettlement(
  ctx: BrokerContext,
  items: readonly SettlementItem[],
  additionalInfo: string | undefined,
): Promise<Settlement> {
  const ids = items.map(({ instantFundingId }) => instantFundingId)
  return transact(ctx, async (tx) => {
    // Under the firm's lock, as whatever ends an advance: what is executed now stays so until the commit.
    await lockInOrder(tx, [FIRM_ACCOUNT_ID])
    if ((await findSettlementInProgress(tx)) !== undefined) {
      throw new InstantFundingRejected('instant_settlement_in_progress')
    }
    const fundings = await findInstantFundings(tx, ids)
    for (const id of ids) {
      const status = fundings.find((one) => one.id === id)?.status
      if (status !== 'EXECUTED') {
        throw new InstantFundingRejected('instant_funding_not_settleable', {
          id,
          status: status ?? 'unknown',
        })
      }
    }
    const now = ctx.clock.now()
    const settlement: Settlement = {
      id: newId() as SettlementId,
      sourceAccountId: FIRM_ACCOUNT_ID,
      sourceAccountNumber: fundings[0]?.sourceAccountNumber ?? '',
      status: 'PENDING',
      totalMinor: fundings.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) as UsdMinor,
      interestMinor: pendingInterest(fundings),
      reason: undefined,
      createdAt: now,
      updatedAt: now,
      completedAt: undefined,
    }
    await insertSettlement(ctx, tx, settlement, items, additionalInfo)
    await scheduleJob(tx, {
      queue: RUN_SETTLEMENT,
      key: settlement.id,
      runAt: now.add({ seconds: RUNS_AFTER_SECONDS }),
      payload: { id: settlement.id },
    })
    return settlement
  })
}
