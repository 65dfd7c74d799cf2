import { Application } from '@paddock/platform-wire'
import { Temporal } from 'temporal-polyfill'
import { agreementTexts } from './agreement-texts.ts'
import type { ApplicationDraft } from './draft.ts'
import { type StepKey, stepOfField } from './steps.ts'
import { toApplication } from './to-application.ts'

export type Problems = Partial<Record<keyof ApplicationDraft, string>>

/** Where a path of the wire is asked for in the form. */
const fieldOfPath: Readonly<Record<string, keyof ApplicationDraft>> = {
  'contact.email_address': 'emailAddress',
  'contact.phone_number': 'phoneNumber',
  'contact.street_address': 'street',
  'contact.unit': 'unit',
  'contact.city': 'city',
  'contact.state': 'state',
  'contact.postal_code': 'postalCode',
  'contact.country': 'country',
  'identity.given_name': 'givenName',
  'identity.middle_name': 'middleName',
  'identity.family_name': 'familyName',
  'identity.date_of_birth': 'dateOfBirth',
  'identity.tax_id': 'taxId',
  'identity.tax_id_type': 'taxIdType',
  'identity.country_of_citizenship': 'countryOfCitizenship',
  'identity.country_of_birth': 'countryOfBirth',
  'identity.country_of_tax_residence': 'countryOfTaxResidence',
  'identity.funding_source': 'fundingSources',
  'disclosures.employment_status': 'employmentStatus',
  'disclosures.employer_name': 'employerName',
  'disclosures.employment_position': 'employmentPosition',
  'disclosures.is_control_person': 'isControlPerson',
  'disclosures.is_affiliated_exchange_or_finra': 'isAffiliated',
  'disclosures.is_politically_exposed': 'isPoliticallyExposed',
  'disclosures.immediate_family_exposed': 'isFamilyExposed',
  'trusted_contact.given_name': 'trustedGivenName',
  'trusted_contact.family_name': 'trustedFamilyName',
  'trusted_contact.email_address': 'trustedEmail',
  'trusted_contact.phone_number': 'trustedPhone',
  agreements: 'agreements',
}

/** The field of the form for a path such as `contact.street_address.0`, when there is one. */
export function fieldForPath(path: string): keyof ApplicationDraft | undefined {
  const parts = path.split('.').filter((part) => !/^\d+$/.test(part))
  return (
    fieldOfPath[parts.join('.')] ?? fieldOfPath[parts.slice(0, 2).join('.')] ?? fieldOfPath[parts[0] ?? '']
  )
}

/** Everything that keeps the draft from being sent, by field: the wire's own schema and what it cannot say. */
export function findProblems(draft: ApplicationDraft, today: Temporal.PlainDate): Problems {
  const problems: Problems = {}
  const read = Application.safeParse(toApplication(draft))
  for (const issue of read.error?.issues ?? []) {
    const field = fieldForPath(issue.path.join('.'))
    if (field !== undefined) problems[field] ??= wordsFor(issue.code, field)
  }
  return { ...problems, ...birthProblem(draft, today), ...answerProblems(draft) }
}

export function problemsOfStep(problems: Problems, step: StepKey): Problems {
  const own = Object.entries(problems).filter(
    ([field]) => stepOfField[field as keyof ApplicationDraft] === step,
  )
  return Object.fromEntries(own)
}

function wordsFor(issueCode: string, field: keyof ApplicationDraft): string {
  if (field === 'fundingSources') return 'Choose at least one'
  if (issueCode === 'too_big') return 'This is too long'
  if (field === 'emailAddress' || field === 'trustedEmail')
    return 'Enter an e-mail address such as ada@example.com'
  return 'Fill this in'
}

const OLDEST = 100
const YOUNGEST = 18

function birthProblem({ dateOfBirth }: ApplicationDraft, today: Temporal.PlainDate): Problems {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(dateOfBirth)) return { dateOfBirth: 'Enter your date of birth' }
  let born: Temporal.PlainDate
  try {
    born = Temporal.PlainDate.from(dateOfBirth)
  } catch {
    return { dateOfBirth: 'This date does not exist' }
  }
  const age = born.until(today, { largestUnit: 'years' }).years
  if (age < YOUNGEST) return { dateOfBirth: 'You must be 18 or older to open an account' }
  if (age > OLDEST) return { dateOfBirth: 'Check the year' }
  return {}
}

function answerProblems(draft: ApplicationDraft): Problems {
  const problems: Problems = {}
  const need = (field: keyof ApplicationDraft, words: string) => {
    problems[field] = words
  }
  const isEmpty = (field: keyof ApplicationDraft) =>
    draft[field].length === 0 || String(draft[field]).trim() === ''
  if (draft.taxIdType === 'USA_SSN' && draft.taxId.replace(/\D/g, '').length !== 9)
    need('taxId', 'Enter all nine digits')
  if (draft.country === 'USA' && isEmpty('state')) need('state', 'Choose a state')
  if (isEmpty('employmentStatus')) need('employmentStatus', 'Choose one')
  for (const question of [
    'isControlPerson',
    'isAffiliated',
    'isPoliticallyExposed',
    'isFamilyExposed',
  ] as const) {
    if (draft[question] === '') need(question, 'Answer yes or no')
  }
  if (draft.isControlPerson === 'yes' && isEmpty('controlledCompany'))
    need('controlledCompany', 'Name the company')
  if (draft.isAffiliated === 'yes' && isEmpty('affiliateCompany')) need('affiliateCompany', 'Name the firm')
  if (draft.isFamilyExposed === 'yes') {
    if (isEmpty('exposedGivenName')) need('exposedGivenName', 'Fill this in')
    if (isEmpty('exposedFamilyName')) need('exposedFamilyName', 'Fill this in')
  }
  const missing = agreementTexts.filter(
    ({ name, isRequired }) => isRequired && !draft.agreements.includes(name),
  )
  if (missing.length > 0)
    need('agreements', `Still to agree: ${missing.map(({ title }) => title.toLowerCase()).join(', ')}`)
  return problems
}
