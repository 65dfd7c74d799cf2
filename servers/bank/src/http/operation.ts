import type { FastifySchema } from 'fastify'
import type { z } from 'zod'
import type { ApiClient, BankContext } from '../context.ts'
import { type Asked, meetFaults } from '../faults/meet-faults.ts'
import { authenticate } from './authenticate.ts'
import type { HttpApp } from './http-app.ts'
import { spoilAnswer } from './sim-faults.ts'

type Answer<Response extends z.ZodType> = Omit<z.input<Response>, 'request_id'>

/**
 * One operation of the vendor's API: `POST path`, keys first, then the shape of the body, then the answer
 * with its request id. The answer is checked against its shape before it leaves. `origin` is where the
 * client reached us.
 */
export function operation<Request extends z.ZodType, Response extends z.ZodType>(
  app: HttpApp,
  ctx: BankContext,
  path: string,
  shapes: { request: Request; response: Response },
  answer: (body: z.output<Request>, client: ApiClient, origin: string) => Promise<Answer<Response>>,
): void {
  const schema: FastifySchema = { body: shapes.request, response: { 200: shapes.response } }
  app.route({
    method: 'POST',
    url: path,
    schema,
    // Wrong keys are told before wrong fields: a stranger learns nothing about the shapes.
    preValidation: async (req) => {
      authenticate(ctx.clients, req)
    },
    handler: async (req) => {
      const client = authenticate(ctx.clients, req)
      const faults = await meetFaults(ctx, readCall(path, client, req.body))
      const body = await answer(req.body as z.output<Request>, client, `${req.protocol}://${req.host}`)
      return { ...(spoilAnswer(body, faults) as object), request_id: req.plaidRequestId }
    },
  })
}

export function readCall(path: string, { clientId }: ApiClient, body: unknown): Asked {
  const { access_token, processor_token } = body as Record<string, unknown>
  const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)
  return { path, clientId, accessToken: textOf(access_token), processorToken: textOf(processor_token) }
}
