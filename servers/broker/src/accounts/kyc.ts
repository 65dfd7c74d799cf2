import type { JsonObject, JsonValue } from '../db/schema.ts'
import type { AccountStatus } from './account.ts'

/** What the vendor calls the finding behind each disclosure (contracts/alpaca/accounts.md §3). */
const findings: Readonly<Record<string, string>> = {
  is_control_person: 'CONTROL_PERSON',
  is_affiliated_exchange_or_finra: 'AFFILIATED',
  is_politically_exposed: 'PEP',
  immediate_family_exposed: 'FAMILY_MEMBER_PEP',
}

/** The result of the checks that led to a status; nothing for statuses that no check leads to. */
export function kycResults(
  status: AccountStatus,
  disclosures: JsonValue | undefined,
): JsonObject | undefined {
  switch (status) {
    case 'APPROVED':
      return result('pass', {})
    case 'ACTION_REQUIRED':
    case 'APPROVAL_PENDING':
      return result('fail', { indeterminate: codes(disclosures) })
    case 'REJECTED':
      return result('fail', { reject: codes(disclosures) })
    default:
      return undefined
  }
}

function codes(disclosures: JsonValue | undefined): JsonObject {
  const told = Object.entries(Object(disclosures) as JsonObject)
    .filter(([, value]) => value === true)
    .map(([name]) => findings[name])
    .filter((code) => code !== undefined)
  return Object.fromEntries((told.length > 0 ? told : ['OTHER']).map((code) => [code, {}]))
}

function result(
  summary: 'pass' | 'fail',
  found: { reject?: JsonObject; indeterminate?: JsonObject },
): JsonObject {
  return {
    reject: found.reject ?? {},
    accept: {},
    indeterminate: found.indeterminate ?? {},
    additional_information: '',
    summary,
  }
}
