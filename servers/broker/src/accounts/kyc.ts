import type { JsonObject } from '../db/schema.ts'
import type { AccountStatus } from './account.ts'

/** Findings of an identity check: the vendor's open set (contracts/alpaca/accounts.md §3). */
export const kycCodes = [
  'IDENTITY_VERIFICATION',
  'TAX_IDENTIFICATION',
  'ADDRESS_VERIFICATION',
  'DATE_OF_BIRTH',
  'INVALID_IDENTITY_PASSPORT',
  'SELFIE_VERIFICATION',
  'PEP',
  'FAMILY_MEMBER_PEP',
  'CONTROL_PERSON',
  'AFFILIATED',
  'VISA_TYPE_OTHER',
  'W8BEN_CORRECTION',
  'COUNTRY_NOT_SUPPORTED',
  'WATCHLIST_HIT',
  'OTHER',
  'OTHER_PARTNER',
] as const

export type KycCode = (typeof kycCodes)[number]

const byDisclosure: Readonly<Record<string, KycCode>> = {
  is_control_person: 'CONTROL_PERSON',
  is_affiliated_exchange_or_finra: 'AFFILIATED',
  is_politically_exposed: 'PEP',
  immediate_family_exposed: 'FAMILY_MEMBER_PEP',
}

/** What the holder told about himself that a person has to look at. */
export function disclosedFindings(disclosures: unknown): KycCode[] {
  return Object.entries(byDisclosure)
    .filter(([name]) => (Object(disclosures) as JsonObject)[name] === true)
    .map(([, code]) => code)
}

/** The result of the checks that led to a status; nothing for statuses that no check leads to. */
export function kycResults(status: AccountStatus, findings: readonly KycCode[]): JsonObject | undefined {
  const codes = Object.fromEntries((findings.length > 0 ? findings : ['OTHER']).map((code) => [code, {}]))
  switch (status) {
    case 'APPROVED':
      return result('pass', { accept: findings.length > 0 ? codes : {} })
    case 'ACTION_REQUIRED':
    case 'APPROVAL_PENDING':
      return result('fail', { indeterminate: codes })
    case 'REJECTED':
      return result('fail', { reject: codes })
    default:
      return undefined
  }
}

function result(
  summary: 'pass' | 'fail',
  found: { reject?: JsonObject; accept?: JsonObject; indeterminate?: JsonObject },
): JsonObject {
  return {
    reject: found.reject ?? {},
    accept: found.accept ?? {},
    indeterminate: found.indeterminate ?? {},
    additional_information: '',
    summary,
  }
}

/** The codes of a stored result, whatever became of them. */
export function findingsOf(results: JsonObject | undefined): KycCode[] {
  const told = Object.keys({
    ...Object(results?.reject),
    ...Object(results?.accept),
    ...Object(results?.indeterminate),
  })
  return kycCodes.filter((code) => told.includes(code))
}
