import { z } from 'zod'
import { filledLine, line, Uuid } from './primitives.ts'

const Text = line(500).nullish()
const Result = z.enum(['clear', 'consider']).nullish()
const Moment = line(40).nullish()

const Facts = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape).nullish()

/** What a firm found out about its customer by itself (contracts/alpaca/accounts.md §6). */
export const CipBody = z.object({
  provider_name: z
    .array(z.enum(['alloy', 'trulioo', 'onfido', 'veriff', 'jumio', 'getmati']))
    .max(6)
    .nullish(),
  kyc: Facts({
    id: Text,
    risk_score: z.number().nullish(),
    risk_level: Text,
    risk_categories: z.array(line(100)).max(50).nullish(),
    applicant_name: Text,
    email_address: Text,
    nationality: Text,
    id_number: Text,
    date_of_birth: Moment,
    address: Text,
    postal_code: Text,
    country_of_residency: Text,
    kyc_completed_at: Moment,
    ip_address: Text,
    check_initiated_at: Moment,
    check_completed_at: Moment,
    approval_status: z.enum(['approved', 'rejected']).nullish(),
    approved_by: Text,
    approved_reason: Text,
    approved_at: Moment,
  }),
  document: Facts({
    id: Text,
    result: Result,
    status: z.enum(['complete', 'withdrawn']).nullish(),
    created_at: Moment,
    date_of_birth: Moment,
    date_of_expiry: Moment,
    document_numbers: z.array(line(100)).max(50).nullish(),
    document_type: Text,
    first_name: Text,
    last_name: Text,
    gender: Text,
    issuing_country: Text,
    nationality: Text,
    age_validation: Result,
    compromised_document: Result,
    police_record: Result,
    data_comparison: Result,
    data_comparison_breakdown: Text,
    image_integrity: Result,
    image_integrity_breakdown: Text,
    visual_authenticity: Text,
  }),
  photo: Facts({
    id: Text,
    result: Result,
    status: z.enum(['complete', 'withdrawn']).nullish(),
    created_at: Moment,
    face_comparison: Result,
    face_comparison_breakdown: Text,
    image_integrity: Result,
    image_integrity_breakdown: Text,
    visual_authenticity: Result,
    visual_authenticity_breakdown: Text,
  }),
  identity: Facts({
    id: Text,
    result: Result,
    status: z.enum(['complete', 'withdrawn']).nullish(),
    created_at: Moment,
    matched_address: Result,
    matched_addresses: Text,
    sources: Result,
    sources_breakdown: Text,
    address: Result,
    address_breakdown: Text,
    date_of_birth: Result,
    date_of_birth_breakdown: Text,
    tax_id: Result,
    tax_id_breakdown: Text,
  }),
  watchlist: Facts({
    id: Text,
    result: Result,
    status: z.enum(['complete', 'withdrawn']).nullish(),
    created_at: Moment,
    records: z.unknown().optional(),
    politically_exposed_person: Result,
    sanction: Result,
    adverse_media: Result,
    monitored_lists: Result,
  }),
})

export type CipBody = z.infer<typeof CipBody>

export const CipAnswer = z.looseObject({
  id: Uuid,
  account_id: Uuid,
  provider_name: z.array(z.string()),
  created_at: z.string(),
  updated_at: z.string(),
})

export type CipAnswer = z.infer<typeof CipAnswer>

export const SdkTokenQuery = z.object({
  referrer: z.string().max(500).optional(),
  platform: z.string().max(50).optional(),
})

export const SdkTokenBody = z.object({ token: z.string() })

export const SdkOutcomeBody = z.object({
  outcome: z.enum(['NOT_STARTED', 'USER_EXITED', 'SDK_ERROR', 'USER_COMPLETED']),
  reason: line(500).nullish(),
  token: filledLine(200),
})

export type SdkOutcomeBody = z.infer<typeof SdkOutcomeBody>

export const SdkOutcomeAnswer = z.object({
  account_id: Uuid,
  outcome: z.string(),
  status: z.string(),
})

export const CountryBody = z.object({
  /** ISO 3166-1 alpha-3. */
  country_code: z.string(),
  name: z.string(),
  risk_rating: z.enum(['low', 'high', 'prohibited']),
  is_supported: z.boolean(),
  supported_crypto_states: z.array(z.string()).optional(),
})

export type CountryBody = z.infer<typeof CountryBody>
