import { z } from 'zod'

/** Every refusal has both; some add text fields beside them. */
export const ErrorBody = z.looseObject({ code: z.number().int(), message: z.string() })

export type ErrorBody = z.infer<typeof ErrorBody>
