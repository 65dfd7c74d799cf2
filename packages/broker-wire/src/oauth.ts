import { z } from 'zod'
import { filledLine, line, Uuid } from './primitives.ts'

export const OAuthClientPath = z.object({ client_id: Uuid })
export const OAuthTokenPath = z.object({ token_id: Uuid })

/** What the page on which an end user decides asks about an app. */
export const OAuthClientQuery = z.object({
  response_type: z.enum(['code', 'token']).optional(),
  redirect_uri: line(2_000).optional(),
  scope: line(500).optional(),
})

/** An app as it is answered, without its secret. */
export const OAuthClientBody = z.object({
  client_id: z.string(),
  name: z.string(),
  description: z.string(),
  url: z.string(),
  terms_of_use: z.string(),
  privacy_policy: z.string(),
  status: z.enum(['ACTIVE', 'DISABLED']),
  redirect_uri: z.array(z.string()),
  live_trading_approved: z.boolean(),
})
export type OAuthClientBody = z.infer<typeof OAuthClientBody>

/** One shape for both: the code that an app exchanges, and the token itself. */
export const OAuthGrantBody = z.object({
  client_id: filledLine(100),
  client_secret: filledLine(200),
  redirect_uri: filledLine(2_000),
  scope: line(500),
  account_id: Uuid,
})
export type OAuthGrantBody = z.infer<typeof OAuthGrantBody>

/** A code, where there is one, knows scope and account already. */
export const OAuthTokenRequestBody = OAuthGrantBody.partial({ scope: true, account_id: true }).extend({
  grant_type: z.literal('authorization_code').nullish(),
  code: line(200).nullish(),
})
export type OAuthTokenRequestBody = z.infer<typeof OAuthTokenRequestBody>

/** A form, by which an app exchanges its code without anybody's keys. */
export const OAuthExchangeForm = z.object({
  grant_type: z.literal('authorization_code', 'must be authorization_code'),
  code: z.string(),
  client_id: z.string(),
  client_secret: z.string(),
  redirect_uri: z.string(),
})

export const OAuthCodeBody = z.object({
  code: z.string(),
  client_id: z.string(),
  redirect_uri: z.string(),
  scope: z.string(),
})
export type OAuthCodeBody = z.infer<typeof OAuthCodeBody>

export const OAuthTokenBody = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  scope: z.string(),
  /** Ours, beyond the vendor's: by it the token can be revoked. */
  token_id: z.string().optional(),
})
export type OAuthTokenBody = z.infer<typeof OAuthTokenBody>

const RedirectUri = z
  .string()
  .max(500, 'must have at most 500 characters')
  .regex(
    /^https:\/\/[^\s#\\@]+$|^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?(?:\/[^\s#\\@]*)?$/,
    'must begin with https://, or with http:// on this machine, and have no fragment',
  )

const OAuthScopeName = z.enum(['general', 'account:write', 'trading', 'data'])

export const RegisterOAuthClientBody = z.object({
  name: filledLine(200),
  description: line(1_000).nullish(),
  url: line(500).nullish(),
  terms_of_use: line(500).nullish(),
  privacy_policy: line(500).nullish(),
  redirect_uri: z.array(RedirectUri).min(1, 'must name at least one').max(20, 'must name at most 20'),
  /** What its users can be asked for; everything unless said otherwise. */
  scopes: z.array(OAuthScopeName).min(1, 'must name at least one').max(10, 'must name at most 10').nullish(),
})
export type RegisterOAuthClientBody = z.infer<typeof RegisterOAuthClientBody>

export const UpdateOAuthClientBody = z.object({
  status: z.enum(['ACTIVE', 'DISABLED']).nullish(),
  redirect_uri: z
    .array(RedirectUri)
    .min(1, 'must name at least one')
    .max(20, 'must name at most 20')
    .nullish(),
})

export const OpsOAuthClientBody = OAuthClientBody.extend({
  scopes: z.array(OAuthScopeName),
  created_by: z.string(),
  created_at: z.string(),
  /** Shown when the app is registered, and never again. */
  client_secret: z.string().optional(),
})
export type OpsOAuthClientBody = z.infer<typeof OpsOAuthClientBody>
