import {
  ProcessorTokenCreateResponse,
  SandboxItemResetLoginRequest,
  SandboxItemResetLoginResponse,
  SandboxProcessorTokenCreateRequest,
  SandboxPublicTokenCreateRequest,
  SandboxPublicTokenCreateResponse,
} from '@paddock/bank-wire'
import type { BankContext } from '../context.ts'
import { linkInSandbox, linkProcessorInSandbox, resetLogin } from '../items/sandbox.ts'
import type { HttpApp } from './http-app.ts'
import { operation } from './operation.ts'

export function serveSandbox(app: HttpApp, ctx: BankContext): void {
  operation(
    app,
    ctx,
    '/sandbox/public_token/create',
    { request: SandboxPublicTokenCreateRequest, response: SandboxPublicTokenCreateResponse },
    async ({ institution_id, initial_products, options }, { clientId }) => ({
      public_token: await linkInSandbox(ctx, {
        clientId,
        institutionId: institution_id,
        products: initial_products,
        webhook: options?.webhook ?? null,
        username: options?.override_username,
        password: options?.override_password,
      }),
    }),
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
    '/sandbox/item/reset_login',
    { request: SandboxItemResetLoginRequest, response: SandboxItemResetLoginResponse },
    async ({ access_token }, { clientId }) => {
      await resetLogin(ctx, clientId, access_token)
      return { reset_login: true as const }
    },
  )
}
