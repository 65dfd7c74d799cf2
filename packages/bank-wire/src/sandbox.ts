import { z } from 'zod'
import { Products } from './enums.ts'
import { IncomeSources, StatementsRange } from './link-token.ts'
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
      transactions: optional(
        options({
          start_date: ignored,
          end_date: ignored,
          days_requested: optional(z.int().min(1).max(730)),
        }),
      ),
      statements: optional(StatementsRange),
      income_verification: optional(
        options({
          income_source_types: IncomeSources,
          bank_income: optional(options({ days_requested: optional(z.int().min(1).max(731)) })),
        }),
      ),
    }),
  ),
  user_token: optional(Token),
  user_id: optional(Id),
})
export const SandboxPublicTokenCreateResponse = z.object({
  public_token: z.string(),
  request_id: z.string(),
})

export const SandboxProcessorTokenCreateRequest = request({
  institution_id: Id,
  options: optional(options(credentials)),
})

export const SandboxItemSetVerificationStatusRequest = request({
  access_token: Token,
  account_id: Id,
  verification_status: z.enum(['automatically_verified', 'verification_expired']),
})

/** By the page of a bank where people sign in, which has no keys. */
export const SandboxOauthSelectAccountsRequest = request({
  oauth_state_id: z.uuid(),
  accounts: z.array(Id).max(100),
})

export const SandboxItemResetLoginRequest = request({ access_token: Token })
export const SandboxItemResetLoginResponse = z.object({
  reset_login: z.literal(true),
  request_id: z.string(),
})
