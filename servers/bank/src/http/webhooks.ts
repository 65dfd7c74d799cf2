import {
  SandboxItemFireWebhookRequest,
  SandboxItemFireWebhookResponse,
  WebhookVerificationKeyGetRequest,
  WebhookVerificationKeyGetResponse,
} from '@paddock/bank-wire'
import { z } from 'zod'
import type { BankContext } from '../context.ts'
import { changeConduct, readConduct } from '../webhooks/conduct.ts'
import { fireWebhook } from '../webhooks/fire-webhook.ts'
import { getVerificationKey, rotateKey, type SigningKey } from '../webhooks/signing-keys.ts'
import { tryOutcomes, webhookStates } from '../webhooks/webhook.ts'
import { listWebhooks } from '../webhooks/webhook-store.ts'
import type { HttpApp } from './http-app.ts'
import { operation } from './operation.ts'
import { presentInstant } from './present-item.ts'

const MOST = 200

const Conduct = z.object({ duplicates: z.boolean(), disorder: z.boolean() })
const ConductBody = z.strictObject({ duplicates: z.boolean().optional(), disorder: z.boolean().optional() })
const LogAnswer = z.object({
  conduct: Conduct,
  webhooks: z.array(
    z.object({
      id: z.string(),
      item_id: z.string().nullable(),
      url: z.string(),
      webhook_type: z.string(),
      webhook_code: z.string(),
      status: z.enum(webhookStates),
      queued_at: z.string(),
      tries: z.array(
        z.object({
          number: z.int(),
          at: z.string(),
          outcome: z.enum(tryOutcomes).nullable(),
          status: z.int().nullable(),
        }),
      ),
    }),
  ),
})
const LogQuery = z.strictObject({ item_id: z.string().max(100).optional() })
const KeyAnswer = z.object({ kid: z.string() })

export function serveWebhooks(app: HttpApp, ctx: BankContext): void {
  operation(
    app,
    ctx,
    '/webhook_verification_key/get',
    { request: WebhookVerificationKeyGetRequest, response: WebhookVerificationKeyGetResponse },
    async ({ key_id }) => ({ key: presentKey(await getVerificationKey(ctx, key_id)) }),
  )

  operation(
    app,
    ctx,
    '/sandbox/item/fire_webhook',
    { request: SandboxItemFireWebhookRequest, response: SandboxItemFireWebhookResponse },
    async ({ access_token, webhook_code, webhook_type }, { clientId }) => {
      const request = { clientId, accessToken: access_token, code: webhook_code, type: webhook_type }
      await fireWebhook(ctx, request)
      return { webhook_fired: true as const }
    },
  )
}

/** What was sent and how it went. Without keys, and not part of the vendor's contract; bodies are not shown. */
export function serveWebhookDoors(app: HttpApp, ctx: BankContext): void {
  app.get(
    '/_sim/webhooks',
    { schema: { querystring: LogQuery, response: { 200: LogAnswer } } },
    async ({ query }) => {
      const { item_id: itemId } = query as z.infer<typeof LogQuery>
      const found = await listWebhooks(ctx.db, ctx.cipher, { itemId, limit: MOST })
      return {
        conduct: await readConduct(ctx.db),
        webhooks: found.map((webhook) => ({
          id: webhook.id,
          item_id: webhook.itemId,
          url: webhook.url,
          webhook_type: webhook.type,
          webhook_code: webhook.code,
          status: webhook.status,
          queued_at: presentInstant(webhook.queuedAt),
          tries: webhook.tries.map((made) => ({ ...made, at: presentInstant(made.at) })),
        })),
      }
    },
  )

  app.post(
    '/_sim/webhooks',
    { schema: { body: ConductBody, response: { 200: Conduct } } },
    async ({ body }) => changeConduct(ctx.db, body as z.infer<typeof ConductBody>),
  )

  app.post(
    '/_sim/webhooks/rotate-key',
    { schema: { body: z.strictObject({}), response: { 200: KeyAnswer } } },
    async () => ({ kid: (await rotateKey(ctx)).kid }),
  )
}

function presentKey({ kid, x, y, createdAt, expiredAt }: SigningKey) {
  const seconds = (instant: Temporal.Instant) => Math.floor(instant.epochMilliseconds / 1000)
  return {
    alg: 'ES256' as const,
    crv: 'P-256' as const,
    kid,
    kty: 'EC' as const,
    use: 'sig' as const,
    x,
    y,
    created_at: seconds(createdAt),
    expired_at: expiredAt === null ? null : seconds(expiredAt),
  }
}
