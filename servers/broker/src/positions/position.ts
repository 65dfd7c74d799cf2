import { DomainError } from '@paddock/kernel'
import { marketValue, type PriceMicro, type QuantityNano, type UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { refreshMarket } from '../corporate-actions/corporate-action-store.ts'
import type { Db } from '../db/database.ts'
import { type Market, previousClosePrice, quoteOf } from '../market/market.ts'
import { type Holding, readHoldings } from './holding.ts'
import { keyOfHolding, noTrades, readTradesToday, type TradesToday } from './trades-today.ts'

/** A holding at the prices of one moment. */
export interface Position extends Holding {
  readonly currentPriceMicro: PriceMicro
  readonly lastClosePriceMicro: PriceMicro
  readonly marketValueMinor: UsdMinor
  /** What today's gain is measured from: the last close for what was held then, cost for what came since. */
  readonly todaysBasisMinor: UsdMinor
}

export type PositionRejection = 'position_not_found' | 'quantity_and_percentage' | 'share_of_position_invalid'

export class PositionRejected extends DomainError<PositionRejection> {
  override readonly name = 'PositionRejected'
}

/** What the accounts hold, valued at `now`. */
export async function readPositions(
  db: Db,
  market: Market,
  accountIds: readonly AccountId[],
  now: Temporal.Instant,
): Promise<Position[]> {
  await refreshMarket(db, market)
  const holdings = await readHoldings(db, accountIds)
  const trades = await readTradesToday(db, market, holdings, now)
  return holdings.map((holding) =>
    toPosition(market, holding, trades.get(keyOfHolding(holding)) ?? noTrades, now),
  )
}

function toPosition(market: Market, holding: Holding, trades: TradesToday, now: Temporal.Instant): Position {
  const { asset, quantityNano } = holding
  const currentPriceMicro = quoteOf(market, asset, now).lastMicro
  const lastClosePriceMicro = previousClosePrice(market, asset, now)
  return {
    ...holding,
    currentPriceMicro,
    lastClosePriceMicro,
    marketValueMinor: marketValue(quantityNano, currentPriceMicro),
    todaysBasisMinor: todaysBasis(quantityNano, trades, lastClosePriceMicro),
  }
}

/** Sales take first what was held at the last close; what then remains of today's purchases counts at cost. */
export function todaysBasis(
  quantityNano: QuantityNano,
  { boughtNano, boughtMinor, soldNano }: TradesToday,
  lastClosePriceMicro: PriceMicro,
): UsdMinor {
  const heldAtCloseNano = quantityNano - boughtNano + soldNano
  const leftNano = heldAtCloseNano > soldNano ? heldAtCloseNano - soldNano : 0n
  const newNano = quantityNano - leftNano
  const newMinor = newNano === 0n ? 0n : (boughtMinor * newNano) / boughtNano
  return (marketValue(leftNano as QuantityNano, lastClosePriceMicro) + newMinor) as UsdMinor
}
