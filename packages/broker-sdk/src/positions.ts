import type { AllPositionsBody, PositionBody } from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, Transport } from './transport.ts'

export type Position = Open<PositionBody>
export type AllPositions = Open<AllPositionsBody>

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

    /** Of all accounts, by account id, one page. */
    listAll: (filter: { page?: number } = {}, options?: CallOptions) =>
      call<AllPositions>({ method: 'GET', path: '/v1/accounts/positions', query: filter, options }),
  }
}
