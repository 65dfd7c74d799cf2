import { Order, type OrderRequest, Orders } from '@paddock/platform-wire'
import { queryOptions } from '@tanstack/react-query'
import { request } from './client.ts'
import { isOpenOrder } from './state-words.ts'

export const ordersQuery = queryOptions({
  queryKey: ['orders'],
  queryFn: async ({ signal }) => (await request(Orders, '/api/orders', { signal })).orders,
  // The stream tells of a fill; asking now and then covers the time while it is down.
  refetchInterval: (query) => (query.state.data?.some(isOpenOrder) ? 5_000 : false),
})

/** The same id again is a retry, never a second order. */
export const placeOrder = (id: string, body: OrderRequest) =>
  request(Order, `/api/orders/${id}`, { method: 'PUT', body })

export const cancelOrder = (id: string) => request(Order, `/api/orders/${id}/cancel`, { method: 'POST' })
