import type { z } from 'zod'
import type { Agreement, Contact, Disclosures, Identity, TrustedContact } from './account-parts.ts'

type Application = {
  account_type?: string | null | undefined
  currency?: string | null | undefined
  enabled_assets?: readonly string[] | null | undefined
  primary_account_holder_id?: string | null | undefined
  contact: z.infer<typeof Contact>
  identity: z.infer<typeof Identity>
  disclosures: z.infer<typeof Disclosures>
  agreements: readonly z.infer<typeof Agreement>[]
  trusted_contact?: z.infer<typeof TrustedContact> | null | undefined
}

type Problem = { path: string[]; message: string }

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
    ...addressProblems(application),
    ...taxIdProblems(application.identity),
    ...visaProblems(application.identity),
    ...agreementProblems(application),
    ...trustedContactProblems(application.trusted_contact),
  ]
  for (const problem of problems) ctx.addIssue({ code: 'custom', ...problem })
}

function* offerProblems(application: Application): Generator<Problem> {
  if (application.primary_account_holder_id != null) {
    yield {
      path: ['primary_account_holder_id'],
      message:
        'cannot specify primary_account_holder_id together with identity or contact or disclosures or minor_identity',
    }
  }
  if ((application.account_type ?? 'trading') !== 'trading') {
    yield { path: ['account_type'], message: 'must be trading: other accounts are not offered' }
  }
  if ((application.currency ?? 'USD') !== 'USD') {
    yield { path: ['currency'], message: 'must be USD: other currencies are not offered' }
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

function* taxIdProblems({ tax_id, tax_id_type }: Application['identity']): Generator<Problem> {
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

function* visaProblems(identity: Application['identity']): Generator<Problem> {
  if (identity.visa_type == null) return
  if (identity.visa_expiration_date == null) {
    yield { path: ['identity', 'visa_expiration_date'], message: 'is required with visa_type' }
  }
  const isVisitor = identity.visa_type === 'B1' || identity.visa_type === 'B2'
  if (isVisitor && identity.date_of_departure_from_usa == null) {
    yield { path: ['identity', 'date_of_departure_from_usa'], message: 'is required for a B1 or B2 visa' }
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

function* trustedContactProblems(contact: Application['trusted_contact']): Generator<Problem> {
  if (contact == null) return
  const ways = [contact.email_address, contact.phone_number, contact.street_address]
  if (ways.every((way) => way == null || way.length === 0)) {
    yield {
      path: ['trusted_contact'],
      message: 'needs an email_address, a phone_number or a street_address',
    }
  }
}
