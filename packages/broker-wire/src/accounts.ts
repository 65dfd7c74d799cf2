import { z } from 'zod'
import {
  Agreement,
  Beneficiary,
  Contact,
  Disclosures,
  Identity,
  MinorIdentity,
  TrustedContact,
} from './account-parts.ts'
import { checkApplication } from './application-rules.ts'
import { ApplicationDocument, MAX_DOCUMENTS } from './owner-documents.ts'
import { filledLine, line, listParam, MomentParam, Uuid } from './primitives.ts'
import { UpdateTradingConfigurationsBody } from './trading-configurations.ts'

/** Those that our own server uses. */
export const accountStatuses = [
  'INACTIVE',
  'ONBOARDING',
  'SUBMITTED',
  'SUBMISSION_FAILED',
  'ACTION_REQUIRED',
  'ACCOUNT_UPDATED',
  'APPROVAL_PENDING',
  'APPROVED',
  'REJECTED',
  'ACTIVE',
  'DISABLED',
  'ACCOUNT_CLOSED',
] as const

export const AccountStatus = z.enum(accountStatuses)

/** All that the vendor's client knows: what an answer may hold. */
export const AnyAccountStatus = z.enum([
  ...accountStatuses,
  'AML_REVIEW',
  'DISABLE_PENDING',
  'EDITED',
  'KYC_SUBMITTED',
  'LIMITED',
  'PAPER_ONLY',
  'REAPPROVAL_PENDING',
  'RESUBMITTED',
  'SIGNED_UP',
])

export const accountEntities = [
  'contact',
  'identity',
  'disclosures',
  'agreements',
  'documents',
  'trusted_contact',
  'trading_configurations',
] as const

export const assetClasses = ['us_equity', 'us_option', 'crypto', 'ipo'] as const

/** Facts about an account that an application tells beside its parts, and that may change later. */
const profile = {
  allow_instant_ach: z.boolean().nullish(),
  investment_objective: z
    .enum([
      'generate_income',
      'preserve_wealth',
      'market_speculation',
      'growth',
      'balance_preserve_wealth_with_growth',
    ])
    .nullish(),
  investment_time_horizon: z
    .enum(['less_than_1_year', '1_to_2_years', '3_to_5_years', '6_to_10_years', 'more_than_10_years'])
    .nullish(),
  risk_tolerance: z.enum(['conservative', 'moderate', 'significant_risk']).nullish(),
  liquidity_needs: z.enum(['very_important', 'important', 'somewhat_important', 'does_not_matter']).nullish(),
  cash_interest: z.object({ USD: z.object({ apr_tier_name: filledLine(60) }) }).nullish(),
  fpsl: z.object({ US: z.object({ tier_id: Uuid }) }).nullish(),
}

export const profileFields = Object.keys(profile) as readonly (keyof typeof profile)[]

/** What opens an account: the vendor's full application (contracts/alpaca/accounts.md §1). */
export const CreateAccountBody = z
  .object({
    account_type: z.enum(['trading', 'custodial', 'donor_advised', 'ira', 'hsa']).nullish(),
    account_sub_type: z.enum(['traditional', 'roth']).nullish(),
    currency: z.string().nullish(),
    enabled_assets: z.array(z.enum(assetClasses)).min(1).max(20).nullish(),
    primary_account_holder_id: Uuid.nullish(),
    entity_id: Uuid.nullish(),
    contact: Contact,
    identity: Identity,
    minor_identity: MinorIdentity.nullish(),
    disclosures: Disclosures,
    agreements: z.array(Agreement).min(1, 'must hold at least the customer_agreement').max(20),
    documents: z
      .array(ApplicationDocument)
      .max(MAX_DOCUMENTS, `must hold at most ${MAX_DOCUMENTS} documents`)
      .nullish(),
    trusted_contact: TrustedContact.nullish(),
    beneficiaries: z.array(Beneficiary).max(6, 'must name at most 6 people').nullish(),
    trading_configurations: UpdateTradingConfigurationsBody.nullish(),
    ...profile,
    additional_information: line(1_000).nullish(),
  })
  .superRefine(checkApplication)

export type CreateAccountBody = z.infer<typeof CreateAccountBody>

/** Every field of a part may be missing or null: then it stays as it was. */
const editOf = <Shape extends z.ZodRawShape>({ shape }: z.ZodObject<Shape>) =>
  z.object(
    Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, z.nullish(field)])) as {
      [Name in keyof Shape]: z.ZodOptional<z.ZodNullable<Shape[Name]>>
    },
  )

/** What may change later (contracts/alpaca/accounts.md §4). The parts that come out are checked as a whole again. */
export const UpdateAccountBody = z.object({
  contact: editOf(Contact).nullish(),
  identity: editOf(Identity).nullish(),
  disclosures: editOf(Disclosures).nullish(),
  trusted_contact: editOf(TrustedContact).nullish(),
  agreements: z.array(Agreement).max(20).nullish(),
  enabled_assets: z.array(z.enum(assetClasses)).min(1).max(20).nullish(),
  beneficiaries: z.array(Beneficiary).max(6, 'must name at most 6 people').nullish(),
  trading_configurations: UpdateTradingConfigurationsBody.nullish(),
  ...profile,
})

export type UpdateAccountBody = z.infer<typeof UpdateAccountBody>

export const AccountPath = z.object({ account_id: Uuid })

export const ListAccountsQuery = z.object({
  query: z.string().max(200).optional(),
  created_after: MomentParam.optional(),
  created_before: MomentParam.optional(),
  status: listParam(AnyAccountStatus).optional(),
  sort: z.enum(['asc', 'desc']).optional(),
  entities: listParam(z.enum(accountEntities)).optional(),
})

export type ListAccountsQuery = z.infer<typeof ListAccountsQuery>

const AnswerMap = z.record(z.string(), z.unknown())

const KycResults = z.looseObject({
  reject: AnswerMap.nullish(),
  accept: AnswerMap.nullish(),
  indeterminate: AnswerMap.nullish(),
  additional_information: z.string().nullish(),
  summary: z.string().nullish(),
})

const Text = z.string().nullish()

/**
 * An account as it is answered: what the vendor's client needs is required, the rest may be missing.
 * Parts that are empty are left out, never null; the tax id never appears (contracts/alpaca/accounts.md §2).
 */
export const AccountBody = z.object({
  id: Uuid,
  account_number: z.string(),
  status: AnyAccountStatus,
  crypto_status: AnyAccountStatus.nullish(),
  currency: z.string(),
  last_equity: z.string(),
  created_at: z.string(),
  account_type: Text,
  trading_type: z.enum(['cash', 'margin']).nullish(),
  enabled_assets: z.array(z.string()).nullish(),
  kyc_results: KycResults.nullish(),
  contact: z
    .looseObject({ email_address: z.string(), street_address: z.array(z.string()), city: z.string() })
    .optional(),
  identity: z
    .looseObject({
      given_name: z.string(),
      family_name: z.string(),
      country_of_tax_residence: z.string(),
      tax_id: z.never().optional(),
    })
    .optional(),
  disclosures: z
    .looseObject({
      is_control_person: z.boolean().nullish(),
      is_affiliated_exchange_or_finra: z.boolean().nullish(),
      is_politically_exposed: z.boolean().nullish(),
      immediate_family_exposed: z.boolean(),
      employment_status: Text,
    })
    .optional(),
  agreements: z
    .array(z.looseObject({ agreement: z.string(), signed_at: z.string(), ip_address: z.string() }))
    .optional(),
  documents: z
    .array(z.looseObject({ id: z.string().nullable(), document_type: z.string().nullable() }))
    .optional(),
  trusted_contact: z
    .looseObject({ given_name: z.string(), family_name: z.string(), street_address: Text })
    .optional(),
  trading_configurations: z.looseObject({}).nullish(),
  account_sub_type: Text,
  primary_account_holder_id: Text,
  entity_id: Text,
  is_discretionary: z.boolean().nullish(),
  allow_instant_ach: z.boolean().nullish(),
  instant_ach_blocked: z.boolean().nullish(),
  investment_objective: Text,
  investment_time_horizon: Text,
  risk_tolerance: Text,
  liquidity_needs: Text,
  cash_interest: AnswerMap.nullish(),
  fpsl: AnswerMap.nullish(),
  minor_identity: z.looseObject({ tax_id: z.never().optional() }).nullish(),
  beneficiaries: z.array(z.looseObject({ tax_id: z.never().optional() })).nullish(),
})

export type AccountBody = z.infer<typeof AccountBody>
