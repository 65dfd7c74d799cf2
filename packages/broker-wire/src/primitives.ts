import { z } from 'zod'

/** A line of text without control characters. */
export const line = (max: number) =>
  z
    .string()
    .max(max, `must have at most ${max} characters`)
    .regex(/^\P{Cc}*$/u, 'must not contain control characters')

/** A line of text that says something. */
export const filledLine = (max: number) => line(max).regex(/\S/, 'must not be empty')

const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export const Uuid = z.string().regex(UUID_PATTERN, 'must be a UUID').toLowerCase().meta({ format: 'uuid' })

/** RFC 3339 with any number of decimals; the time zone is required. */
export const Timestamp = z.iso.datetime({ offset: true, error: 'must be an RFC 3339 timestamp' })

export const PlainDate = z.iso.date({ error: 'must be a date such as 1990-01-31' })

/** ISO 3166-1 alpha-3. */
export const Country = z.string().regex(/^[A-Z]{3}$/, 'must be a country code such as USA')

/**
 * An amount in a request: JSON number or string, kept as text for a reader that refuses what is not
 * exact: `1e309` becomes `Infinity`, `1e21` stays as it is, and no such reader takes either. No union of the
 * two types, because another type is then a value that fits no choice and not one of the wrong type.
 */
export const AmountInput = z
  .unknown()
  .meta({ type: ['string', 'number'], examples: ['250.00'] })
  .transform((value, ctx) => {
    if (typeof value === 'string' || typeof value === 'number') return String(value)
    ctx.addIssue({ code: 'invalid_type', expected: 'number', message: 'a decimal number is expected' })
    return z.NEVER
  })

/** `a,b` and `a=1&a=2` are the same list to the vendor. */
export const listParam = <Item extends z.ZodType<string, string>>(item: Item) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((value) => [value].flat().flatMap((part) => part.split(',').filter(Boolean)))
    .pipe(z.array(item))

/**
 * A timestamp or a date in a query. An offset's `+` that was not escaped arrives as a space. Decimals past the
 * ninth are cut, and the year 0, which PostgreSQL does not know, is refused.
 */
export const MomentParam = z
  .string()
  .regex(/^(?!0000)/, 'must be a date or a timestamp')
  .transform((text) =>
    text
      .replace(/ (?=\d{2}:\d{2}$)/, '+')
      .replace(/^(\d{4}-\d{2}-\d{2}) /, '$1T')
      .replace(/(\.\d{9})\d+/, '$1'),
  )
  .pipe(
    z.union([PlainDate, Timestamp, z.iso.datetime({ local: true })], {
      error: 'must be a date or a timestamp',
    }),
  )

/** Python says `True`; everybody else says `true`. */
export const BooleanParam = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['true', 'false']))
  .transform((text) => text === 'true')
