import { z } from 'zod'
import { AuthMethod } from './enums.ts'
import { PlaidErrorBody } from './error.ts'
import { optional, request, Token } from './request.ts'

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
