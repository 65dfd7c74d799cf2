import { z } from 'zod'
import { Products } from './enums.ts'
import { Id, ignored, optional, options, request, Token } from './request.ts'

const credentials = {
  override_username: optional(z.string().min(1).max(200)),
  override_password: optional(z.string().min(1).max(100_000)),
}

export const SandboxPublicTokenCreateRequest = request({
  institution_id: Id,
  initial_products: Products.min(1),
  options: optional(
    options({
      ...credentials,
      webhook: optional(z.string().min(1).max(2_000)),
      transactions: ignored,
      statements: ignored,
      income_verification: ignored,
    }),
  ),
  user_token: ignored,
  user_id: ignored,
})
export const SandboxPublicTokenCreateResponse = z.object({
  public_token: z.string(),
  request_id: z.string(),
})

export const SandboxProcessorTokenCreateRequest = request({
  institution_id: Id,
  options: optional(options(credentials)),
})

export const SandboxItemResetLoginRequest = request({ access_token: Token })
export const SandboxItemResetLoginResponse = z.object({
  reset_login: z.literal(true),
  request_id: z.string(),
})
