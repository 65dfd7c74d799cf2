import {
  ItemAccessTokenInvalidateRequest,
  ItemAccessTokenInvalidateResponse,
  ItemGetRequest,
  ItemGetResponse,
  ItemImportRequest,
  ItemImportResponse,
  ItemProductsTerminateRequest,
  ItemPublicTokenCreateRequest,
  ItemPublicTokenCreateResponse,
  ItemPublicTokenExchangeRequest,
  ItemPublicTokenExchangeResponse,
  ItemRemoveRequest,
  ItemWebhookUpdateRequest,
  ItemWebhookUpdateResponse,
  RequestIdResponse,
} from '@paddock/bank-wire'
import type { BankContext } from '../context.ts'
import { readInvestmentsAt } from '../investments/refresh-investments.ts'
import { createPublicToken } from '../items/create-public-token.ts'
import { exchangePublicToken } from '../items/exchange-public-token.ts'
import { importItem } from '../items/import-item.ts'
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
      const readAt = await readInvestmentsAt(ctx.db, item)
      const invested =
        readAt === undefined ? never : { ...never, last_successful_update: presentInstant(readAt) }
      const sent = await findLastSent(ctx.db, item)
      const last_webhook =
        sent === undefined ? null : { sent_at: presentInstant(sent.sentAt), code_sent: sent.code }
      const status = { investments: invested, transactions: synced, last_webhook }
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
    '/item/public_token/create',
    { request: ItemPublicTokenCreateRequest, response: ItemPublicTokenCreateResponse },
    async ({ access_token }, { clientId }) => {
      const { publicToken, expiresAt } = await createPublicToken(ctx, clientId, access_token)
      return { public_token: publicToken, expiration: presentInstant(expiresAt) }
    },
  )

  operation(
    app,
    ctx,
    '/item/import',
    { request: ItemImportRequest, response: ItemImportResponse },
    async ({ institution_id, products, options }, { clientId }) => {
      const webhook = options?.webhook ?? null
      const wanted = { clientId, institutionId: institution_id, products, webhook }
      return { access_token: await importItem(ctx, wanted) }
    },
  )

  // To the item both are one end; what they differ in is what the vendor bills.
  for (const [path, request] of [
    ['/item/remove', ItemRemoveRequest],
    ['/item/products/terminate', ItemProductsTerminateRequest],
  ] as const) {
    operation(app, ctx, path, { request, response: RequestIdResponse }, async (body, { clientId }) => {
      await removeItem(ctx, clientId, body.access_token)
      return {}
    })
  }
}
