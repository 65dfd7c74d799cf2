import { z } from 'zod'

/** Values as the official Python client reads them: what is not said here makes its whole answer fail. */
export const text = z.string()
export const uuid = z.string().regex(/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i)

/** RFC 3339; longer fractions than microseconds are accepted and cut. */
export const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/, 'is no timestamp')
export const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'is no date')

/** A number, or text that is one; an empty text fails. */
export const decimal = z.union([z.number(), z.string().regex(/^-?\d+(?:\.\d+)?$/, 'is no number')])

/** May be missing, and may be null. */
export const maybe = <Value extends z.ZodType>(value: Value) => value.nullish()

/** Must be there, even when it is null. */
export const key = <Value extends z.ZodType>(value: Value) => value.nullable()

/** May be missing, but null fails. */
export const unlessNull = <Value extends z.ZodType>(value: Value) => value.optional()

/** One of these words exactly; any other makes the client fail. */
export const oneOf = (words: string, ...more: string[]) =>
  z.enum([...words.split(' '), ...more] as [string, ...string[]])
