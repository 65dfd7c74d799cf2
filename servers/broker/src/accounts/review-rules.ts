import { isDeepStrictEqual } from 'node:util'
import type { JsonObject } from '../db/schema.ts'

/** Fields whose change a person looks at; a new phone or e-mail is none (contracts/alpaca/accounts.md §4). */
const reviewed: Readonly<Record<string, readonly string[]>> = {
  identity: ['given_name', 'family_name', 'country_of_citizenship'],
  contact: ['street_address', 'unit', 'city', 'state', 'postal_code'],
  disclosures: ['employer_name', 'employment_position'],
}

const disclosures = [
  'is_control_person',
  'is_affiliated_exchange_or_finra',
  'is_politically_exposed',
  'immediate_family_exposed',
]

/** Whether an edit makes a person look at the account again. */
export function needsReview(before: JsonObject, after: JsonObject): boolean {
  const isOther = Object.entries(reviewed).some(([part, fields]) => {
    const [was, is] = [Object(before[part]), Object(after[part])] as [JsonObject, JsonObject]
    return fields.some((field) => !isDeepStrictEqual(was[field], is[field]))
  })
  const [was, is] = [Object(before.disclosures), Object(after.disclosures)] as [JsonObject, JsonObject]
  return isOther || disclosures.some((field) => was[field] !== true && is[field] === true)
}
