import {
  costToBuy,
  parsePrice,
  parseQuantity,
  parseUsd,
  proceedsOfSale,
  type QuantityNano,
  quantityForNotional,
  type UsdMinor,
} from '@paddock/money'
import type { AssetDetail } from '@paddock/platform-wire'
import { plainTypedQuantity, quantityInWords, readTypedUsd, usdInWords } from '../../ui/figures.ts'

export type Side = 'buy' | 'sell'
export type Unit = 'dollars' | 'shares'

export interface TicketInput {
  side: Side
  unit: Unit
  typed: string
}

export interface Estimate {
  /** Exactly one of the two is what is ordered; the other is what it comes to at the price now. */
  amountMinor: UsdMinor | undefined
  quantityNano: QuantityNano | undefined
  whyNot: string | undefined
  /** How many dollars are missing for a buy, when they are. */
  missingMinor?: UsdMinor
}

export interface Holdings {
  /** Wire text; undefined while it is not known. */
  buyingPower: string | undefined
  quantityAvailable: string
}

const MINIMUM_MINOR = 100n as UsdMinor
const WHOLE_SHARE = 1_000_000_000n

const none = (whyNot: string): Estimate => ({ amountMinor: undefined, quantityNano: undefined, whyNot })

/** What the typed amount comes to at the quote, and why it cannot be ordered when it cannot. For showing only. */
export function estimateOrder(input: TicketInput, asset: AssetDetail, holdings: Holdings): Estimate {
  const priceMicro = parsePrice(input.side === 'buy' ? asset.quote.ask : asset.quote.bid)
  if (priceMicro === undefined || priceMicro <= 0n) return none('There is no price now')
  if (!asset.tradable) return none(`${asset.symbol} cannot be traded now`)
  if (input.unit === 'dollars') {
    const amountMinor = readTypedUsd(input.typed)
    if (amountMinor === undefined) return none('Enter an amount such as 100.00')
    if (amountMinor < MINIMUM_MINOR)
      return { ...none(`The smallest order is ${usdInWords(MINIMUM_MINOR)}`), amountMinor }
    const quantityNano = quantityForNotional(amountMinor, priceMicro)
    return checkHoldings({ amountMinor, quantityNano }, input.side, asset, holdings)
  }
  const quantityNano = parseQuantity(plainTypedQuantity(input.typed))
  if (quantityNano === undefined) return none('Enter a number such as 1.5, with at most nine decimals')
  if (quantityNano <= 0n) return { ...none('Enter more than 0'), quantityNano }
  if (!asset.fractionable && quantityNano % WHOLE_SHARE !== 0n) {
    return { ...none(`${asset.symbol} is traded in whole shares only`), quantityNano }
  }
  const value = input.side === 'buy' ? costToBuy : proceedsOfSale
  return checkHoldings(
    { amountMinor: value(quantityNano, priceMicro), quantityNano },
    input.side,
    asset,
    holdings,
  )
}

function checkHoldings(
  figures: { amountMinor: UsdMinor; quantityNano: QuantityNano },
  side: Side,
  asset: AssetDetail,
  holdings: Holdings,
): Estimate {
  if (side === 'sell') {
    const available = parseQuantity(holdings.quantityAvailable) ?? 0n
    const isTooMuch = figures.quantityNano > available
    const words = `You can sell ${quantityInWords(holdings.quantityAvailable)} ${asset.symbol}`
    return { ...figures, whyNot: isTooMuch ? words : undefined }
  }
  const power = holdings.buyingPower === undefined ? undefined : parseUsd(holdings.buyingPower)
  if (power !== undefined && figures.amountMinor > power) {
    return {
      ...figures,
      whyNot: `This needs about ${usdInWords(figures.amountMinor)}; your buying power is ${usdInWords(power)}`,
      missingMinor: (figures.amountMinor - power) as UsdMinor,
    }
  }
  return { ...figures, whyNot: undefined }
}
