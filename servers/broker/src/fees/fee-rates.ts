import type { QuantityNano, UsdMinor } from '@paddock/money'
import type { AssetClass } from '../assets/asset.ts'

/** What is charged on trades beside the commission, by the configuration (contracts/alpaca/fees.md). */
export type FeeRates = {
  /** The SEC's fee on sales: cents for each million dollars. */
  readonly secPerMillionMinor: bigint
  /** FINRA's trading activity fee on sales: millionths of a millionth of a dollar for each share … */
  readonly tafPerSharePico: bigint
  /** … and no more than this for one execution. */
  readonly tafMostMinor: UsdMinor
  /** The consolidated audit trail's fee on both sides, for each share. */
  readonly catPerSharePico: bigint
  /** The broker's own on coins, of both sides, by value: hundredths of a basis point. Default: nothing. */
  readonly cryptoPpm?: bigint | undefined
}

/** In millionths of a millionth of a dollar: what one execution owes is mostly less than a cent. */
export type Fees = {
  readonly regPico: bigint
  readonly tafPico: bigint
  readonly catPico: bigint
  readonly cryptoPico: bigint
}

export const NO_FEES: Fees = { regPico: 0n, tafPico: 0n, catPico: 0n, cryptoPico: 0n }

const PICO_PER_MINOR = 10_000_000_000n
/** One cent in a million dollars is a hundred-millionth: of each cent of a trade, so many pico. */
const PICO_PER_MINOR_AND_RATE = 100n
/** One part in a million of a cent, in pico. */
const PICO_PER_MINOR_AND_PPM = 10_000n
const NANO_PER_SHARE = 1_000_000_000n

type Executed = {
  readonly side: 'buy' | 'sell'
  readonly assetClass: AssetClass
  readonly quantityNano: QuantityNano
  readonly amountMinor: UsdMinor
}

/** What one execution owes: coins to the broker, shares to regulators. Parts of a pico count whole. */
export function feesOf(rates: FeeRates | undefined, executed: Executed): Fees {
  const { side, assetClass, quantityNano, amountMinor } = executed
  if (rates === undefined) return NO_FEES
  if (assetClass === 'crypto') {
    return { ...NO_FEES, cryptoPico: amountMinor * (rates.cryptoPpm ?? 0n) * PICO_PER_MINOR_AND_PPM }
  }
  const catPico = perShare(rates.catPerSharePico, quantityNano)
  if (side === 'buy') return { ...NO_FEES, catPico }
  const tafPico = perShare(rates.tafPerSharePico, quantityNano)
  const mostPico = rates.tafMostMinor * PICO_PER_MINOR
  return {
    ...NO_FEES,
    regPico: amountMinor * rates.secPerMillionMinor * PICO_PER_MINOR_AND_RATE,
    tafPico: tafPico < mostPico ? tafPico : mostPico,
    catPico,
  }
}

export const isNothing = ({ regPico, tafPico, catPico, cryptoPico }: Fees) =>
  regPico + tafPico + catPico + cryptoPico === 0n

/** What is booked for a day's fees of one type: a part of a cent counts whole. */
export function toBook(totalPico: bigint): UsdMinor {
  return ((totalPico + PICO_PER_MINOR - 1n) / PICO_PER_MINOR) as UsdMinor
}

function perShare(ratePico: bigint, quantityNano: QuantityNano): bigint {
  return (ratePico * quantityNano + NANO_PER_SHARE - 1n) / NANO_PER_SHARE
}
