import type { QuantityNano } from '@paddock/money'
import type { Asset } from '../assets/asset.ts'
import type { Market } from './market.ts'
import { type Quote, sampleBetween } from './quote.ts'

/** The trade and the sizes that go with a quote: likely figures from which nothing is computed. */
export interface TapeLine {
  readonly id: number
  readonly sizeNano: QuantityNano
  readonly bidSizeNano: QuantityNano
  readonly askSizeNano: QuantityNano
  readonly takerBought: boolean
}

const NANO = 1_000_000_000n
const ID_SPAN = 1_000_000_000

/** What the tape shows with a quote: whole lots of shares, or pieces of coins worth some dollars. */
export function tapeLineOf(market: Market, asset: Asset, quote: Quote): TapeLine {
  const second = Math.floor(quote.at.epochMilliseconds / 1000)
  const sample = (what: string, range: readonly [number, number]) =>
    sampleBetween(market.seed, asset, what, second, range)
  const size = (what: string) =>
    asset.assetClass === 'crypto'
      ? (BigInt(sample(what, [50, 5_000])) * NANO * 1_000_000n) / quote.lastMicro
      : BigInt(sample(what, [1, 20])) * 100n * NANO
  return {
    id: second % ID_SPAN,
    sizeNano: size('size') as QuantityNano,
    bidSizeNano: size('bid') as QuantityNano,
    askSizeNano: size('ask') as QuantityNano,
    takerBought: sample('taker', [0, 1]) === 1,
  }
}
