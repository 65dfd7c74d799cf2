import type { CreateOrderBody, OrderBody, ReplaceOrderBody } from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, CreateOptions, Transport } from './transport.ts'

export type Order = Open<OrderBody>
export type CreateOrder = CreateOrderBody
export type ReplaceOrder = Partial<ReplaceOrderBody>
/** One row of the answer to "cancel all". */
export type CanceledOrder = { id: string; status: number; body?: { code: number; message: string } }
export type ListOrders = {
  status?: 'open' | 'closed' | 'all'
  /** 1 to 500; the vendor's default is 50. */
  limit?: number
  /** Submitted after or before this instant, exclusive. */
  after?: string
  until?: string
  direction?: 'asc' | 'desc'
  symbols?: readonly string[]
  side?: 'buy' | 'sell'
}

export function orderCalls({ call }: Transport) {
  const pathOf = (accountId: string) => `/v1/trading/accounts/${encodeURIComponent(accountId)}/orders`
  return {
    /**
     * A repeated `client_order_id` is refused and never answers the first order: after an unknown outcome
     * ask `getByClientOrderId`.
     */
    create: (accountId: string, order: CreateOrder, options?: CreateOptions) =>
      call<Order>({ method: 'POST', path: pathOf(accountId), body: order, options }),

    /** What a market order by dollars would bring or cost now; nothing is placed. */
    estimate: (accountId: string, order: CreateOrder, options?: CallOptions) =>
      call<Order>({ method: 'POST', path: `${pathOf(accountId)}/estimation`, body: order, options }),

    list: (accountId: string, filter: ListOrders = {}, options?: CallOptions) =>
      call<Order[]>({ method: 'GET', path: pathOf(accountId), query: filter, options }),

    get: (accountId: string, orderId: string, options?: CallOptions) =>
      call<Order>({ method: 'GET', path: `${pathOf(accountId)}/${encodeURIComponent(orderId)}`, options }),

    getByClientOrderId: (accountId: string, clientOrderId: string, options?: CallOptions) =>
      call<Order>({
        method: 'GET',
        path: `${pathOf(accountId)}:by_client_order_id`,
        query: { client_order_id: clientOrderId },
        options,
      }),

    replace: (accountId: string, orderId: string, change: ReplaceOrder, options?: CallOptions) =>
      call<Order>({
        method: 'PATCH',
        path: `${pathOf(accountId)}/${encodeURIComponent(orderId)}`,
        body: change,
        options,
      }),

    cancelAll: (accountId: string, options?: CallOptions) =>
      call<CanceledOrder[]>({ method: 'DELETE', path: pathOf(accountId), options }),

    cancel: (accountId: string, orderId: string, options?: CallOptions) =>
      call<void>({ method: 'DELETE', path: `${pathOf(accountId)}/${encodeURIComponent(orderId)}`, options }),
  }
}
