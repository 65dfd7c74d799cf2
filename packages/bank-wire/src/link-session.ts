import { z } from 'zod'
import { LinkSuccessMetadata } from './link-token.ts'
import { optional, Token } from './request.ts'

/**
 * The Link page's own calls. They are not part of the vendor's contract and only our page makes them.
 * The link token and the session id together are the credential.
 */
const inSession = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({ link_token: Token, link_session_id: z.uuid(), ...shape })

export const StartLinkSessionRequest = z.strictObject({
  link_token: Token,
  /** Given when the app's page comes back from a bank's own page. */
  oauth_state_id: optional(z.uuid()),
})
/** The page of a hosted Link, before there is a session. */
export const HostedLinkRequest = z.strictObject({ link_token: Token })
export const HostedLinkResponse = z.object({
  client_name: z.string(),
  completion_redirect_uri: z.string().nullable(),
  request_id: z.string(),
})
export const LinkInstitutionsRequest = inSession({
  query: z.string().max(200),
  /** One of the countries of the link token; without it, all of them. */
  country_code: optional(z.string().length(2)),
})
export const LinkSelectInstitutionRequest = inSession({ institution_id: z.string().max(100) })
export const LinkCredentialsRequest = inSession({
  username: z.string().max(200),
  password: z.string().max(100_000),
})
export const LinkMfaRequest = inSession({ answers: z.array(z.string().max(500)).max(20) })
const RoutingNumber = z.string().max(20)
const AccountNumber = z.string().max(40)
export const LinkRoutingRequest = inSession({ routing_number: RoutingNumber })
/** The numbers of an account, typed without signing in. */
export const LinkNumbersRequest = inSession({
  routing_number: RoutingNumber,
  account_number: AccountNumber,
  subtype: z.enum(['checking', 'savings']),
  holder_name: z.string().trim().min(1).max(100),
})
/** The numbers of an account that was chosen after signing in. */
export const LinkMatchRequest = inSession({
  account_key: z.string().max(100),
  routing_number: RoutingNumber,
  account_number: AccountNumber,
})
export const LinkCodeRequest = inSession({ code: z.string().max(20) })
export const LinkOauthBeginRequest = inSession({})
export const LinkOauthDecisionRequest = inSession({ oauth_state_id: z.uuid() })
export const LinkFinishRequest = inSession({ account_keys: z.array(z.string().max(100)).max(50) })
export const LinkExitRequest = inSession({
  status: optional(
    z.enum([
      'requires_credentials',
      'requires_account_selection',
      'requires_oauth',
      'requires_questions',
      'requires_selections',
      'requires_code',
      'choose_device',
      'institution_not_found',
    ]),
  ),
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
  oauth: z.boolean(),
  url: z.string(),
})
export type LinkInstitution = z.infer<typeof LinkInstitution>

/** A deposit on its way, whose description has the code that the person types. */
export const LinkDeposit = z.object({
  account_name: z.string(),
  mask: z.string(),
  /** Null where the code stands on the account's statement. */
  hint: z.string().nullable(),
})

const OauthDecision = z.enum(['waiting', 'shared', 'refused'])

export const StartLinkSessionResponse = z.object({
  link_session_id: z.string(),
  client_name: z.string(),
  is_update_mode: z.boolean(),
  institution: LinkInstitution.nullable(),
  products: z.array(z.string()),
  countries: z.array(z.object({ code: z.string(), name: z.string() })),
  /** Null where numbers cannot be typed instead of signing in. */
  by_hand: z
    .object({ subtypes: z.array(z.string()), offered_first: z.boolean(), holder_name: z.string().nullable() })
    .nullable(),
  /** The item was linked by numbers: `deposit` while its code is still to be typed. */
  typed: z.object({ deposit: LinkDeposit.nullable() }).nullable(),
  /** What was decided on the bank's own page, when the app's page came back from there. */
  oauth: z.object({ decision: OauthDecision, account_keys: z.array(z.string()) }).nullable(),
  request_id: z.string(),
})
export const LinkOauthBeginResponse = z.object({
  oauth_state_id: z.string(),
  /** The bank's page takes the place of the app's, which comes back at its redirect address. */
  leaves_page: z.boolean(),
  request_id: z.string(),
})
export const LinkOauthDecisionResponse = z.object({
  decision: OauthDecision,
  account_keys: z.array(z.string()),
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
  /** In update mode: the item has it already. */
  shared: z.boolean(),
})
export type LinkAccountChoice = z.infer<typeof LinkAccountChoice>
export const LinkMfaStep = z.object({
  /** `recaptcha` is no second step: the bank wants to know that a person signs in. */
  type: z.enum(['recaptcha', 'device', 'code', 'questions', 'selections']),
  round: z.number(),
  rounds: z.number(),
  questions: z.array(z.object({ text: z.string(), options: z.array(z.string()) })),
  hint: z.string(),
})
export const LinkCredentialsResponse = z.object({
  /** One more step before there are accounts to choose from. */
  mfa: LinkMfaStep.nullable(),
  /** `none` in update mode, where the accounts stay as they are unless the client asked for more. */
  selection: z.enum(['one', 'many', 'none']),
  accounts: z.array(LinkAccountChoice),
  /** The bank does not tell the numbers of the chosen account: the person types them. */
  asks_numbers: z.boolean(),
  request_id: z.string(),
})
export const LinkRoutingResponse = z.object({ bank_name: z.string().nullable(), request_id: z.string() })
export const LinkNumbersResponse = z.object({
  institution: LinkInstitution,
  /** Set when the deposit is there at once, and its code is asked for before the end. */
  deposit: LinkDeposit.nullable(),
  request_id: z.string(),
})
export const LinkMatchResponse = z.object({ matched: z.boolean(), request_id: z.string() })
export const LinkFinishResponse = z.object({
  public_token: z.string(),
  metadata: LinkSuccessMetadata,
  request_id: z.string(),
})

/** The calls of a bank's own page; the state is its key. */
const atBank = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({ oauth_state_id: z.uuid(), ...shape })
export const OauthPageRequest = atBank({})
/** Without accounts the person refuses. */
export const OauthDecideRequest = atBank({ account_keys: z.array(z.string().max(100)).max(50).nullable() })
export const OauthPageResponse = z.object({
  client_name: z.string(),
  institution: LinkInstitution,
  products: z.array(z.string()),
  selection: z.enum(['one', 'many', 'none']),
  accounts: z.array(LinkAccountChoice),
  request_id: z.string(),
})
export const OauthDecideResponse = z.object({ return_to: z.string().nullable(), request_id: z.string() })
