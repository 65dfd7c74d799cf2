/**
 * A new UUID, version 7 (RFC 9562): the first 48 bits are Unix milliseconds, so that primary keys grow
 * at the right end of their index. Real time, not world time: an id is a name, not a fact about the world.
 */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const milliseconds = BigInt(Date.now())
  for (let index = 0; index < 6; index += 1) {
    bytes[index] = Number((milliseconds >> BigInt(40 - 8 * index)) & 0xffn)
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
