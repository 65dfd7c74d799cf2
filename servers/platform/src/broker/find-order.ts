import { BrokerError, type Order } from '@paddock/broker-sdk'
import type { AccountId } from '../applications/brokerage-account.ts'
import type { PlatformContext } from '../context.ts'

export async function findOrder(
  { broker }: PlatformContext,
  accountId: AccountId,
  orderId: string,
): Promise<Order | undefined> {
  try {
    return await broker.orders.get(accountId, orderId)
  } catch (error) {
    if (error instanceof BrokerError && error.status === 404) return undefined
    throw error
  }
}
