import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { type ApplicationDraft, emptyDraft } from './draft.ts'
import { fieldForPath, findProblems, problemsOfStep } from './find-problems.ts'
import { toApplication } from './to-application.ts'

const today = Temporal.PlainDate.from('2026-11-24')
const complete: ApplicationDraft = {
  ...emptyDraft,
  givenName: 'Ada',
  familyName: 'Byron',
  emailAddress: 'ada@example.com',
  phoneNumber: '+15555550100',
  street: '20 N San Mateo Dr',
  city: 'San Mateo',
  state: 'CA',
  postalCode: '94401',
  dateOfBirth: '1990-01-01',
  taxId: '666-55-4321',
  employmentStatus: 'EMPLOYED',
  fundingSources: ['employment_income'],
  isControlPerson: 'no',
  isAffiliated: 'no',
  isPoliticallyExposed: 'no',
  isFamilyExposed: 'no',
  agreements: ['customer_agreement', 'account_agreement', 'margin_agreement'],
}

test('a complete draft has no problems and leaves out what was left empty', () => {
  expect(findProblems(complete, today)).toEqual({})
  const application = toApplication(complete)
  expect(application).not.toHaveProperty('trusted_contact')
  expect(application.contact).not.toHaveProperty('unit')
  expect(application.enabled_assets).toEqual(['us_equity'])
})

test('an empty draft names what is missing in each step', () => {
  const problems = findProblems(emptyDraft, today)
  expect(Object.keys(problemsOfStep(problems, 'name'))).toEqual(['givenName', 'familyName'])
  expect(problemsOfStep(problems, 'trusted')).toEqual({})
  expect(problems.agreements).toContain('margin agreement')
})

test.for([
  ['2008-11-24', undefined],
  ['2008-11-25', 'You must be 18 or older to open an account'],
  ['1900-01-01', 'Check the year'],
  ['2001-02-30', 'This date does not exist'],
] as const)('born on %s: %s', ([dateOfBirth, problem]) => {
  expect(findProblems({ ...complete, dateOfBirth }, today).dateOfBirth).toBe(problem)
})

test('yes to a question asks for its context and sends it', () => {
  const draft: ApplicationDraft = { ...complete, isControlPerson: 'yes' }
  expect(findProblems(draft, today)).toEqual({ controlledCompany: 'Name the company' })
  expect(toApplication({ ...draft, controlledCompany: 'Acme' }).disclosures.context).toEqual([
    { context_type: 'CONTROLLED_FIRM', company_name: 'Acme' },
  ])
})

test('half a trusted contact is not enough', () => {
  expect(findProblems({ ...complete, trustedGivenName: 'Jane' }, today)).toEqual({
    trustedFamilyName: 'Fill this in',
  })
})

test('paths of the server find their field', () => {
  expect(fieldForPath('contact.street_address.0')).toBe('street')
  expect(fieldForPath('identity.tax_id')).toBe('taxId')
  expect(fieldForPath('elsewhere')).toBeUndefined()
})
