import { z } from 'zod'

/** US dollars with two decimals in answers: `"1234.50"`. */
export const Usd = z.string().regex(/^-?\d+\.\d{2}$/)
/** US dollars as a person or program may write them: text with at most two decimals, or a JSON number. */
export const UsdInput = z.union([z.string().max(20), z.number()])
/** Shares or coins, at most nine decimals, without trailing zeros. */
export const Quantity = z.string().regex(/^-?\d+(\.\d{1,9})?$/)
export const QuantityInput = z.union([z.string().max(24), z.number()])
/** A price in US dollars, at most six decimals, without trailing zeros. */
export const Price = z.string().regex(/^\d+(\.\d{1,6})?$/)
/** A fraction with sign: `"0.0123"` is 1.23 %. */
export const Fraction = z.string().regex(/^-?\d+(\.\d+)?$/)
/** RFC 3339, UTC. */
export const Timestamp = z.string()
/** `YYYY-MM-DD`. */
export const PlainDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
export const Id = z.uuid()
