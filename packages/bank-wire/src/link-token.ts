import { z } from 'zod'
import { CountryCodes, Language, Products, VerificationStatus } from './enums.ts'
import { Day, ignored, optional, options, request, Token } from './request.ts'

const text = optional(z.string().max(500))
const flag = optional(z.boolean())
const url = optional(z.string().min(1).max(2_000))
const products = optional(Products)

const filter = optional(
  options({
    account_subtypes: z.array(z.string().max(100)).min(1).max(100),
    limited_purpose_types: ignored,
  }),
)

/** Which months of statements are asked for: both days included. */
export const StatementsRange = options({ start_date: Day, end_date: Day })
export type StatementsRange = z.infer<typeof StatementsRange>

export const IncomeSources = optional(z.array(z.enum(['bank', 'payroll'])).max(2))

/** Shows only the listed kinds of account; a kind that is not listed is hidden. */
export const AccountFilters = options({
  depository: filter,
  credit: filter,
  loan: filter,
  investment: filter,
  other: filter,
})
export type AccountFilters = z.infer<typeof AccountFilters>

export const LinkTokenUser = options({
  client_user_id: z.string().min(1).max(500),
  legal_name: text,
  name: optional(options({ given_name: z.string().max(500), family_name: z.string().max(500) })),
  phone_number: text,
  phone_number_verified_time: text,
  email_address: text,
  email_address_verified_time: text,
  ssn: ignored,
  date_of_birth: text,
  address: optional(
    options({ street: text, street2: text, city: text, region: text, postal_code: text, country: text }),
  ),
  id_number: ignored,
})

/** Which ways there are to come by an account's numbers (contracts/plaid/micro-deposits.md §1). */
export const LinkTokenAuth = options({
  auth_type_select_enabled: flag,
  automated_microdeposits_enabled: flag,
  instant_match_enabled: flag,
  same_day_microdeposits_enabled: flag,
  instant_microdeposits_enabled: flag,
  sms_microdeposits_verification_enabled: flag,
  reroute_to_credentials: optional(z.enum(['OFF', 'OPTIONAL', 'FORCED'])),
  database_match_enabled: flag,
  database_insights_enabled: flag,
  flow_type: text,
})
export type LinkTokenAuth = z.infer<typeof LinkTokenAuth>

const LONGEST_HOSTED_SECONDS = 21 * 24 * 60 * 60

/** Every field that the vendor lists is accepted; those marked `ignored` change nothing here. */
export const LinkTokenCreateRequest = request({
  client_name: z.string().min(1).max(200),
  language: Language,
  country_codes: CountryCodes,
  user: optional(LinkTokenUser),
  user_id: text,
  user_token: text,
  products,
  required_if_supported_products: products,
  optional_products: products,
  additional_consented_products: products,
  webhook: url,
  access_token: optional(Token),
  redirect_uri: url,
  account_filters: optional(AccountFilters),
  institution_data: optional(options({ routing_number: text })),
  institution_id: text,
  update: optional(
    options({
      account_selection_enabled: flag,
      reauthorization_enabled: flag,
      user: flag,
      item_ids: ignored,
    }),
  ),
  access_tokens: ignored,
  link_customization_name: text,
  appearance_mode: ignored,
  android_package_name: text,
  card_switch: ignored,
  eu_config: ignored,
  payment_configuration: ignored,
  payment_initiation: ignored,
  employment: ignored,
  income_verification: optional(
    options({
      income_verification_id: ignored,
      asset_report_id: ignored,
      access_tokens: ignored,
      income_source_types: IncomeSources,
      bank_income: optional(
        options({ days_requested: z.int().min(1).max(731), enable_multiple_items: flag }),
      ),
      payroll_income: ignored,
      stated_income_sources: ignored,
    }),
  ),
  base_report: ignored,
  credit_partner_insights: ignored,
  cra_options: ignored,
  consumer_report_permissible_purpose: ignored,
  auth: optional(LinkTokenAuth),
  transfer: ignored,
  identity_verification: ignored,
  statements: optional(StatementsRange),
  third_party_user_token: ignored,
  investments: ignored,
  investments_auth: ignored,
  hosted_link: optional(
    options({
      delivery_method: optional(z.enum(['sms', 'email'])),
      completion_redirect_uri: url,
      url_lifetime_seconds: optional(z.int().positive().max(LONGEST_HOSTED_SECONDS)),
      is_mobile_app: flag,
    }),
  ),
  transactions: optional(options({ days_requested: optional(z.int().min(1).max(730)) })),
  cashflow_report: ignored,
  cra_enabled: ignored,
  identity: ignored,
  financekit_supported: ignored,
  enable_multi_item_link: flag,
})
export type LinkTokenCreateRequest = z.infer<typeof LinkTokenCreateRequest>

export const LinkTokenGetRequest = request({ link_token: Token })

export const LinkTokenCreateResponse = z.object({
  link_token: z.string(),
  expiration: z.string(),
  hosted_link_url: z.string().optional(),
  user_id: z.string().optional(),
  request_id: z.string(),
})

export const LinkTokenMetadataBody = z.object({
  initial_products: z.array(z.string()),
  webhook: z.string().nullable(),
  country_codes: z.array(z.string()),
  language: z.string(),
  redirect_uri: z.string().nullable(),
  client_name: z.string(),
  account_filters: z.record(z.string(), z.object({ account_subtypes: z.array(z.string()) })).optional(),
  institution_data: z.object({ routing_number: z.string().optional() }).optional(),
})

const LinkedAccount = z.object({
  id: z.string(),
  name: z.string(),
  mask: z.string().nullable(),
  type: z.string(),
  subtype: z.string().nullable(),
  verification_status: VerificationStatus.nullable(),
  class_type: z.null(),
})
const LinkedInstitution = z.object({ name: z.string(), institution_id: z.string() })

/** `metadata` of Link's `onSuccess`; `account` and `account_id` are what older apps read. */
export const LinkSuccessMetadata = z.object({
  institution: LinkedInstitution,
  accounts: z.array(LinkedAccount),
  link_session_id: z.string(),
  transfer_status: z.null(),
  account: LinkedAccount,
  account_id: z.string(),
})
export type LinkSuccessMetadata = z.infer<typeof LinkSuccessMetadata>

export const LinkSessionBody = z.object({
  link_session_id: z.string(),
  started_at: z.string(),
  finished_at: z.string().nullable(),
  exit: z
    .object({
      error: z
        .object({
          error_type: z.string(),
          error_code: z.string(),
          error_message: z.string(),
          display_message: z.string().nullable(),
        })
        .nullable(),
      metadata: z
        .object({
          institution: LinkedInstitution.nullable(),
          status: z.string().optional(),
          link_session_id: z.string(),
          request_id: z.string(),
        })
        .nullable(),
    })
    .nullable(),
  events: z.array(
    z.object({
      event_id: z.string(),
      event_name: z.string(),
      timestamp: z.string(),
      event_metadata: z.record(z.string(), z.string()),
    }),
  ),
  results: z
    .object({
      item_add_results: z.array(
        z.object({
          public_token: z.string(),
          accounts: z.array(LinkedAccount),
          institution: LinkedInstitution,
        }),
      ),
      cra_item_add_results: z.array(z.never()),
      cra_update_results: z.array(z.never()),
      bank_income_results: z.array(z.never()),
      payroll_income_results: z.array(z.never()),
      document_income_results: z.null(),
    })
    .nullable(),
})
export type LinkSessionBody = z.infer<typeof LinkSessionBody>

export const LinkTokenGetResponse = z.object({
  link_token: z.string(),
  created_at: z.string(),
  expiration: z.string(),
  metadata: LinkTokenMetadataBody,
  user_id: z.string().optional(),
  link_sessions: z.array(LinkSessionBody),
  request_id: z.string(),
})
