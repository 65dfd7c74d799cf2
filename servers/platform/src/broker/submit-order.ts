import { BrokerError, type CreateOrder, type Order } from '@paddock/broker-sdk'
import { assert } from '@paddock/kernel'
import type { AccountId } from '../applications/brokerage-account.ts'
import type { PlatformContext } from '../context.ts'
import { usdOf } from '../decimal.ts'
import type { Call, Intent } from '../intents/intent.ts'
import { refusalOf } from './refusal.ts'

/** As the Broker API takes it, without the name that the intent gives it. */
export type OrderAsked = Pick<CreateOrder, 'symbol' | 'side' | 'type' | 'time_in_force'> & {
  readonly qty?: string
  readonly notional?: string
  readonly commission?: string
  readonly limit_price?: string
}

/** Places an order. Safe to repeat: the name turns a second try into a look-up. */
export const submitOrder: Call<OrderAsked, Order> = {
  kind: 'order',
  isSecret: false,
  // Later the price is another one: nobody wants a forgotten market order.
  resendSeconds: 60,

  async send(ctx, intent, request) {
    // Which of these belong together is the broker's to say.
    const order = { ...request, client_order_id: intent.brokerKey } as CreateOrder
    try {
      return await ctx.broker.orders.create(accountIdOf(intent), order)
    } catch (error) {
      if (refusalOf(error)?.code !== 'request_id_taken') throw error
      const earlier = await findByName(ctx, intent)
      if (earlier === undefined || !isSame(earlier, request)) throw error
      return earlier
    }
  },

  find: (ctx, intent) => findByName(ctx, intent),
}

async function findByName({ broker }: PlatformContext, intent: Intent): Promise<Order | undefined> {
  try {
    return await broker.orders.getByClientOrderId(accountIdOf(intent), intent.brokerKey)
  } catch (error) {
    if (error instanceof BrokerError && error.status === 404) return undefined
    throw error
  }
}

/** Somebody else may have used the name at the broker for something else. */
function isSame(order: Order, request: OrderAsked): boolean {
  return (
    order.symbol.replace('/', '') === request.symbol.toUpperCase().replace('/', '') &&
    order.side === request.side &&
    (order.qty ?? undefined) === (request.qty ?? undefined) &&
    usdOf(order.notional) === usdOf(request.notional)
  )
}

function accountIdOf({ accountId }: Intent): AccountId {
  assert(accountId !== undefined, 'an order belongs to an account')
  return accountId
}
