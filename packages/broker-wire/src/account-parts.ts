import { z } from 'zod'
import { Country, filledLine, line, PlainDate, Timestamp } from './primitives.ts'

const PO_BOX = /\bp\.?\s*o\.?\s*box\b/i

const StreetLine = filledLine(100).refine((text) => !PO_BOX.test(text), 'cannot be a P.O. Box')

/** Names are printable ASCII without space at either end; the vendor takes originals in `local_*`. */
const PersonName = filledLine(60).regex(
  /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/,
  'must be printable ASCII without leading or trailing space',
)

export const Contact = z.object({
  email_address: z
    .string()
    .max(60, 'must have at most 60 characters')
    .regex(/^[^\s@"'(),:;<>[\]\\]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i, 'must be an e-mail address'),
  phone_number: z
    .string()
    .regex(/^\+?[0-9(][0-9 ().-]{5,22}[0-9]$/, 'must be a phone number')
    .nullish(),
  street_address: z.array(StreetLine).min(1, 'must have 1 to 3 lines').max(3, 'must have 1 to 3 lines'),
  unit: line(50).nullish(),
  city: filledLine(50),
  state: line(50).nullish(),
  postal_code: line(20).nullish(),
  country: Country.nullish(),
  /** Originals of what is written in Latin letters above. */
  local_street_address: z.array(line(100)).max(3).nullish(),
  local_unit: line(50).nullish(),
  local_city: line(50).nullish(),
  local_state: line(50).nullish(),
  local_postal_code: line(20).nullish(),
})

export const taxIdTypes = [
  'USA_SSN',
  'USA_ITIN',
  'ARG_AR_CUIT',
  'ARG_AG_CUIT',
  'AUS_TFN',
  'AUS_ABN',
  'BOL_NIT',
  'BRA_CPF',
  'CHL_RUT',
  'COL_NIT',
  'CRI_NITE',
  'DEU_TAX_ID',
  'DOM_RNC',
  'ECU_RUC',
  'FRA_SPI',
  'GBR_UTR',
  'GBR_NINO',
  'GTM_NIT',
  'HND_RTN',
  'HUN_TIN',
  'IDN_KTP',
  'IND_PAN',
  'ISR_TAX_ID',
  'ITA_TAX_ID',
  'JPN_TAX_ID',
  'MEX_RFC',
  'NIC_RUC',
  'NLD_TIN',
  'PAN_RUC',
  'PER_RUC',
  'PRY_RUC',
  'SGP_NRIC',
  'SGP_FIN',
  'SGP_ASGD',
  'SGP_ITR',
  'SLV_NIT',
  'SWE_TAX_ID',
  'URY_RUT',
  'VEN_RIF',
  'NATIONAL_ID',
  'PASSPORT',
  'PERMANENT_RESIDENT',
  'DRIVER_LICENSE',
  'OTHER_GOV_ID',
  'NOT_SPECIFIED',
] as const

export const fundingSources = [
  'employment_income',
  'investments',
  'inheritance',
  'business_income',
  'savings',
  'family',
] as const

export const visaTypes = [
  'B1',
  'B2',
  'DACA',
  'E1',
  'E2',
  'E3',
  'F1',
  'G4',
  'H1B',
  'J1',
  'L1',
  'OTHER',
  'O1',
  'TN1',
] as const

/** A number or numeric text, such as a range of income. */
const Figure = z
  .union([z.number().nonnegative(), z.string().regex(/^\d{1,15}(?:\.\d{1,2})?$/)], {
    error: 'must be a number',
  })
  .transform((value) => String(value))

const Experience = z.enum(['none', '1_to_5_years', 'over_5_years'])

/** The documentation and the vendor's client spell one type differently; the client's reading is answered. */
const TaxIdType = z
  .enum(taxIdTypes, { error: 'must be a known type of tax id, such as USA_SSN' })
  .transform((type) => (type === 'ARG_AG_CUIT' ? 'ARG_AR_CUIT' : type))

/** The vendor's client has written `Other` and `OTHER`. */
const VisaType = z.string().toUpperCase().pipe(z.enum(visaTypes))

export const Identity = z.object({
  given_name: PersonName,
  middle_name: PersonName.or(z.literal('')).nullish(),
  family_name: PersonName,
  local_given_name: line(60).nullish(),
  local_middle_name: line(60).nullish(),
  local_family_name: line(60).nullish(),
  date_of_birth: PlainDate,
  tax_id: line(40).nullish(),
  tax_id_type: TaxIdType.nullish(),
  country_of_citizenship: Country.nullish(),
  country_of_birth: Country.nullish(),
  country_of_tax_residence: Country,
  visa_type: VisaType.nullish(),
  visa_expiration_date: PlainDate.nullish(),
  date_of_departure_from_usa: PlainDate.nullish(),
  permanent_resident: z.boolean().nullish(),
  funding_source: z.array(z.enum(fundingSources)).min(1, 'must name at least one source'),
  annual_income_min: Figure.nullish(),
  annual_income_max: Figure.nullish(),
  liquid_net_worth_min: Figure.nullish(),
  liquid_net_worth_max: Figure.nullish(),
  total_net_worth_min: Figure.nullish(),
  total_net_worth_max: Figure.nullish(),
  marital_status: z.enum(['SINGLE', 'MARRIED', 'DIVORCED', 'WIDOWED']).nullish(),
  number_of_dependents: z.number().int().min(0).max(50).nullish(),
  investment_experience_with_stocks: Experience.nullish(),
  investment_experience_with_options: Experience.nullish(),
})

export const employmentSectors = [
  'agriculture',
  'business_management',
  'computers_and_it',
  'construction',
  'education',
  'finance',
  'government',
  'healthcare',
  'hospitality',
  'manufacturing',
  'marketing',
  'media',
  'other',
  'science',
  'self_employed',
  'transportation',
  'not_employed',
] as const

export const DisclosureContext = z.object({
  context_type: z.enum(['CONTROLLED_FIRM', 'AFFILIATE_FIRM', 'IMMEDIATE_FAMILY_EXPOSED']),
  company_name: line(100).nullish(),
  company_street_address: z.array(line(100)).or(line(100)).nullish(),
  company_city: line(100).nullish(),
  company_state: line(100).nullish(),
  company_country: line(100).nullish(),
  company_compliance_email: line(100).nullish(),
  given_name: line(100).nullish(),
  family_name: line(100).nullish(),
})

export const Disclosures = z.object({
  is_control_person: z.boolean(),
  is_affiliated_exchange_or_finra: z.boolean(),
  is_politically_exposed: z.boolean(),
  immediate_family_exposed: z.boolean(),
  /** Any case comes in; the vendor's client parses only upper case (contracts/alpaca/accounts.md §2). */
  employment_status: z
    .string()
    .toUpperCase()
    .pipe(z.enum(['EMPLOYED', 'UNEMPLOYED', 'STUDENT', 'RETIRED']))
    .nullish(),
  employer_name: line(100).nullish(),
  employer_address: line(200).nullish(),
  employment_position: line(100).nullish(),
  employment_sector: z.string().toLowerCase().pipe(z.enum(employmentSectors)).nullish(),
  context: z.array(DisclosureContext).max(20).nullish(),
})

export const agreementTypes = [
  'customer_agreement',
  'account_agreement',
  'margin_agreement',
  'crypto_agreement',
  'options_agreement',
  'custodial_customer_agreement',
] as const

export const Agreement = z.object({
  agreement: z.enum(agreementTypes, { error: 'must be a known agreement, such as customer_agreement' }),
  signed_at: Timestamp,
  ip_address: z.union([z.ipv4(), z.ipv6()], { error: 'must be an IP address' }),
  revision: z
    .string()
    .regex(/^\d{1,3}\.\d{4}\.\d{2}$/, 'must be a revision such as 19.2022.02')
    .nullish(),
})

export const TrustedContact = z.object({
  given_name: filledLine(60),
  family_name: filledLine(60),
  email_address: line(60).nullish(),
  phone_number: line(30).nullish(),
  street_address: z.array(line(100)).or(line(300)).nullish(),
  city: line(50).nullish(),
  state: line(50).nullish(),
  postal_code: line(20).nullish(),
  country: line(50).nullish(),
})

/** The child for whom a custodial account is kept. */
export const MinorIdentity = z.object({
  given_name: PersonName,
  middle_name: PersonName.or(z.literal('')).nullish(),
  family_name: PersonName,
  date_of_birth: PlainDate,
  tax_id: line(40).nullish(),
  tax_id_type: TaxIdType.nullish(),
  country_of_citizenship: Country.nullish(),
  country_of_birth: Country.nullish(),
  country_of_tax_residence: Country,
  state: filledLine(50),
  email: filledLine(60),
})

export const Beneficiary = z.object({
  given_name: PersonName,
  middle_name: PersonName.or(z.literal('')).nullish(),
  family_name: PersonName,
  date_of_birth: PlainDate,
  tax_id: line(40).nullish(),
  tax_id_type: TaxIdType.nullish(),
  relationship: filledLine(40),
  type: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['primary', 'contingent'])),
  share_pct: Figure,
})
