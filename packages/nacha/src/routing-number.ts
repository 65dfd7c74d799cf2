const WEIGHTS = [3, 7, 1, 3, 7, 1, 3, 7]

/** The ninth digit that belongs to the eight of a bank's identification (contracts/nacha/files.md §3). */
export function checkDigitOf(dfi: string): string {
  let sum = 0
  for (let at = 0; at < 8; at += 1) sum += (WEIGHTS[at] ?? 0) * (dfi.charCodeAt(at) - 48)
  return String((10 - (sum % 10)) % 10)
}

/** Nine digits whose last agrees and whose first two are of a Federal Reserve district or thrift. */
export function isRoutingNumber(text: string): boolean {
  return /^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)\d{7}$/.test(text) && checkDigitOf(text) === text[8]
}

/** A hash keeps its low ten digits. */
export const HASH_MODULUS = 10_000_000_000n
