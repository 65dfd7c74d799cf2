import { createHash } from 'node:crypto'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/**
 * A made-up CUSIP: issuer numbers that begin with 99 are given to nobody. Like a real one it ends in its
 * check digit, and it is always the same for a symbol.
 */
export function cusipOf(symbol: string): string {
  const digest = createHash('sha1').update(`cusip|${symbol}`, 'utf8').digest()
  const issuer = [0, 1, 2, 3].map((index) => DIGITS.charAt(digest.readUInt8(index) % 36)).join('')
  const body = `99${issuer}10`
  return `${body}${checkDigit(body)}`
}

/** Every second value counts double, of each result the digits are added up. */
function checkDigit(body: string): number {
  let sum = 0
  for (const [index, character] of [...body].entries()) {
    const value = DIGITS.indexOf(character) * (index % 2 === 1 ? 2 : 1)
    sum += Math.floor(value / 10) + (value % 10)
  }
  return (10 - (sum % 10)) % 10
}
