import type { AssetBody, EntryRequirementBody } from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, Transport } from './transport.ts'

export type Asset = Open<AssetBody>
export type EntryRequirement = Open<EntryRequirementBody>
export type ListAssets = {
  status?: 'active' | 'inactive' | 'all'
  /** The vendor's default is `us_equity`. */
  asset_class?: 'us_equity' | 'us_option' | 'crypto'
  exchange?: string
  /** Any of them. */
  attributes?: readonly string[]
}

export function assetCalls({ call }: Transport) {
  return {
    list: (filter: ListAssets = {}, options?: CallOptions) =>
      call<Asset[]>({ method: 'GET', path: '/v1/assets', query: filter, options }),

    /** By symbol (`BTC/USD` for a pair) or asset id. */
    get: (symbolOrAssetId: string, options?: CallOptions) =>
      call<Asset>({ method: 'GET', path: `/v1/assets/${encodeURIComponent(symbolOrAssetId)}`, options }),

    /** What must be paid at once, in percent; at most 500 symbols. */
    entryRequirements: (symbols: readonly string[], options?: CallOptions) =>
      call<EntryRequirement[]>({
        method: 'GET',
        path: '/v1/assets/entry-requirements',
        query: { symbols },
        options,
      }),
  }
}
