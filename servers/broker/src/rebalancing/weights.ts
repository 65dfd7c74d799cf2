import { findAsset } from '../assets/asset.ts'
import { RebalancingRejected } from './rebalancing.ts'

/** A hundredth of a percent; a whole portfolio has 10,000 of them. */
export const WHOLE_BP = 10_000n

/** What part of the whole is to be in an asset, or, without a symbol, in cash. */
export type Weight = { readonly symbol: string | undefined; readonly shareBp: bigint }

export type WeightRequest = {
  readonly type: 'cash' | 'asset'
  readonly symbol?: string | null | undefined
  /** Plain decimal text. */
  readonly percent: string
}

/** Reads weights, or says what is wrong with them (contracts/alpaca/rebalancing.md §1). */
export function readWeights(requests: readonly WeightRequest[]): Weight[] {
  const weights = requests.map(readWeight)
  const seen = new Set<string | undefined>()
  for (const { symbol } of weights) {
    if (seen.has(symbol)) throw invalid(`${symbol ?? 'cash'} has more than one weight`)
    seen.add(symbol)
  }
  if (sharesOf(weights) !== WHOLE_BP) {
    throw invalid(`percents must add up to 100.00, they are ${formatPercent(sharesOf(weights))}`)
  }
  return weights
}

function readWeight({ type, symbol, percent }: WeightRequest): Weight {
  const shareBp = readPercent(percent)
  if (shareBp === undefined) throw invalid('percent must be above 0 and have at most 2 decimals')
  if (type === 'cash') return { symbol: undefined, shareBp }
  if (symbol == null || symbol === '') throw invalid('symbol is required for an asset')
  const problem = problemOf(symbol)
  if (problem !== undefined) throw invalid(`asset ${symbol} ${problem}`)
  return { symbol: findAsset(symbol)?.symbol, shareBp }
}

/** Why an asset cannot be in a portfolio: only US equities that can be bought in parts are. */
export function problemOf(symbol: string): string | undefined {
  const asset = findAsset(symbol)
  if (asset === undefined) return 'is not known'
  if (asset.assetClass !== 'us_equity') return 'is not a US equity'
  if (asset.status !== 'active' || !asset.tradable) return 'is not tradable'
  return asset.fractionable ? undefined : 'is not fractionable'
}

/** `"5"` → 500; nothing for what is not above zero, above 100, or finer than a hundredth. */
export function readPercent(text: string): bigint | undefined {
  const [, whole = '', fraction = ''] = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text) ?? []
  if (whole === '') return undefined
  const shareBp = BigInt(`${whole}${fraction.padEnd(2, '0')}`)
  return shareBp > 0n && shareBp <= WHOLE_BP ? shareBp : undefined
}

export function formatPercent(shareBp: bigint): string {
  const hundredths = String(shareBp % 100n).padStart(2, '0')
  return `${shareBp / 100n}.${hundredths}`.replace(/\.?0+$/, '')
}

export function presentWeight({ symbol, shareBp }: Weight) {
  return {
    type: symbol === undefined ? ('cash' as const) : ('asset' as const),
    symbol: symbol ?? null,
    percent: formatPercent(shareBp),
  }
}

/** Weights as they were written; their assets may have changed since. */
export function toWeights(stored: unknown): Weight[] {
  return (stored as ReturnType<typeof presentWeight>[]).map(({ symbol, percent }) => ({
    symbol: symbol ?? undefined,
    shareBp: readPercent(percent) ?? 0n,
  }))
}

export const sharesOf = (weights: readonly Weight[]) =>
  weights.reduce((sum, { shareBp }) => sum + shareBp, 0n)

export const cashShareOf = (weights: readonly Weight[]) =>
  sharesOf(weights.filter(({ symbol }) => symbol === undefined))

const invalid = (what: string) => new RebalancingRejected('weights_invalid', { what })
