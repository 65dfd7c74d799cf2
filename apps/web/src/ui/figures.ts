import { formatQuantity, formatUsd, parseUsd, type UsdMinor } from '@paddock/money'

const MINUS = '−'

const withThousands = (digits: string) => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',')

function splitDecimal(text: string) {
  const negative = text.startsWith('-')
  const [whole = '0', fraction = ''] = (negative ? text.slice(1) : text).split('.')
  return { negative, whole, fraction }
}

/** `1234.5` (wire text or cents) → `$1,234.50`, with a true minus. */
export function usdInWords(amount: string | UsdMinor): string {
  const text = typeof amount === 'bigint' ? formatUsd(amount) : amount
  const { negative, whole, fraction } = splitDecimal(text)
  return `${negative ? MINUS : ''}$${withThousands(whole)}.${fraction.padEnd(2, '0')}`
}

/** With a sign in front, also when it is a gain. */
export function signedUsdInWords(amount: string | UsdMinor): string {
  const words = usdInWords(amount)
  return words.startsWith(MINUS) || /^\$0\.00$/.test(words) ? words : `+${words}`
}

/** A price keeps the decimals that it has, but at least two: `601.4` → `$601.40`, `0.084213` → `$0.084213`. */
export function priceInWords(price: string): string {
  const { negative, whole, fraction } = splitDecimal(price)
  return `${negative ? MINUS : ''}$${withThousands(whole)}.${fraction.padEnd(2, '0')}`
}

/** `1234.5` → `1,234.5` */
export function quantityInWords(quantity: string | bigint): string {
  const text = typeof quantity === 'bigint' ? formatQuantity(quantity) : quantity
  const { negative, whole, fraction } = splitDecimal(text)
  return `${negative ? MINUS : ''}${withThousands(whole)}${fraction === '' ? '' : `.${fraction}`}`
}

/** A fraction as wire text → whole hundredths of a percent, rounded half away from zero. */
export function basisPoints(fraction: string): bigint {
  const { negative, whole, fraction: digits } = splitDecimal(fraction)
  const tenths = BigInt(`${whole}${digits.padEnd(5, '0').slice(0, 5)}`)
  const rounded = (tenths + 5n) / 10n
  return negative ? -rounded : rounded
}

/** `0.0123` → `1.23%`, unsigned: the sign stands with the arrow. */
export function percentInWords(fraction: string): string {
  const points = basisPoints(fraction)
  return `${formatUsd(points < 0n ? -points : points)}%`
}

export type Direction = 'up' | 'down' | 'flat'

export function directionOf(decimal: string): Direction {
  if (!/[1-9]/.test(decimal)) return 'flat'
  return decimal.startsWith('-') ? 'down' : 'up'
}

/**
 * What a person typed as an amount of dollars: `1,000`, `$25`, ` 25.5 `. Nothing when it is not an exact
 * amount: a third decimal is refused, not rounded.
 */
export function readTypedUsd(typed: string): UsdMinor | undefined {
  const plain = typed.trim().replace(/^\$\s*/, '')
  const grouped = /^\d{1,3}(,\d{3})+(\.\d{0,2})?$/.test(plain)
  const text = (grouped ? plain.replaceAll(',', '') : plain).replace(/\.$/, '')
  if (!/^\d*(\.\d{1,2})?$/.test(text) || text === '') return undefined
  return parseUsd(text.startsWith('.') ? `0${text}` : text)
}

/** What a person typed as a number of shares, without commas, ready for `parseQuantity`. */
export function plainTypedQuantity(typed: string): string {
  const plain = typed.trim()
  const grouped = /^\d{1,3}(,\d{3})+(\.\d*)?$/.test(plain)
  const text = (grouped ? plain.replaceAll(',', '') : plain).replace(/\.$/, '')
  return text.startsWith('.') ? `0${text}` : text
}
