import type { JsonObject } from '../db/schema.ts'
import type { Account, AccountStatus } from './account.ts'
import { disclosedFindings, type KycCode, kycCodes } from './kyc.ts'

/** One step of an application on its way: the next status and how long after the last one it comes. */
export type StatusStep = {
  readonly to: AccountStatus
  readonly afterSeconds: number
  /** What the check found that led here. */
  readonly findings?: readonly KycCode[]
}

/** How long the people of the back office take, in world time. */
export const REVIEW_SECONDS = 3_600

export const approval: readonly StatusStep[] = [
  { to: 'APPROVED', afterSeconds: 1 },
  { to: 'ACTIVE', afterSeconds: 1 },
]

/** Crypto is opened a second after shares. */
export const cryptoApproval: readonly StatusStep[] = [
  { to: 'APPROVED', afterSeconds: 0 },
  { to: 'ACTIVE', afterSeconds: 1 },
]

const after = (findings: readonly KycCode[], ...path: readonly StatusStep[]): readonly StatusStep[] =>
  path.map((step) => ({ ...step, findings }))

const step = (to: AccountStatus, afterSeconds = 1): StatusStep => ({ to, afterSeconds })

/** Reviewed by people who have nothing against it. */
const reviewed: readonly StatusStep[] = [step('APPROVED', REVIEW_SECONDS), step('ACTIVE')]

/** The vendor's sandbox fixtures: where an application ends that asks for it (docs/magic-values.md). */
const endings: Readonly<Partial<Record<string, readonly StatusStep[]>>> = {
  SUBMITTED: [],
  SUBMISSION_FAILED: [step('SUBMISSION_FAILED')],
  ACTION_REQUIRED: [step('ACTION_REQUIRED')],
  APPROVAL_PENDING: [step('APPROVAL_PENDING')],
  APPROVED: [step('APPROVED')],
  REJECTED: [step('REJECTED')],
  ACTIVE: approval,
  ACCOUNT_UPDATED: [...approval, step('ACCOUNT_UPDATED')],
  DISABLED: [...approval, step('DISABLED')],
  ACCOUNT_CLOSED: [...approval, step('ACCOUNT_CLOSED')],
}

/** Family names that decide an application, in any case (docs/magic-values.md). */
const magicNames: Readonly<Partial<Record<string, readonly StatusStep[]>>> = {
  'kyc-identity': after(['IDENTITY_VERIFICATION'], step('ACTION_REQUIRED')),
  'kyc-passport': after(['INVALID_IDENTITY_PASSPORT'], step('ACTION_REQUIRED')),
  'kyc-selfie': after(['SELFIE_VERIFICATION'], step('ACTION_REQUIRED')),
  'kyc-address': after(['ADDRESS_VERIFICATION'], step('ACTION_REQUIRED')),
  'kyc-tax': after(['TAX_IDENTIFICATION'], step('ACTION_REQUIRED')),
  'kyc-birth': after(['DATE_OF_BIRTH'], step('ACTION_REQUIRED')),
  'kyc-w8ben': after(['W8BEN_CORRECTION'], step('ACTION_REQUIRED')),
  'kyc-watchlist': after(['WATCHLIST_HIT'], step('APPROVAL_PENDING'), ...reviewed),
  'kyc-country': after(['COUNTRY_NOT_SUPPORTED'], step('REJECTED')),
  'kyc-rejected': after(['OTHER'], step('REJECTED')),
  'kyc-refused-later': after(['OTHER_PARTNER'], step('APPROVAL_PENDING'), step('REJECTED', REVIEW_SECONDS)),
  'kyc-failed': [step('SUBMISSION_FAILED'), step('SUBMITTED', REVIEW_SECONDS), ...approval],
}

/** Whose residents and citizens nobody may serve (comprehensive sanctions of the USA). */
export const refusedCountries: readonly string[] = ['CUB', 'IRN', 'PRK', 'SYR']

type Told = Pick<Account, 'parts'> & { readonly additionalInformation: string | undefined }

/** Some applications begin with an identity check in the vendor's window. */
export function firstStatus({ additionalInformation }: Told): 'SUBMITTED' | 'ONBOARDING' {
  return wantedStatus(additionalInformation) === 'ONBOARDING' ? 'ONBOARDING' : 'SUBMITTED'
}

/** What will become of an application after SUBMITTED: first what its fixture says, then its name, then its facts. */
export function statusPath(told: Told): readonly StatusStep[] {
  const wantedFindings = readWantedFindings(told.additionalInformation)
  const byFixture = endings[wantedStatus(told.additionalInformation) ?? '']
  if (byFixture !== undefined)
    return after(wantedFindings ?? disclosedFindings(told.parts.disclosures), ...byFixture)
  if (wantedFindings !== undefined) return after(wantedFindings, step('ACTION_REQUIRED'))

  const identity = Object(told.parts.identity) as JsonObject
  const byName = magicNames[String(identity.family_name ?? '').toLowerCase()]
  if (byName !== undefined) return byName
  return byFacts(told.parts, identity)
}

function byFacts(parts: JsonObject, identity: JsonObject): readonly StatusStep[] {
  const countries = [identity.country_of_tax_residence, identity.country_of_citizenship]
  if (countries.some((country) => refusedCountries.includes(String(country)))) {
    return after(['COUNTRY_NOT_SUPPORTED'], step('REJECTED'))
  }
  const findings = disclosedFindings(parts.disclosures)
  if (identity.visa_type === 'OTHER') findings.push('VISA_TYPE_OTHER')
  return findings.length > 0 ? after(findings, step('ACTION_REQUIRED')) : approval
}

const wantedStatus = (information: string | undefined) =>
  /\/fixtures\/status=([A-Z_]+)\/fixtures\//.exec(information ?? '')?.[1]

function readWantedFindings(information: string | undefined): KycCode[] | undefined {
  const wanted = /\/fixtures\/kyc=([A-Z0-9_,]+)\/fixtures\//.exec(information ?? '')?.[1]?.split(',')
  const known = kycCodes.filter((code) => wanted?.includes(code))
  return known.length > 0 ? known : undefined
}
