import type { AllPositionsBody, ClosedPositionRow, PositionBody } from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { Order } from './orders.ts'
import type { CallOptions, Transport } from './transport.ts'

export type Position = Open<PositionBody>
export type AllPositions = Open<AllPositionsBody>
export type ClosedPosition = Open<ClosedPositionRow>

export function positionCalls({ call }: Transport) {
  const pathOf = (accountId: string) => `/v1/trading/accounts/${encodeURIComponent(accountId)}/positions`
  return {
    list: (accountId: string, options?: CallOptions) =>
      call<Position[]>({ method: 'GET', path: pathOf(accountId), options }),

    get: (accountId: string, symbolOrAssetId: string, options?: CallOptions) =>
      call<Position>({
        method: 'GET',
        path: `${pathOf(accountId)}/${encodeURIComponent(symbolOrAssetId)}`,
        options,
      }),

    /** Sells it at the market: all of it, or `qty` shares, or a `percentage`. */
    close: (
      accountId: string,
      symbolOrAssetId: string,
      part: { qty?: string; percentage?: string } = {},
      options?: CallOptions,
    ) =>
      call<Order>({
        method: 'DELETE',
        path: `${pathOf(accountId)}/${encodeURIComponent(symbolOrAssetId)}`,
        query: part,
        options,
      }),

    closeAll: (accountId: string, filter: { cancel_orders?: boolean } = {}, options?: CallOptions) =>
      call<ClosedPosition[]>({ method: 'DELETE', path: pathOf(accountId), query: filter, options }),

    /** Of all accounts, by account id, one page. */
    listAll: (filter: { page?: number } = {}, options?: CallOptions) =>
      call<AllPositions>({ method: 'GET', path: '/v1/accounts/positions', query: filter, options }),
  }
}
