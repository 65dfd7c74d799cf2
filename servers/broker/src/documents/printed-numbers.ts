/** `"-1234.5"` → `"-1,234.50"` for money; other decimals keep theirs. Text in, text out: no number is computed. */
export function printedUsd(text: string): string {
  const [whole = '0', cents = ''] = text.replace('-', '').split('.')
  const amount = `${grouped(whole)}.${cents.padEnd(2, '0')}`
  return text.startsWith('-') ? `-${amount}` : amount
}

/** A quantity or a price with its own decimals. */
export function printedDecimal(text: string): string {
  const [whole = '0', fraction] = text.replace('-', '').split('.')
  const number = fraction === undefined ? grouped(whole) : `${grouped(whole)}.${fraction}`
  return text.startsWith('-') ? `-${number}` : number
}

/** A price with at least cents. */
export function printedPrice(text: string): string {
  const [whole = '0', fraction = ''] = text.split('.')
  return `${grouped(whole)}.${fraction.padEnd(2, '0')}`
}

/** `2026-03-05` → `Mar 5, 2026`. */
export function printedDay(text: string): string {
  const { year, month, day } = Temporal.PlainDate.from(text)
  return `${MONTHS[month - 1]} ${day}, ${year}`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const grouped = (digits: string) => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
