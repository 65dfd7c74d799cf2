import { z } from 'zod'
import { AuthMethod, Products } from './enums.ts'
import { PlaidErrorBody } from './error.ts'
import { Id, optional, options, request, Token, WebhookUrl } from './request.ts'

export const ItemGetRequest = request({ access_token: Token })

export const ItemRemoveRequest = request({
  access_token: Token,
  reason_code: optional(
    z.enum([
      'FRAUD_FIRST_PARTY',
      'FRAUD_FALSE_IDENTITY',
      'FRAUD_ABUSE',
      'FRAUD_OTHER',
      'CONNECTION_IS_NON_FUNCTIONAL',
      'OTHER',
    ]),
  ),
  reason_note: optional(z.string().max(512)),
})

export const ItemProductsTerminateRequest = request({
  access_token: Token,
  reason_code: z.enum([
    'FRAUD_FIRST_PARTY',
    'FRAUD_FALSE_IDENTITY',
    'FRAUD_ABUSE',
    'FRAUD_OTHER',
    'CONSUMER_LOAN_PAID_OFF',
    'CONSUMER_ACCOUNT_CLOSED',
    'CONSUMER_CHARGE_OFF',
    'CONSUMER_PAYMENT_METHOD_SWITCHED',
    'USER_OFFBOARDING',
    'DUPLICATE_ITEM',
    'BILLING_TERMINATION',
    'OTHER',
  ]),
  reason_note: optional(z.string().max(512)),
})

export const ItemPublicTokenCreateRequest = request({ access_token: Token })
export const ItemPublicTokenCreateResponse = z.object({
  public_token: z.string(),
  expiration: z.string(),
  request_id: z.string(),
})

export const ItemImportRequest = request({
  institution_id: optional(Id),
  products: Products.min(1),
  user_auth: options({ user_id: z.string().min(1).max(500), auth_token: z.string().min(1).max(500) }),
  options: optional(options({ webhook: optional(WebhookUrl) })),
})
export const ItemImportResponse = z.object({ access_token: z.string(), request_id: z.string() })

export const ItemAccessTokenInvalidateRequest = request({ access_token: Token })
export const ItemAccessTokenInvalidateResponse = z.object({
  new_access_token: z.string(),
  request_id: z.string(),
})

export const ItemPublicTokenExchangeRequest = request({ public_token: Token })

export const ItemBody = z.object({
  item_id: z.string(),
  institution_id: z.string().nullable(),
  institution_name: z.string().nullable(),
  webhook: z.string().nullable(),
  auth_method: AuthMethod,
  error: PlaidErrorBody.nullable(),
  available_products: z.array(z.string()),
  billed_products: z.array(z.string()),
  products: z.array(z.string()),
  consented_products: z.array(z.string()),
  consent_expiration_time: z.string().nullable(),
  update_type: z.literal('background'),
})
export type ItemBody = z.infer<typeof ItemBody>

const lastUpdate = z.object({
  last_successful_update: z.string().nullable(),
  last_failed_update: z.string().nullable(),
})

const lastWebhook = z.object({ sent_at: z.string().nullable(), code_sent: z.string() })

export const ItemGetResponse = z.object({
  item: ItemBody.extend({
    created_at: z.string(),
    consented_use_cases: z.array(z.string()),
    consented_data_scopes: z.array(z.string()),
  }),
  status: z.object({
    investments: lastUpdate,
    transactions: lastUpdate,
    last_webhook: lastWebhook.nullable(),
  }),
  request_id: z.string(),
})

export const ItemPublicTokenExchangeResponse = z.object({
  access_token: z.string(),
  item_id: z.string(),
  request_id: z.string(),
})
export const RequestIdResponse = z.object({ request_id: z.string() })
