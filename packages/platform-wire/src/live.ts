import { z } from 'zod'

/**
 * GET /api/events, server-sent: each message's `data` is one of these. It says what changed, not how:
 * the browser fetches again. A `hello` comes first, also after each reconnect.
 */
export const LiveMessage = z.object({
  type: z.enum(['hello', 'account', 'banks', 'transfers', 'orders']),
})
export type LiveMessage = z.infer<typeof LiveMessage>
