import { z } from 'zod'

/**
 * A decimal in a request: the vendor takes JSON numbers and strings for the same field. Both become plain
 * decimal text such as `"0.000000001"`, digit for digit, so that nothing is rounded before a rule looks at
 * it. Whatever else there is has the wrong type, an empty text included (contracts/alpaca/errors.md).
 */
export const DecimalInput = z
  .unknown()
  .meta({ type: ['string', 'number'], examples: ['12.5'] })
  .transform((value, ctx) => {
    const isDecimal = typeof value === 'string' || typeof value === 'number'
    const text = isDecimal ? plainDecimal(String(value)) : undefined
    if (text === undefined) {
      ctx.addIssue({ code: 'invalid_type', expected: 'number', message: 'a decimal number is expected' })
      return z.NEVER
    }
    return text
  })

const MAX_EXPONENT = 30

/** `"1e-9"` → `"0.000000001"`; nothing when the text is not a decimal number of sensible length. */
export function plainDecimal(text: string): string | undefined {
  const parts = /^([+-]?)(\d{1,30})(?:\.(\d{1,30}))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text)
  if (parts === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts
  const scale = fraction.length - Number(exponent)
  if (Math.abs(scale) > MAX_EXPONENT) return undefined

  const digits = `${whole}${fraction}${'0'.repeat(Math.max(0, -scale))}`.padStart(scale + 1, '0')
  const point = digits.length - Math.max(0, scale)
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, '')
  const right = digits.slice(point).replace(/0+$/, '')
  const magnitude = right === '' ? left : `${left}.${right}`
  return sign === '-' && magnitude !== '0' ? `-${magnitude}` : magnitude
}
