import { z } from 'zod'

/** The one error shape, as a whole answer, as `item.error` and in Link's `onExit`. */
export const PlaidErrorBody = z.object({
  error_type: z.string(),
  error_code: z.string(),
  error_message: z.string(),
  display_message: z.string().nullable(),
  documentation_url: z.string(),
  suggested_action: z.string().nullable(),
  request_id: z.string().optional(),
})
export type PlaidErrorBody = z.infer<typeof PlaidErrorBody>
