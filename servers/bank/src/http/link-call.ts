import type { FastifySchema } from 'fastify'
import type { z } from 'zod'
import type { HttpApp } from './http-app.ts'

/** One call of Link's own pages: `session` for Link, `oauth` for a bank's page. */
export function call<Request extends z.ZodType, Response extends z.ZodType>(
  app: HttpApp,
  name: string,
  request: Request,
  response: Response,
  answer: (body: z.output<Request>, requestId: string) => Promise<Omit<z.input<Response>, 'request_id'>>,
  area: 'session' | 'oauth' = 'session',
): void {
  const schema: FastifySchema = { body: request, response: { 200: response } }
  app.post(`/link/${area}/${name}`, { schema }, async (req) => {
    const body = await answer(req.body as z.output<Request>, req.plaidRequestId)
    return { ...body, request_id: req.plaidRequestId }
  })
}
