import type { PositionBody } from '@paddock/broker-wire'
import { formatPrice, formatQuantity, trimmedUsd } from '@paddock/money'
import { symbolWithoutSlash } from '../assets/asset.ts'
import { averagePrice } from './cost-basis.ts'
import type { Position } from './position.ts'

/** What a report of a past day tells of a position as well. */
type Held = Pick<
  Position,
  | 'asset'
  | 'quantityNano'
  | 'costBasisMinor'
  | 'marketValueMinor'
  | 'currentPriceMicro'
  | 'lastClosePriceMicro'
>

/** A position in the vendor's words (contracts/alpaca/positions.md). */
export function presentPosition(position: Position): PositionBody {
  const { marketValueMinor, todaysBasisMinor } = position
  const todaysGainMinor = marketValueMinor - todaysBasisMinor
  return {
    ...presentHeld(position),
    qty_available: formatQuantity(position.availableNano),
    unrealized_intraday_pl: trimmedUsd(todaysGainMinor),
    unrealized_intraday_plpc: ratioText(todaysGainMinor, todaysBasisMinor),
  }
}

/** The same without what may be sold of it and what it gained within the day. */
export function presentHeld(held: Held): PositionBody {
  const { asset, quantityNano, costBasisMinor, marketValueMinor } = held
  const { currentPriceMicro, lastClosePriceMicro } = held
  const gainMinor = marketValueMinor - costBasisMinor
  return {
    asset_id: asset.id,
    symbol: symbolWithoutSlash(asset.symbol),
    exchange: asset.exchange,
    asset_class: asset.assetClass,
    asset_marginable: false,
    avg_entry_price: formatPrice(averagePrice(costBasisMinor, quantityNano)),
    qty: formatQuantity(quantityNano),
    side: 'long',
    market_value: trimmedUsd(marketValueMinor),
    cost_basis: trimmedUsd(costBasisMinor),
    unrealized_pl: trimmedUsd(gainMinor),
    unrealized_plpc: ratioText(gainMinor, costBasisMinor),
    current_price: formatPrice(currentPriceMicro),
    lastday_price: formatPrice(lastClosePriceMicro),
    change_today: ratioText(currentPriceMicro - lastClosePriceMicro, lastClosePriceMicro),
  }
}

/** A fraction as decimal text with nine decimals at most, cut; of nothing it is 0. */
export function ratioText(part: bigint, whole: bigint): string {
  return whole === 0n ? '0' : formatQuantity((part * 1_000_000_000n) / whole)
}
