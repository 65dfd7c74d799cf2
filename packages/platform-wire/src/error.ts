import { z } from 'zod'

/** The one shape of every error on our own paths, the seed's routes included. */
export const ErrorBody = z.object({
  error: z.object({
    /** Stable and for programs, such as `amount_over_limit`. */
    code: z.string(),
    /** For people: what happened, what it means for the money, what to do. */
    message: z.string(),
    request_id: z.string(),
    /** Problems of single fields, by path such as `identity.given_name`. */
    fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    /** Figures behind the refusal, such as `buying_power`. */
    details: z.record(z.string(), z.string()).optional(),
  }),
})
export type ErrorBody = z.infer<typeof ErrorBody>
