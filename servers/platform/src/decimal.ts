import { formatPrice, formatQuantity, formatUsd, parseUsd, type UsdMinor } from '@paddock/money'

/** What the vendor leaves out or empty where it has nothing to say. */
type Told = string | null | undefined

/** Reads decimal text of any length into 10^-scale units, half to even: for showing, never for moving. */
function readScaled(text: Told, scale: number): bigint {
  const parts = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text ?? '0')
  if (parts === null) throw new Error('the broker sent a number that is not decimal text')
  const [, sign, whole = '', fraction = ''] = parts
  const kept = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'))
  const rest = fraction.slice(scale).replace(/0+$/, '')
  const isUp = rest > '5' || (rest === '5' && kept % 2n === 1n)
  const magnitude = isUp ? kept + 1n : kept
  return sign === '-' ? -magnitude : magnitude
}

/** A broker's amount in whole cents. */
export const usdOf = (text: Told): UsdMinor => readScaled(text, 2) as UsdMinor

/** `"1234.5"` → `"1234.50"`. */
export const showUsd = (text: Told): string => formatUsd(usdOf(text))

export const showQuantity = (text: Told): string => formatQuantity(readScaled(text, 9))

export const showPrice = (text: Told): string => formatPrice(readScaled(text, 6))

/** A price of the market data, where numbers are JSON numbers. */
export const showPriceNumber = (value: number): string => showPrice(plainNumber(value))

const FRACTION_SCALE = 6

/** `part / whole` as text such as `"0.0123"`; nothing when there is no whole. */
export function fractionOf(part: bigint, whole: bigint): string | undefined {
  if (whole === 0n) return undefined
  return trim((part * 10n ** BigInt(FRACTION_SCALE)) / whole)
}

/** A broker's fraction, cut to six decimals. */
export const showFraction = (text: Told): string => trim(readScaled(text, FRACTION_SCALE))

/** The relative change from one price to another. */
export function changeFraction(from: number, to: number): string {
  const before = readScaled(plainNumber(from), FRACTION_SCALE)
  return fractionOf(readScaled(plainNumber(to), FRACTION_SCALE) - before, before) ?? '0'
}

function trim(scaled: bigint): string {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(FRACTION_SCALE + 1, '0')
  const text = `${digits.slice(0, -FRACTION_SCALE)}.${digits.slice(-FRACTION_SCALE)}`.replace(/\.?0+$/, '')
  return scaled < 0n ? `-${text}` : text
}

/** Decimal text of a JSON number or of text that a person wrote; `1e-9`, as numbers print, is written out. */
export function plainNumber(value: number | string): string {
  const tiny = typeof value === 'number' ? /^(-?)(\d)(?:\.(\d+))?e-(\d+)$/.exec(String(value)) : null
  if (tiny === null) return String(value)
  const [, sign, first, rest = '', exponent] = tiny
  return `${sign}0.${'0'.repeat(Number(exponent) - 1)}${first}${rest}`
}

/** Cents of an amount as it may come in; nothing when it is not exact, not positive or no amount. */
export function readAmount(value: number | string): UsdMinor | undefined {
  const minor = parseUsd(plainNumber(value))
  return minor === undefined || minor <= 0n ? undefined : minor
}
