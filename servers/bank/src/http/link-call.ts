import type { FastifySchema } from 'fastify'
import type { z } from 'zod'
import type { SessionKey } from '../link-sessions/open-session.ts'
import type { HttpApp } from './http-app.ts'

/** What the page shows with every call in a session. */
export function keyOf(body: { link_token: string; link_session_id: string }): SessionKey {
  return { linkToken: body.link_token, sessionId: body.link_session_id }
}

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
