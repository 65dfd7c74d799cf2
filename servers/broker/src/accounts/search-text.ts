import type { JsonObject } from '../db/schema.ts'

/** The words by which an account can be found: e-mail, phone as it was written and its digits, names. */
export function searchTextOf(parts: JsonObject): string {
  const contact = Object(parts.contact) as JsonObject
  const identity = Object(parts.identity) as JsonObject
  const phone = typeof contact.phone_number === 'string' ? contact.phone_number : undefined
  return [
    contact.email_address,
    phone,
    phone?.replace(/\D/g, ''),
    identity.given_name,
    identity.middle_name,
    identity.family_name,
  ]
    .filter(Boolean)
    .join('\n')
    .toLowerCase()
}
