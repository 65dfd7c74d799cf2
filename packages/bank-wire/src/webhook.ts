import { z } from 'zod'
import { ItemBody } from './item.ts'
import { optional, request, Token, WebhookUrl } from './request.ts'

export const ItemWebhookUpdateRequest = request({ access_token: Token, webhook: optional(WebhookUrl) })
export const ItemWebhookUpdateResponse = z.object({ item: ItemBody, request_id: z.string() })

export const WebhookVerificationKeyGetRequest = request({ key_id: z.string().min(1).max(200) })
export const WebhookVerificationKeyGetResponse = z.object({
  key: z.object({
    alg: z.literal('ES256'),
    crv: z.literal('P-256'),
    kid: z.string(),
    kty: z.literal('EC'),
    use: z.literal('sig'),
    x: z.string(),
    y: z.string(),
    created_at: z.int(),
    expired_at: z.int().nullable(),
  }),
  request_id: z.string(),
})

export const SandboxItemFireWebhookRequest = request({
  access_token: Token,
  webhook_type: optional(
    z.enum([
      'AUTH',
      'HOLDINGS',
      'IDENTITY',
      'INVESTMENTS_TRANSACTIONS',
      'ITEM',
      'LIABILITIES',
      'TRANSACTIONS',
      'ASSETS',
    ]),
  ),
  webhook_code: z.enum([
    'DEFAULT_UPDATE',
    'NEW_ACCOUNTS_AVAILABLE',
    'SMS_MICRODEPOSITS_VERIFICATION',
    'AUTHORIZATION_GRANTED',
    'USER_PERMISSION_REVOKED',
    'USER_ACCOUNT_REVOKED',
    'PENDING_DISCONNECT',
    'RECURRING_TRANSACTIONS_UPDATE',
    'LOGIN_REPAIRED',
    'SYNC_UPDATES_AVAILABLE',
    'PRODUCT_READY',
    'ERROR',
  ]),
})
export const SandboxItemFireWebhookResponse = z.object({
  webhook_fired: z.literal(true),
  request_id: z.string(),
})
