import type { z } from 'zod'
import type {
  Agreement,
  Beneficiary,
  Contact,
  Disclosures,
  Identity,
  TrustedContact,
} from './account-parts.ts'

type Maybe<Value> = Value | null | undefined

type Application = {
  account_type?: Maybe<string>
  account_sub_type?: Maybe<string>
  currency?: Maybe<string>
  enabled_assets?: Maybe<readonly string[]>
  primary_account_holder_id?: Maybe<string>
  entity_id?: Maybe<string>
  minor_identity?: Maybe<object>
  beneficiaries?: Maybe<readonly z.infer<typeof Beneficiary>[]>
  investment_objective?: Maybe<string>
  investment_time_horizon?: Maybe<string>
  risk_tolerance?: Maybe<string>
  liquidity_needs?: Maybe<string>
  contact: z.infer<typeof Contact>
  identity: z.infer<typeof Identity>
  disclosures: z.infer<typeof Disclosures>
  agreements: readonly z.infer<typeof Agreement>[]
  trusted_contact?: z.infer<typeof TrustedContact> | null | undefined
}

export type ApplicationProblem = { path: string[]; message: string }
type Problem = ApplicationProblem

const usStates = new Set(
  (
    'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK ' +
    'OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR VI AA AE AP'
  ).split(' '),
)

/** Rules that one field alone cannot tell (contracts/alpaca/accounts.md §1). */
export function checkApplication(application: Application, ctx: z.RefinementCtx<unknown>): void {
  const problems = [
    ...offerProblems(application),
    ...typeProblems(application),
    ...taxIdProblems(application.identity),
    ...partProblems(application),
  ]
  for (const problem of problems) ctx.addIssue({ code: 'custom', ...problem })
}

/** Those of the rules that must also hold after an edit; the first part of each path says which part is wrong. */
export function partProblems(application: Application): ApplicationProblem[] {
  return [
    ...addressProblems(application),
    ...visaProblems(application),
    ...contextProblems(application.disclosures),
    ...agreementProblems(application),
    ...optionProblems(application),
    ...trustedContactProblems(application.trusted_contact),
    ...beneficiaryProblems(application),
  ]
}

function* offerProblems(application: Application): Generator<Problem> {
  if (application.primary_account_holder_id != null) {
    yield {
      path: ['primary_account_holder_id'],
      message:
        'cannot specify primary_account_holder_id together with identity or contact or disclosures or minor_identity',
    }
  }
  if (application.account_type === 'hsa') {
    yield { path: ['account_type'], message: 'must be trading, custodial, ira or donor_advised' }
  }
  if ((application.currency ?? 'USD') !== 'USD') {
    yield { path: ['currency'], message: 'must be USD: other currencies are not offered' }
  }
}

/** What each type of account needs beyond the ordinary (contracts/alpaca/accounts.md §1). */
function* typeProblems(application: Application): Generator<Problem> {
  const { account_type, account_sub_type, enabled_assets, entity_id, minor_identity } = application
  const type = account_type ?? 'trading'
  if (type === 'ira') {
    if (account_sub_type == null) {
      yield { path: ['account_sub_type'], message: 'is required with account_type ira' }
    }
    if (enabled_assets?.some((asset) => asset !== 'us_equity')) {
      yield { path: ['enabled_assets'], message: 'must be us_equity for account_type ira' }
    }
  } else if (account_sub_type != null) {
    yield { path: ['account_sub_type'], message: 'is only for account_type ira' }
  }
  if (type === 'custodial' && minor_identity == null) {
    yield { path: ['minor_identity'], message: 'is required with account_type custodial' }
  }
  if (type !== 'custodial' && minor_identity != null) {
    yield { path: ['minor_identity'], message: 'is only for account_type custodial' }
  }
  if (type === 'donor_advised' && entity_id == null) {
    yield { path: ['entity_id'], message: 'is required with account_type donor_advised' }
  }
}

const MAX_SHARE_PCT = 100

function* beneficiaryProblems({ account_type, beneficiaries }: Application): Generator<Problem> {
  if (beneficiaries == null || beneficiaries.length === 0) return
  const path = ['beneficiaries']
  if (account_type !== 'ira') yield { path, message: 'is only for account_type ira' }
  for (const type of ['primary', 'contingent']) {
    const shares = beneficiaries
      .filter((person) => person.type === type)
      .map(({ share_pct }) => Number(share_pct))
    const total = shares.reduce((sum, share) => sum + share, 0)
    if (total > MAX_SHARE_PCT) yield { path, message: `${type} shares must not exceed 100 percent` }
  }
}

function* addressProblems({ contact, identity }: Application): Generator<Problem> {
  const isUsAddress = (contact.country ?? identity.country_of_tax_residence) === 'USA'
  if (!isUsAddress && identity.country_of_tax_residence !== 'USA') return
  if ((contact.state ?? '') === '') {
    yield { path: ['contact', 'state'], message: 'is required for a customer in the USA' }
  } else if (isUsAddress && !usStates.has((contact.state ?? '').toUpperCase())) {
    yield { path: ['contact', 'state'], message: 'must be a US state such as CA' }
  }
}

export function* taxIdProblems({ tax_id, tax_id_type }: Application['identity']): Generator<Problem> {
  const path = ['identity', 'tax_id']
  if ((tax_id ?? '') === '') {
    if (tax_id_type != null && tax_id_type !== 'NOT_SPECIFIED') {
      yield { path, message: 'is required with tax_id_type' }
    }
    return
  }
  if (tax_id_type == null) {
    yield { path: ['identity', 'tax_id_type'], message: 'is required with tax_id' }
    return
  }
  if (tax_id_type !== 'USA_SSN' && tax_id_type !== 'USA_ITIN') return
  const digits = /^\d{3}-?\d{2}-?\d{4}$/.test(tax_id ?? '') ? (tax_id ?? '').replaceAll('-', '') : undefined
  if (digits === undefined) yield { path, message: 'must have nine digits, such as 123-45-6789' }
  // The vendor's own sample has a number from the impossible 666 area, so only the plainly made up is refused.
  else if (/^(\d)\1{8}$/.test(digits)) yield { path, message: 'must not be one digit repeated' }
}

function* visaProblems({ identity }: Application): Generator<Problem> {
  if (identity.visa_type == null) return
  if (identity.country_of_citizenship === 'USA') {
    yield { path: ['identity', 'visa_type'], message: 'is not for citizens of the USA' }
  }
  if (identity.visa_expiration_date == null) {
    yield { path: ['identity', 'visa_expiration_date'], message: 'is required with visa_type' }
  }
  const isVisitor = identity.visa_type === 'B1' || identity.visa_type === 'B2'
  if (isVisitor && identity.date_of_departure_from_usa == null) {
    yield { path: ['identity', 'date_of_departure_from_usa'], message: 'is required for a B1 or B2 visa' }
  }
}

const firmFields = [
  'company_name',
  'company_street_address',
  'company_city',
  'company_country',
  'company_compliance_email',
] as const
const familyFields = ['given_name', 'family_name'] as const

function* contextProblems({ context }: Application['disclosures']): Generator<Problem> {
  for (const [index, entry] of (context ?? []).entries()) {
    const path = ['disclosures', 'context', String(index)]
    const isFamily = entry.context_type === 'IMMEDIATE_FAMILY_EXPOSED'
    for (const field of isFamily ? familyFields : firmFields) {
      if ((entry[field]?.length ?? 0) === 0) {
        yield { path: [...path, field], message: `is required with ${entry.context_type}` }
      }
    }
    if (!isFamily && (entry.company_country === 'USA') !== ((entry.company_state ?? '') !== '')) {
      yield { path: [...path, 'company_state'], message: 'is required in the USA, and only there' }
    }
  }
}

function* agreementProblems({ agreements, enabled_assets }: Application): Generator<Problem> {
  const signed = new Set(agreements.map(({ agreement }) => agreement))
  if (!signed.has('customer_agreement')) {
    yield { path: ['agreements'], message: 'must contain the customer_agreement' }
  }
  if (enabled_assets?.includes('crypto') && !signed.has('crypto_agreement')) {
    yield { path: ['agreements'], message: 'must contain the crypto_agreement to enable crypto' }
  }
  if (enabled_assets?.includes('us_option') && !signed.has('options_agreement')) {
    yield { path: ['agreements'], message: 'must contain the options_agreement to enable us_option' }
  }
}

function* optionProblems(application: Application): Generator<Problem> {
  if (application.enabled_assets?.includes('us_option') !== true) return
  const needed = [
    'investment_objective',
    'investment_time_horizon',
    'risk_tolerance',
    'liquidity_needs',
  ] as const
  for (const field of needed) {
    if (application[field] == null) yield { path: [field], message: 'is required to enable us_option' }
  }
}

function* trustedContactProblems(contact: Application['trusted_contact']): Generator<Problem> {
  if (contact == null) return
  const hasStreet = (contact.street_address?.length ?? 0) > 0
  if (!(contact.email_address || contact.phone_number || hasStreet)) {
    yield {
      path: ['trusted_contact'],
      message: 'needs an email_address, a phone_number or a street_address',
    }
  }
  for (const field of ['city', 'state', 'postal_code', 'country'] as const) {
    if (hasStreet && !contact[field]) {
      yield { path: ['trusted_contact', field], message: 'is required with street_address' }
    }
  }
}
