import { z } from 'zod'

const MOST = 1_000

/** Which part of a list is asked for. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(MOST).default(100),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
})
