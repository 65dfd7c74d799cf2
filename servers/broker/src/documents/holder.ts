import type { AccountId } from '../accounts/account.ts'
import { getAccount } from '../accounts/account-store.ts'
import type { Db } from '../db/database.ts'
import type { JsonObject, JsonValue } from '../db/schema.ts'
import type { Holder } from './document-facts.ts'

/** Whom a document is for, as the account says it on the day of issue. */
export async function readHolder(db: Db, accountId: AccountId): Promise<Holder> {
  const { accountNumber, parts } = await getAccount(db, accountId)
  const identity = objectOf(parts.identity)
  const contact = objectOf(parts.contact)
  const name = wordsOf([identity.given_name, identity.middle_name, identity.family_name])
  const town = wordsOf([contact.city, contact.state, contact.postal_code])
  const street = Array.isArray(contact.street_address) ? contact.street_address : [contact.street_address]
  return {
    name: name === '' ? 'Account holder' : name,
    address_lines: [...street, contact.unit, town, contact.country]
      .map((line) => wordsOf([line]))
      .filter((line) => line !== ''),
    account_number: accountNumber,
  }
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}

function wordsOf(parts: readonly (JsonValue | undefined)[]): string {
  return parts.filter((part): part is string => typeof part === 'string' && part.trim() !== '').join(' ')
}
