import {
  ItemAccessTokenInvalidateRequest,
  ItemAccessTokenInvalidateResponse,
  ItemGetRequest,
  ItemGetResponse,
  ItemPublicTokenExchangeRequest,
  ItemPublicTokenExchangeResponse,
  ItemRemoveRequest,
  ItemWebhookUpdateRequest,
  ItemWebhookUpdateResponse,
  RequestIdResponse,
} from '@paddock/bank-wire'
import type { BankContext } from '../context.ts'
import { exchangePublicToken } from '../items/exchange-public-token.ts'
import { openItem } from '../items/open-item.ts'
import { removeItem } from '../items/remove-item.ts'
import { rotateAccessToken } from '../items/rotate-access-token.ts'
import { updateWebhook } from '../items/update-webhook.ts'
import { findLastSent } from '../webhooks/webhook-store.ts'
import type { HttpApp } from './http-app.ts'
import { operation } from './operation.ts'
import { presentInstant, presentItem, presentItemWithConsent } from './present-item.ts'

export function serveItems(app: HttpApp, ctx: BankContext): void {
  operation(
    app,
    ctx,
    '/item/public_token/exchange',
    { request: ItemPublicTokenExchangeRequest, response: ItemPublicTokenExchangeResponse },
    async ({ public_token }, { clientId }) => {
      const { accessToken, itemId } = await exchangePublicToken(ctx, clientId, public_token)
      return { access_token: accessToken, item_id: itemId }
    },
  )

  operation(
    app,
    ctx,
    '/item/get',
    { request: ItemGetRequest, response: ItemGetResponse },
    async ({ access_token }, { clientId }) => {
      const item = await openItem(ctx, clientId, access_token)
      const never = { last_successful_update: null, last_failed_update: null }
      const synced = item.products.includes('transactions')
        ? { ...never, last_successful_update: presentInstant(item.createdAt) }
        : never
      const sent = await findLastSent(ctx.db, item)
      const last_webhook =
        sent === undefined ? null : { sent_at: presentInstant(sent.sentAt), code_sent: sent.code }
      const status = { investments: never, transactions: synced, last_webhook }
      return { item: presentItemWithConsent(item), status }
    },
  )

  operation(
    app,
    ctx,
    '/item/webhook/update',
    { request: ItemWebhookUpdateRequest, response: ItemWebhookUpdateResponse },
    async ({ access_token, webhook }, { clientId }) => ({
      item: presentItem(await updateWebhook(ctx, clientId, access_token, webhook ?? null)),
    }),
  )

  operation(
    app,
    ctx,
    '/item/access_token/invalidate',
    { request: ItemAccessTokenInvalidateRequest, response: ItemAccessTokenInvalidateResponse },
    async ({ access_token }, { clientId }) => ({
      new_access_token: await rotateAccessToken(ctx, clientId, access_token),
    }),
  )

  operation(
    app,
    ctx,
    '/item/remove',
    { request: ItemRemoveRequest, response: RequestIdResponse },
    async ({ access_token }, { clientId }) => {
      await removeItem(ctx, clientId, access_token)
      return {}
    },
  )
}
