const WEIGHTS = [3, 7, 1, 3, 7, 1, 3, 7, 1]

/**
 * True for a nine-digit routing number whose check digit fits: the digits weighted 3, 7, 1, 3, 7, 1, 3, 7, 1
 * add up to a multiple of ten, and the first two name a Federal Reserve district, a thrift or an electronic
 * one (contracts/plaid/institutions.md).
 */
export function isAbaRoutingNumber(text: string): boolean {
  const district = Number(text.slice(0, 2))
  const known =
    (district >= 1 && district <= 12) ||
    (district >= 21 && district <= 32) ||
    (district >= 61 && district <= 72)
  return known && hasAbaCheckDigit(text)
}

/** The same without the district, which the vendor's test numbers do not all have. */
export function hasAbaCheckDigit(text: string): boolean {
  if (!/^\d{9}$/.test(text)) return false
  return WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0) % 10 === 0
}
