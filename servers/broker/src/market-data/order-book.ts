import type { PriceMicro, QuantityNano } from '@paddock/money'
import type { Asset } from '../assets/asset.ts'
import { tapeLineOf } from '../market/last-trade.ts'
import { type Market, quoteOf } from '../market/market.ts'
import { sampleBetween } from '../market/quote.ts'

export interface BookLevel {
  readonly priceMicro: PriceMicro
  readonly sizeNano: QuantityNano
}

/** What waits on both sides, the best price first. */
export interface OrderBook {
  readonly at: Temporal.Instant
  readonly bids: readonly BookLevel[]
  readonly asks: readonly BookLevel[]
}

const LEVELS = 10

/** The quote on top, and below it ever more at ever worse prices: likely figures, nothing is traded against them. */
export function orderBookOf(market: Market, asset: Asset, at: Temporal.Instant): OrderBook {
  const quote = quoteOf(market, asset, at)
  const { bidSizeNano, askSizeNano } = tapeLineOf(market, asset, quote)
  const second = Math.floor(quote.at.epochMilliseconds / 1000)
  const stepMicro = quote.askMicro - quote.lastMicro
  const side = (what: string, bestMicro: PriceMicro, bestNano: QuantityNano, direction: bigint) => {
    const levels: BookLevel[] = [{ priceMicro: bestMicro, sizeNano: bestNano }]
    for (let level = 1; level < LEVELS; level += 1) {
      const percent = sampleBetween(market.seed, asset, `${what}${level}`, second, [50, 150])
      const priceMicro = bestMicro + direction * stepMicro * BigInt(level)
      // Of a coin worth next to nothing there may be no lower price.
      if (priceMicro <= 0n) break
      const sizeNano = (bestNano * BigInt(percent * (level + 1))) / 100n
      levels.push({ priceMicro: priceMicro as PriceMicro, sizeNano: sizeNano as QuantityNano })
    }
    return levels
  }
  return {
    at: quote.at,
    bids: side('bids', quote.bidMicro, bidSizeNano, -1n),
    asks: side('asks', quote.askMicro, askSizeNano, 1n),
  }
}
