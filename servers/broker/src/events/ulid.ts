import { assert } from '@paddock/kernel'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 26
const RANDOM_BITS = 80n
const LAST_MILLISECOND = 2 ** 48 - 1
const RANDOM_SPACE = 1n << RANDOM_BITS

/** 26 characters of Crockford's base 32, first character at most 7 (48 + 80 bits). */
export const ULID_PATTERN = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/

/**
 * The ULIDs after `last`: never smaller, whatever the clock says, so that ULIDs and sequence numbers have
 * the same order. Within one millisecond, as within one call, the random part counts up.
 */
export function ulidsAfter(last: string | undefined, now: Temporal.Instant, count: number): string[] {
  const fresh = (BigInt(now.epochMilliseconds) << RANDOM_BITS) | randomPart()
  const previous = last === undefined ? -1n : decode(last)
  const isLater = last === undefined || fresh >> RANDOM_BITS > previous >> RANDOM_BITS
  const first = isLater ? fresh : previous + 1n
  return Array.from({ length: count }, (_, index) => encode(first + BigInt(index)))
}

/** The smallest ULID of a millisecond since 1970; what no ULID can tell becomes the first or the last that one can. */
export function firstUlidAt(milliseconds: number): string {
  return encode(BigInt(Math.min(Math.max(milliseconds, 0), LAST_MILLISECOND)) << RANDOM_BITS)
}

/** The ULID just before another one; nothing is before the first. */
export function ulidBefore(ulid: string): string {
  const value = decode(ulid)
  return encode(value === 0n ? value : value - 1n)
}

/** When a ULID was made, in milliseconds since 1970. */
export const millisecondsOf = (ulid: string): number => Number(decode(ulid) >> RANDOM_BITS)

/** Half of the random space at most, so that counting up within a millisecond cannot spill over. */
function randomPart(): bigint {
  const bytes = crypto.getRandomValues(new Uint8Array(10))
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) % (RANDOM_SPACE / 2n)
}

function encode(value: bigint): string {
  let text = ''
  // JavaScript's own digits of base 32, which is much quicker than dividing, in Crockford's letters.
  for (const digit of value.toString(32)) text += ALPHABET[Number.parseInt(digit, 32)]
  return text.padStart(LENGTH, '0')
}

function decode(text: string): bigint {
  assert(ULID_PATTERN.test(text), 'not a ULID')
  let value = 0n
  for (const character of text) value = (value << 5n) | BigInt(ALPHABET.indexOf(character))
  return value
}
