import { z } from 'zod'

const line = (max: number) => z.string().trim().min(1).max(max)
const optionalLine = (max: number) => z.string().trim().max(max).optional()

const Contact = z.strictObject({
  email_address: z.email().max(60),
  phone_number: line(30),
  street_address: z.array(line(100)).min(1).max(3),
  unit: optionalLine(30),
  city: line(50),
  state: optionalLine(50),
  postal_code: optionalLine(20),
  country: z.string().length(3),
})

export const FundingSource = z.enum([
  'employment_income',
  'investments',
  'inheritance',
  'business_income',
  'savings',
  'family',
])

const Identity = z.strictObject({
  given_name: line(50),
  middle_name: optionalLine(50),
  family_name: line(50),
  date_of_birth: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  tax_id: line(40),
  tax_id_type: z.string().max(30),
  country_of_citizenship: z.string().length(3),
  country_of_birth: z.string().length(3),
  country_of_tax_residence: z.string().length(3),
  funding_source: z.array(FundingSource).min(1),
})

/** Needed when one of the four disclosures is true. */
export const DisclosureContext = z.strictObject({
  context_type: z.enum(['CONTROLLED_FIRM', 'AFFILIATE_FIRM', 'IMMEDIATE_FAMILY_EXPOSED']),
  company_name: optionalLine(100),
  company_street_address: z.array(line(100)).optional(),
  company_city: optionalLine(50),
  company_state: optionalLine(50),
  company_country: optionalLine(3),
  company_compliance_email: optionalLine(60),
  given_name: optionalLine(50),
  family_name: optionalLine(50),
})

const Disclosures = z.strictObject({
  is_control_person: z.boolean(),
  is_affiliated_exchange_or_finra: z.boolean(),
  is_politically_exposed: z.boolean(),
  immediate_family_exposed: z.boolean(),
  employment_status: z.enum(['EMPLOYED', 'UNEMPLOYED', 'STUDENT', 'RETIRED']).optional(),
  employer_name: optionalLine(100),
  employment_position: optionalLine(100),
  context: z.array(DisclosureContext).max(10).optional(),
})

export const AgreementName = z.enum([
  'customer_agreement',
  'account_agreement',
  'margin_agreement',
  'crypto_agreement',
])

/** The server adds when and from where it was signed. */
const Agreement = z.strictObject({ agreement: AgreementName, revision: optionalLine(20) })

const ApplicationDocument = z.strictObject({
  document_type: z.string().max(60),
  document_sub_type: optionalLine(60),
  /** base64 */
  content: z.string().max(14_000_000),
  mime_type: z.enum(['application/pdf', 'image/png', 'image/jpeg']),
})

const TrustedContact = z.strictObject({
  given_name: line(50),
  family_name: line(50),
  email_address: z.email().max(60).optional(),
  phone_number: optionalLine(30),
})

/**
 * POST /api/application: everything that opening a brokerage account needs (seed S002); answers an Account.
 * GET /api/application/sample answers one that is filled with sample data (sandbox only).
 */
export const Application = z.strictObject({
  contact: Contact,
  identity: Identity,
  disclosures: Disclosures,
  agreements: z.array(Agreement).min(1).max(8),
  documents: z.array(ApplicationDocument).max(10).optional(),
  trusted_contact: TrustedContact.optional(),
  enabled_assets: z
    .array(z.enum(['us_equity', 'crypto']))
    .min(1)
    .optional(),
})
export type Application = z.infer<typeof Application>
