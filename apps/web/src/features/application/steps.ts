import type { ApplicationDraft } from './draft.ts'

/** One topic each, in this order. */
export const steps = [
  { key: 'name', title: 'Your legal name' },
  { key: 'contact', title: 'How to reach you' },
  { key: 'birth', title: 'Birth and citizenship' },
  { key: 'tax', title: 'Tax number' },
  { key: 'work', title: 'Work and money' },
  { key: 'disclosures', title: 'Four questions' },
  { key: 'trusted', title: 'A trusted contact' },
  { key: 'agreements', title: 'Agreements' },
  { key: 'review', title: 'Review and submit' },
] as const

export type StepKey = (typeof steps)[number]['key']

export const isStep = (key: string): key is StepKey => steps.some((step) => step.key === key)

export const stepAfter = (key: StepKey): StepKey =>
  steps[Math.min(steps.findIndex((step) => step.key === key) + 1, steps.length - 1)]?.key ?? 'review'

export const stepBefore = (key: StepKey): StepKey | undefined =>
  steps[steps.findIndex((step) => step.key === key) - 1]?.key

/** Which step asks for which field. */
export const stepOfField: Record<keyof ApplicationDraft, StepKey> = {
  givenName: 'name',
  middleName: 'name',
  familyName: 'name',
  emailAddress: 'contact',
  phoneNumber: 'contact',
  street: 'contact',
  unit: 'contact',
  city: 'contact',
  state: 'contact',
  postalCode: 'contact',
  country: 'contact',
  dateOfBirth: 'birth',
  countryOfCitizenship: 'birth',
  countryOfBirth: 'birth',
  countryOfTaxResidence: 'tax',
  taxIdType: 'tax',
  taxId: 'tax',
  employmentStatus: 'work',
  employerName: 'work',
  employmentPosition: 'work',
  fundingSources: 'work',
  isControlPerson: 'disclosures',
  isAffiliated: 'disclosures',
  isPoliticallyExposed: 'disclosures',
  isFamilyExposed: 'disclosures',
  controlledCompany: 'disclosures',
  controlledEmail: 'disclosures',
  affiliateCompany: 'disclosures',
  affiliateEmail: 'disclosures',
  exposedGivenName: 'disclosures',
  exposedFamilyName: 'disclosures',
  trustedGivenName: 'trusted',
  trustedFamilyName: 'trusted',
  trustedEmail: 'trusted',
  trustedPhone: 'trusted',
  agreements: 'agreements',
}
