import type { Application } from '@paddock/platform-wire'

export type YesNo = 'yes' | 'no' | ''

/** The application as a form holds it: text fields, some still empty. */
export interface ApplicationDraft {
  givenName: string
  middleName: string
  familyName: string
  emailAddress: string
  phoneNumber: string
  street: string
  unit: string
  city: string
  state: string
  postalCode: string
  country: string
  dateOfBirth: string
  countryOfCitizenship: string
  countryOfBirth: string
  countryOfTaxResidence: string
  taxIdType: string
  taxId: string
  employmentStatus: string
  employerName: string
  employmentPosition: string
  fundingSources: string[]
  isControlPerson: YesNo
  isAffiliated: YesNo
  isPoliticallyExposed: YesNo
  isFamilyExposed: YesNo
  controlledCompany: string
  controlledEmail: string
  affiliateCompany: string
  affiliateEmail: string
  exposedGivenName: string
  exposedFamilyName: string
  trustedGivenName: string
  trustedFamilyName: string
  trustedEmail: string
  trustedPhone: string
  agreements: string[]
}

export const emptyDraft: ApplicationDraft = {
  givenName: '',
  middleName: '',
  familyName: '',
  emailAddress: '',
  phoneNumber: '',
  street: '',
  unit: '',
  city: '',
  state: '',
  postalCode: '',
  country: 'USA',
  dateOfBirth: '',
  countryOfCitizenship: 'USA',
  countryOfBirth: 'USA',
  countryOfTaxResidence: 'USA',
  taxIdType: 'USA_SSN',
  taxId: '',
  employmentStatus: '',
  employerName: '',
  employmentPosition: '',
  fundingSources: [],
  isControlPerson: '',
  isAffiliated: '',
  isPoliticallyExposed: '',
  isFamilyExposed: '',
  controlledCompany: '',
  controlledEmail: '',
  affiliateCompany: '',
  affiliateEmail: '',
  exposedGivenName: '',
  exposedFamilyName: '',
  trustedGivenName: '',
  trustedFamilyName: '',
  trustedEmail: '',
  trustedPhone: '',
  agreements: [],
}

const yesNo = (value: boolean): YesNo => (value ? 'yes' : 'no')

/** The sample as a draft, under the address that this person signed up with. */
export function toDraft(sample: Application, emailAddress: string): ApplicationDraft {
  const { contact, identity, disclosures, trusted_contact: trusted } = sample
  return {
    ...emptyDraft,
    givenName: identity.given_name,
    middleName: identity.middle_name ?? '',
    familyName: identity.family_name,
    emailAddress: emailAddress || contact.email_address,
    phoneNumber: contact.phone_number,
    street: contact.street_address.join(', '),
    unit: contact.unit ?? '',
    city: contact.city,
    state: contact.state ?? '',
    postalCode: contact.postal_code ?? '',
    country: contact.country,
    dateOfBirth: identity.date_of_birth,
    countryOfCitizenship: identity.country_of_citizenship,
    countryOfBirth: identity.country_of_birth,
    countryOfTaxResidence: identity.country_of_tax_residence,
    taxIdType: identity.tax_id_type,
    taxId: identity.tax_id,
    employmentStatus: disclosures.employment_status ?? 'EMPLOYED',
    employerName: disclosures.employer_name ?? '',
    employmentPosition: disclosures.employment_position ?? '',
    fundingSources: [...identity.funding_source],
    isControlPerson: yesNo(disclosures.is_control_person),
    isAffiliated: yesNo(disclosures.is_affiliated_exchange_or_finra),
    isPoliticallyExposed: yesNo(disclosures.is_politically_exposed),
    isFamilyExposed: yesNo(disclosures.immediate_family_exposed),
    trustedGivenName: trusted?.given_name ?? '',
    trustedFamilyName: trusted?.family_name ?? '',
    trustedEmail: trusted?.email_address ?? '',
    trustedPhone: trusted?.phone_number ?? '',
    agreements: sample.agreements.map(({ agreement }) => agreement),
  }
}
