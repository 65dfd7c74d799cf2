import { z } from 'zod'
import { LinkSuccessMetadata } from './link-token.ts'
import { optional, Token } from './request.ts'

/**
 * The Link page's own calls. They are not part of the vendor's contract and only our page makes them.
 * The link token and the session id together are the credential.
 */
const inSession = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({ link_token: Token, link_session_id: z.uuid(), ...shape })

export const StartLinkSessionRequest = z.strictObject({ link_token: Token })
export const LinkInstitutionsRequest = inSession({ query: z.string().max(200) })
export const LinkSelectInstitutionRequest = inSession({ institution_id: z.string().max(100) })
export const LinkCredentialsRequest = inSession({
  username: z.string().max(200),
  password: z.string().max(100_000),
})
export const LinkFinishRequest = inSession({ account_keys: z.array(z.string().max(100)).max(50) })
export const LinkExitRequest = inSession({
  status: optional(z.enum(['requires_credentials', 'requires_account_selection', 'institution_not_found'])),
  error: optional(
    z.strictObject({
      error_type: z.string().max(100),
      error_code: z.string().max(100),
      error_message: z.string().max(1_000),
      display_message: z.string().max(1_000).nullable(),
    }),
  ),
})
export const LinkEventsRequest = inSession({
  events: z
    .array(
      z.strictObject({
        event_name: z.string().min(1).max(100),
        event_metadata: z.record(z.string().max(100), z.string().max(1_000)),
      }),
    )
    .min(1)
    .max(50),
})

export const LinkInstitution = z.object({
  institution_id: z.string(),
  name: z.string(),
  initials: z.string(),
  primary_color: z.string(),
  country_name: z.string(),
  health: z.enum(['HEALTHY', 'DEGRADED', 'DOWN']),
})
export type LinkInstitution = z.infer<typeof LinkInstitution>

export const StartLinkSessionResponse = z.object({
  link_session_id: z.string(),
  client_name: z.string(),
  is_update_mode: z.boolean(),
  institution: LinkInstitution.nullable(),
  products: z.array(z.string()),
  request_id: z.string(),
})
export const LinkSelectInstitutionResponse = z.object({
  institution: LinkInstitution,
  request_id: z.string(),
})
export const LinkInstitutionsResponse = z.object({
  institutions: z.array(LinkInstitution),
  request_id: z.string(),
})
/** An account as the page offers it; one that cannot be chosen says why. */
export const LinkAccountChoice = z.object({
  account_key: z.string(),
  name: z.string(),
  mask: z.string(),
  subtype: z.string(),
  balance: z.string().nullable(),
  currency: z.string(),
  reason: z.string().nullable(),
})
export type LinkAccountChoice = z.infer<typeof LinkAccountChoice>
export const LinkCredentialsResponse = z.object({
  /** `none` in update mode, where the accounts stay as they are. */
  selection: z.enum(['one', 'many', 'none']),
  accounts: z.array(LinkAccountChoice),
  request_id: z.string(),
})
export const LinkFinishResponse = z.object({
  public_token: z.string(),
  metadata: LinkSuccessMetadata,
  request_id: z.string(),
})
