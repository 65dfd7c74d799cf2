import type { ZodType } from 'zod'

/** What every route of market data says of itself. */
export function describe<Query extends ZodType, Body extends ZodType>(
  summary: string,
  querystring: Query,
  body: Body,
) {
  return { summary, tags: ['Market'], querystring, response: { 200: body } }
}
