import type { AssetBody } from '@paddock/broker-wire'
import type { Asset } from './asset.ts'

const ONE_DOLLAR_MICRO = 1_000_000n

/** Accounts are cash accounts: nothing is bought on margin or sold short, and the asset says so. */
export function presentAsset(asset: Asset): AssetBody {
  return {
    id: asset.id,
    class: asset.assetClass,
    exchange: asset.exchange,
    symbol: asset.symbol,
    name: asset.name,
    status: asset.status,
    tradable: asset.tradable,
    marginable: false,
    shortable: false,
    easy_to_borrow: false,
    fractionable: asset.fractionable,
    maintenance_margin_requirement: 100,
    margin_requirement_long: '100',
    margin_requirement_short: '100',
    attributes: [...asset.attributes],
    ...(asset.assetClass === 'crypto' && {
      min_order_size: '0.000000001',
      min_trade_increment: '0.000000001',
      price_increment: asset.referencePriceMicro < ONE_DOLLAR_MICRO ? '0.0001' : '0.01',
    }),
  }
}
