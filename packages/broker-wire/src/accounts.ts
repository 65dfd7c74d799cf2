import { z } from 'zod'
import { Agreement, Contact, Disclosures, Identity, OwnerDocument, TrustedContact } from './account-parts.ts'
import { checkApplication } from './application-rules.ts'
import { line, listParam, MomentParam, Uuid } from './primitives.ts'

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

export const accountEntities = [
  'contact',
  'identity',
  'disclosures',
  'agreements',
  'documents',
  'trusted_contact',
  'trading_configurations',
] as const

const assetClasses = ['us_equity', 'us_option', 'crypto', 'ipo'] as const

/** What opens an account: the vendor's full application (contracts/alpaca/accounts.md §1). */
export const CreateAccountBody = z
  .object({
    account_type: z.enum(['trading', 'custodial', 'donor_advised', 'ira', 'hsa']).nullish(),
    currency: z.string().nullish(),
    enabled_assets: z.array(z.enum(assetClasses)).min(1).nullish(),
    primary_account_holder_id: Uuid.nullish(),
    contact: Contact,
    identity: Identity,
    disclosures: Disclosures,
    agreements: z.array(Agreement).min(1, 'must hold at least the customer_agreement').max(20),
    documents: z.array(OwnerDocument).max(10).nullish(),
    trusted_contact: TrustedContact.nullish(),
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
    liquidity_needs: z
      .enum(['very_important', 'important', 'somewhat_important', 'does_not_matter'])
      .nullish(),
    additional_information: line(1_000).nullish(),
  })
  .superRefine(checkApplication)

export type CreateAccountBody = z.infer<typeof CreateAccountBody>

export const AccountPath = z.object({ account_id: Uuid })

export const ListAccountsQuery = z.object({
  query: z.string().max(200).optional(),
  created_after: MomentParam.optional(),
  created_before: MomentParam.optional(),
  status: listParam(AccountStatus).optional(),
  sort: z.enum(['asc', 'desc']).optional(),
  entities: listParam(z.enum(accountEntities)).optional(),
})

export type ListAccountsQuery = z.infer<typeof ListAccountsQuery>

const KycResults = z.object({
  reject: z.record(z.string(), z.unknown()),
  accept: z.record(z.string(), z.unknown()),
  indeterminate: z.record(z.string(), z.unknown()),
  additional_information: z.string(),
  summary: z.string(),
})

const StoredDocument = z.object({
  id: Uuid,
  document_type: z.string(),
  document_sub_type: z.string().optional(),
  mime_type: z.string().optional(),
  created_at: z.string(),
})

/** An account as it is answered. Parts that are empty are left out, never null; the tax id never appears. */
export const AccountBody = z.object({
  id: Uuid,
  account_number: z.string(),
  status: AccountStatus,
  crypto_status: AccountStatus,
  currency: z.string(),
  last_equity: z.string(),
  created_at: z.string(),
  account_type: z.string(),
  trading_type: z.enum(['cash', 'margin']),
  enabled_assets: z.array(z.string()),
  kyc_results: KycResults.nullable(),
  contact: Contact.optional(),
  identity: Identity.omit({ tax_id: true }).optional(),
  disclosures: Disclosures.optional(),
  agreements: z.array(Agreement).optional(),
  documents: z.array(StoredDocument).optional(),
  trusted_contact: TrustedContact.extend({ street_address: z.string().nullish() }).optional(),
  trading_configurations: z.null().optional(),
})

export type AccountBody = z.infer<typeof AccountBody>
