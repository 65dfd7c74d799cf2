import {
  ProcessorTokenCreateResponse,
  RequestIdResponse,
  SandboxItemResetLoginRequest,
  SandboxItemResetLoginResponse,
  SandboxItemSetVerificationStatusRequest,
  SandboxOauthSelectAccountsRequest,
  SandboxProcessorTokenCreateRequest,
  SandboxPublicTokenCreateRequest,
  SandboxPublicTokenCreateResponse,
} from '@paddock/bank-wire'
import type { z } from 'zod'
import type { BankContext } from '../context.ts'
import { linkInSandbox, linkProcessorInSandbox, resetLogin } from '../items/sandbox.ts'
import { decideOauth } from '../link-sessions/oauth.ts'
import { readRange } from '../statements/range.ts'
import { personOf } from '../users/user.ts'
import { findNamedUser } from '../users/users.ts'
import { endVerification } from '../verification/automatic.ts'
import type { HttpApp } from './http-app.ts'
import { operation } from './operation.ts'

/** The person's choice on the page of a bank, as the vendor's own page tells it. */
function serveOauthChoice(app: HttpApp, ctx: BankContext): void {
  app.post<{ Body: z.output<typeof SandboxOauthSelectAccountsRequest> }>(
    '/sandbox/oauth/select_accounts',
    { schema: { body: SandboxOauthSelectAccountsRequest, response: { 200: RequestIdResponse } } },
    async ({ body, plaidRequestId }) => {
      await decideOauth(ctx, body.oauth_state_id, body.accounts)
      return { request_id: plaidRequestId }
    },
  )
}

export function serveSandbox(app: HttpApp, ctx: BankContext): void {
  serveOauthChoice(app, ctx)
  operation(
    app,
    ctx,
    '/sandbox/public_token/create',
    { request: SandboxPublicTokenCreateRequest, response: SandboxPublicTokenCreateResponse },
    async ({ institution_id, initial_products, options, ...named }, { clientId }) => {
      const user = await findNamedUser(ctx, clientId, named)
      const public_token = await linkInSandbox(ctx, {
        clientId,
        institutionId: institution_id,
        products: initial_products,
        webhook: options?.webhook ?? null,
        username: options?.override_username,
        password: options?.override_password,
        daysRequested: options?.transactions?.days_requested ?? null,
        origin: {
          userId: user?.id ?? null,
          person: user === undefined ? null : personOf(user),
          statements: readRange(options?.statements),
          incomeDays: options?.income_verification?.bank_income?.days_requested ?? null,
        },
      })
      return { public_token }
    },
  )

  operation(
    app,
    ctx,
    '/sandbox/processor_token/create',
    { request: SandboxProcessorTokenCreateRequest, response: ProcessorTokenCreateResponse },
    async ({ institution_id, options }, { clientId, processor }) => {
      const link = {
        clientId,
        institutionId: institution_id,
        products: ['auth'],
        webhook: null,
        username: options?.override_username,
        password: options?.override_password,
      }
      // The vendor asks for no processor here: the token is for whoever asks.
      return { processor_token: await linkProcessorInSandbox(ctx, link, processor ?? 'sandbox') }
    },
  )

  operation(
    app,
    ctx,
    '/sandbox/item/set_verification_status',
    { request: SandboxItemSetVerificationStatusRequest, response: RequestIdResponse },
    async ({ access_token, account_id, verification_status }, { clientId }) => {
      await endVerification(ctx, {
        clientId,
        accessToken: access_token,
        accountId: account_id,
        end: verification_status,
      })
      return {}
    },
  )

  operation(
    app,
    ctx,
    '/sandbox/item/reset_login',
    { request: SandboxItemResetLoginRequest, response: SandboxItemResetLoginResponse },
    async ({ access_token }, { clientId }) => {
      await resetLogin(ctx, clientId, access_token)
      return { reset_login: true as const }
    },
  )
}
