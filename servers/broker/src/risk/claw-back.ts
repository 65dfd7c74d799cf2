import type { AccountId } from '../accounts/account.ts'
import { restrictAccount } from '../accounts/restrict-account.ts'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import { collectDebit } from '../instant-funding/collect-debit.ts'
import { readAdvances } from '../instant-funding/memo-books.ts'
import { cancelOrder } from '../orders/cancel-order.ts'
import { OrderRejected } from '../orders/order.ts'
import { listOrders } from '../orders/order-store.ts'

const MOST_AT_ONCE = 500

/**
 * An account owes for a deposit that did not come, or that went back: its open buys give back the cash that
 * they hold, the latest first, until nothing is owed. If they do not hold enough the account stays below zero
 * and may only sell. Does nothing when nothing is owed.
 */
export async function clawBack(ctx: BrokerContext, { accountId }: { accountId: AccountId }): Promise<void> {
  const buys = await listOrders(ctx.db, accountId, {
    status: 'open',
    side: 'buy',
    limit: MOST_AT_ONCE,
    direction: 'desc',
  })
  for (const { id } of buys) {
    if (!(await isOwing(ctx, accountId))) return
    await cancelOrder(ctx, accountId, id).catch((error) => {
      // Filled or gone by now: what it has bought can be sold.
      if (!(error instanceof OrderRejected)) throw error
    })
    await collectDebit(ctx, { accountId })
  }
  await transact(ctx, async (tx) => {
    if ((await readAdvances(tx, accountId)).debitMinor === 0n) return
    await restrictAccount(
      tx,
      accountId,
      { adminConfigurations: { restrict_to_liquidation_reasons: { ach_return: true } }, by: 'service' },
      ctx.clock.now(),
    )
  })
}

async function isOwing(ctx: BrokerContext, accountId: AccountId): Promise<boolean> {
  return (await readAdvances(ctx.db, accountId)).debitMinor > 0n
}
