import type { Application } from '@paddock/platform-wire'
import { agreementTexts } from './agreement-texts.ts'
import type { ApplicationDraft } from './draft.ts'

type Context = NonNullable<Application['disclosures']['context']>[number]

const filled = (text: string) => (text.trim() === '' ? undefined : text.trim())

/** Leaves out what was left empty, as the wire wants it. */
function present<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(kept) as { [K in keyof T]: Exclude<T[K], undefined> }
}

/** The draft as the request. It may still be incomplete: `findProblems` reads it and says what is missing. */
export function toApplication(draft: ApplicationDraft): Application {
  const trusted = trustedContactOf(draft)
  return {
    contact: present({
      email_address: draft.emailAddress.trim(),
      phone_number: draft.phoneNumber.trim(),
      street_address: [draft.street.trim()],
      unit: filled(draft.unit),
      city: draft.city.trim(),
      state: filled(draft.state),
      postal_code: filled(draft.postalCode),
      country: draft.country,
    }),
    identity: present({
      given_name: draft.givenName.trim(),
      middle_name: filled(draft.middleName),
      family_name: draft.familyName.trim(),
      date_of_birth: draft.dateOfBirth,
      tax_id: draft.taxId.trim(),
      tax_id_type: draft.taxIdType,
      country_of_citizenship: draft.countryOfCitizenship,
      country_of_birth: draft.countryOfBirth,
      country_of_tax_residence: draft.countryOfTaxResidence,
      funding_source: draft.fundingSources as Application['identity']['funding_source'],
    }),
    disclosures: disclosuresOf(draft),
    agreements: agreementTexts
      .filter(({ name }) => draft.agreements.includes(name))
      .map(({ name, revision }) => ({ agreement: name, revision })),
    ...(trusted === undefined ? {} : { trusted_contact: trusted }),
    enabled_assets: draft.agreements.includes('crypto_agreement') ? ['us_equity', 'crypto'] : ['us_equity'],
  }
}

function disclosuresOf(draft: ApplicationDraft): Application['disclosures'] {
  const context = contextOf(draft)
  return present({
    is_control_person: draft.isControlPerson === 'yes',
    is_affiliated_exchange_or_finra: draft.isAffiliated === 'yes',
    is_politically_exposed: draft.isPoliticallyExposed === 'yes',
    immediate_family_exposed: draft.isFamilyExposed === 'yes',
    employment_status: filled(draft.employmentStatus) as Application['disclosures']['employment_status'],
    employer_name: filled(draft.employerName),
    employment_position: filled(draft.employmentPosition),
    context: context.length > 0 ? context : undefined,
  }) as Application['disclosures']
}

function contextOf(draft: ApplicationDraft): Context[] {
  const context: Context[] = []
  const company = (type: Context['context_type'], name: string, email: string) =>
    present({
      context_type: type,
      company_name: filled(name),
      company_compliance_email: filled(email),
    }) as Context
  if (draft.isControlPerson === 'yes') {
    context.push(company('CONTROLLED_FIRM', draft.controlledCompany, draft.controlledEmail))
  }
  if (draft.isAffiliated === 'yes') {
    context.push(company('AFFILIATE_FIRM', draft.affiliateCompany, draft.affiliateEmail))
  }
  if (draft.isFamilyExposed === 'yes') {
    context.push({
      context_type: 'IMMEDIATE_FAMILY_EXPOSED',
      given_name: draft.exposedGivenName.trim(),
      family_name: draft.exposedFamilyName.trim(),
    })
  }
  return context
}

function trustedContactOf(draft: ApplicationDraft): Application['trusted_contact'] {
  const { trustedGivenName, trustedFamilyName, trustedEmail, trustedPhone } = draft
  const isEmpty = [trustedGivenName, trustedFamilyName, trustedEmail, trustedPhone].every(
    (text) => text.trim() === '',
  )
  if (isEmpty) return undefined
  return present({
    given_name: trustedGivenName.trim(),
    family_name: trustedFamilyName.trim(),
    email_address: filled(trustedEmail),
    phone_number: filled(trustedPhone),
  }) as Application['trusted_contact']
}
