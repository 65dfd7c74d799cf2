/** How far a price wanders from its reference. */
export type Volatility = 'calm' | 'normal' | 'wild'

/** The vendor's names of exchanges (contracts/alpaca/assets.md §2). */
export type Exchange = 'AMEX' | 'ARCA' | 'BATS' | 'NYSE' | 'NASDAQ' | 'OTC' | 'CRYPTO'

/** What sets an equity apart: most are fractionable and may be both bought and sold. */
export type Restriction = 'whole_shares_only' | 'closing_only' | 'inactive'

export type EquityRow = readonly [
  symbol: string,
  name: string,
  exchange: Exchange,
  referencePrice: string,
  volatility?: Volatility,
  restriction?: Restriction,
]

export type CryptoRow = readonly [symbol: string, name: string, referencePrice: string]
