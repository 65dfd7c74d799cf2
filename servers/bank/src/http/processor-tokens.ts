import {
  ProcessorRequest,
  ProcessorStripeBankAccountTokenCreateRequest,
  ProcessorStripeBankAccountTokenCreateResponse,
  ProcessorTokenPermissionsGetResponse,
  ProcessorTokenPermissionsSetRequest,
  ProcessorTokenWebhookUpdateRequest,
  RequestIdResponse,
} from '@paddock/bank-wire'
import type { BankContext } from '../context.ts'
import { openPayableAccount, openProcessorToken } from '../items/processor.ts'
import { updateProcessorWebhook } from '../items/processor-webhook.ts'
import { restrictProcessor } from '../items/restrict-processor.ts'
import { randomId } from '../tokens/object-id.ts'
import type { HttpApp } from './http-app.ts'
import { operation } from './operation.ts'

/** What is done to tokens of processors, and not with them. */
export function serveProcessorTokens(app: HttpApp, ctx: BankContext): void {
  operation(
    app,
    ctx,
    '/processor/token/permissions/set',
    { request: ProcessorTokenPermissionsSetRequest, response: RequestIdResponse },
    async ({ processor_token, products }, client) => {
      await restrictProcessor(ctx, client, processor_token, products)
      return {}
    },
  )

  operation(
    app,
    ctx,
    '/processor/token/permissions/get',
    { request: ProcessorRequest, response: ProcessorTokenPermissionsGetResponse },
    async ({ processor_token }, client) => {
      const { named } = await openProcessorToken(ctx, client, processor_token)
      return { products: named.products }
    },
  )

  operation(
    app,
    ctx,
    '/processor/token/webhook/update',
    { request: ProcessorTokenWebhookUpdateRequest, response: RequestIdResponse },
    async ({ processor_token, webhook }, client) => {
      await updateProcessorWebhook(ctx, client, processor_token, webhook)
      return {}
    },
  )

  // Nothing here redeems it, so that it is a name and not a key (contracts/plaid/items.md §4).
  operation(
    app,
    ctx,
    '/processor/stripe/bank_account_token/create',
    {
      request: ProcessorStripeBankAccountTokenCreateRequest,
      response: ProcessorStripeBankAccountTokenCreateResponse,
    },
    async ({ access_token, account_id }, { clientId }) => {
      await openPayableAccount(ctx, { clientId, accessToken: access_token, accountId: account_id })
      return { stripe_bank_account_token: `btok_${randomId(24)}` }
    },
  )
}
