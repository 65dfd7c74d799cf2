import { AssetDetail, Assets, type BarRange, Bars, WorldTime } from '@paddock/platform-wire'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { request } from './client.ts'

export type AssetClass = 'us_equity' | 'crypto'

export const assetsQuery = (search: { text: string; assetClass: AssetClass | undefined }) => {
  const parameters = new URLSearchParams({ limit: '60' })
  if (search.text !== '') parameters.set('query', search.text)
  if (search.assetClass !== undefined) parameters.set('asset_class', search.assetClass)
  return queryOptions({
    queryKey: ['assets', search],
    queryFn: async ({ signal }) => (await request(Assets, `/api/assets?${parameters}`, { signal })).assets,
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  })
}

/** In our paths a crypto pair is written `BTC-USD`. */
export const symbolInPath = (symbol: string) => symbol.replace('/', '-')

export const assetQuery = (pathSymbol: string) =>
  queryOptions({
    queryKey: ['asset', pathSymbol],
    queryFn: ({ signal }) =>
      request(AssetDetail, `/api/assets/${encodeURIComponent(pathSymbol)}`, { signal }),
    refetchInterval: 3_000,
  })

export const barsQuery = (pathSymbol: string, range: BarRange) =>
  queryOptions({
    queryKey: ['bars', pathSymbol, range],
    queryFn: async ({ signal }) =>
      (await request(Bars, `/api/assets/${encodeURIComponent(pathSymbol)}/bars?range=${range}`, { signal }))
        .bars,
    placeholderData: keepPreviousData,
    refetchInterval: range === '1D' ? 30_000 : 300_000,
  })

export const clockQuery = queryOptions({
  queryKey: ['clock'],
  queryFn: ({ signal }) => request(WorldTime, '/api/clock', { signal }),
  refetchInterval: 60_000,
})
