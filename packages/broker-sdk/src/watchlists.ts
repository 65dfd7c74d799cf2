import type { WatchlistBody } from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, Transport } from './transport.ts'

export type Watchlist = Open<WatchlistBody>

export function watchlistCalls({ call }: Transport) {
  const pathOf = (accountId: string) => `/v1/trading/accounts/${encodeURIComponent(accountId)}/watchlists`
  const listOf = (accountId: string, watchlistId: string) =>
    `${pathOf(accountId)}/${encodeURIComponent(watchlistId)}`
  return {
    /** Without the assets. */
    list: (accountId: string, options?: CallOptions) =>
      call<Watchlist[]>({ method: 'GET', path: pathOf(accountId), options }),

    get: (accountId: string, watchlistId: string, options?: CallOptions) =>
      call<Watchlist>({ method: 'GET', path: listOf(accountId, watchlistId), options }),

    create: (accountId: string, list: { name: string; symbols: readonly string[] }, options?: CallOptions) =>
      call<Watchlist>({ method: 'POST', path: pathOf(accountId), body: list, options }),

    /** What is left out stays. */
    replace: (
      accountId: string,
      watchlistId: string,
      change: { name?: string; symbols?: readonly string[] },
      options?: CallOptions,
    ) => call<Watchlist>({ method: 'PUT', path: listOf(accountId, watchlistId), body: change, options }),

    add: (accountId: string, watchlistId: string, symbol: string, options?: CallOptions) =>
      call<Watchlist>({ method: 'POST', path: listOf(accountId, watchlistId), body: { symbol }, options }),

    /** Answers what is left. */
    remove: (accountId: string, watchlistId: string, symbol: string, options?: CallOptions) =>
      call<Watchlist>({
        method: 'DELETE',
        path: `${listOf(accountId, watchlistId)}/${encodeURIComponent(symbol)}`,
        options,
      }),

    delete: (accountId: string, watchlistId: string, options?: CallOptions) =>
      call<void>({ method: 'DELETE', path: listOf(accountId, watchlistId), options }),
  }
}
