import { z } from 'zod'

/**
 * An optional request field. The vendor's own clients send `null` for "not given", so null is accepted
 * and read as absent (contracts/plaid/transport.md).
 */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value) => value ?? undefined)
}

/** A request body. Credentials may stand in it; any other field that is not listed is refused. */
export function request<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject({
    client_id: z.string().nullish(),
    secret: z.string().nullish(),
    ...shape,
  })
}

/** A nested request object; `{}` and null are both fine where its fields are optional. */
export const options = z.strictObject

export const Token = z.string().min(1).max(200)
export const Id = z.string().min(1).max(100)
/** A day as `2026-11-20`. The calendar has no year 0, though the format has. */
export const Day = z.iso
  .date()
  .refine((text) => !text.startsWith('0000'), 'must be a date from the year 1 on')
/** Fields that the vendor lists and that change nothing here: any JSON is accepted. */
export const ignored = optional(z.unknown())

/** Where an app wants to be told: an address that can be called. */
export const WebhookUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .min(1)
  .max(2_000)
