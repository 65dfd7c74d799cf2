const RANDOM_BYTES = 10
/** Asking the system for random bytes costs more than all the rest of an id, so they are fetched for many at once. */
const pool = new Uint8Array(RANDOM_BYTES * 256)
let used = pool.length

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/**
 * A new UUID, version 7 (RFC 9562): the first 48 bits are Unix milliseconds, so that primary keys grow
 * at the right end of their index. Real time, not world time: an id is a name, not a fact about the world.
 */
export function newId(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  const time = Date.now().toString(16).padStart(12, '0')
  const from = used
  used += RANDOM_BYTES
  const byte = (index: number) => pool[from + index] ?? 0
  const text = (index: number) => hex[byte(index)] ?? ''
  const version = hex[0x70 | (byte(0) & 0x0f)]
  const variant = hex[0x80 | (byte(2) & 0x3f)]
  const node = `${text(4)}${text(5)}${text(6)}${text(7)}${text(8)}${text(9)}`
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}${text(1)}-${variant}${text(3)}-${node}`
}
