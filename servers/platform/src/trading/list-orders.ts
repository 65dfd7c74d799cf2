import type { Order as OrderBody } from '@paddock/platform-wire'
import { AccountRefused } from '../applications/account-refused.ts'
import type { BrokerageAccount } from '../applications/brokerage-account.ts'
import { findOrder } from '../broker/find-order.ts'
import type { PlatformContext } from '../context.ts'
import { findIntent, findIntentByBrokerId, listIntents } from '../intents/intent-store.ts'
import { presentIntent, presentOrder } from './present-order.ts'

const MOST = 500

/** The broker's orders, and what we wanted but it does not have; newest first. */
export async function listOrders(ctx: PlatformContext, account: BrokerageAccount): Promise<OrderBody[]> {
  const [orders, intents] = await Promise.all([
    ctx.broker.orders.list(account.id, { status: 'all', limit: MOST }),
    listIntents(ctx.db, account.id, 'order', MOST),
  ])
  const intentIds = new Map(intents.map(({ brokerKey, id }) => [brokerKey, id]))
  return [
    ...orders.map((order) => presentOrder(order, intentIds.get(order.client_order_id))),
    ...intents.filter(({ state }) => state !== 'accepted').map(presentIntent),
  ].sort((a, b) => (a.submitted_at < b.submitted_at ? 1 : a.submitted_at > b.submitted_at ? -1 : 0))
}

/** Cancels what is not done yet. Doing so again answers the same. */
export async function cancelOrder(
  ctx: PlatformContext,
  account: BrokerageAccount,
  id: string,
): Promise<OrderBody> {
  const intent =
    (await findIntent(ctx.db, account.userId, id)) ??
    (await findIntentByBrokerId(ctx.db, account.userId, 'order', id))
  const isOrder = intent === undefined || intent.kind === 'order'
  const brokerId = intent === undefined ? id : intent.brokerId
  const order = brokerId === undefined || !isOrder ? undefined : await findOrder(ctx, account.id, brokerId)
  if (order === undefined) throw new AccountRefused('not_found')
  if (order.status !== 'canceled') await ctx.broker.orders.cancel(account.id, order.id)
  const after = await findOrder(ctx, account.id, order.id)
  return presentOrder(after ?? order, intent?.id)
}
