import type { LinkTokenCreateRequest } from '@paddock/bank-wire'
import type { BankContext } from '../context.ts'
import type { KnownPerson } from '../identity/match-identity.ts'
import type { ItemOrigin } from '../items/item-origin.ts'
import { readRange } from '../statements/range.ts'
import type { LinkToken } from './link-token.ts'

const cell = (hash: string) => ({ table: 'bank.link_tokens', column: 'person_cipher', rowId: hash })

/** What a request for a link token says of the person; null where it says nothing that a bank knows too. */
export function readToldPerson({ user }: LinkTokenCreateRequest): KnownPerson | null {
  if (user === undefined) return null
  const { name, address } = user
  const full = name === undefined ? undefined : `${name.given_name} ${name.family_name}`
  const person = {
    legalName: user.legal_name ?? full,
    phoneNumber: user.phone_number,
    emailAddress: user.email_address,
    address: address === undefined ? undefined : { ...address, postalCode: address.postal_code },
  }
  return Object.values(person).every((part) => part === undefined) ? null : person
}

export function hidePerson(ctx: BankContext, hash: string, person: KnownPerson | null): string | null {
  return person === null ? null : ctx.cipher.encrypt(JSON.stringify(person), cell(hash))
}

export function personBehind(
  ctx: BankContext,
  { hash, personCipher }: Pick<LinkToken, 'hash' | 'personCipher'>,
): KnownPerson | null {
  if (personCipher === null) return null
  return JSON.parse(ctx.cipher.decrypt(personCipher, cell(hash))) as KnownPerson
}

/** What a link token brings to the item that is linked with it. */
export function originBehind(
  ctx: BankContext,
  token: LinkToken,
): { origin: ItemOrigin; daysRequested: number | null } {
  const { userId, statements, incomeDays, daysRequested } = token.request
  const range =
    statements == null ? null : readRange({ start_date: statements.from, end_date: statements.to })
  return {
    origin: {
      userId: userId ?? null,
      person: personBehind(ctx, token),
      statements: range,
      incomeDays: incomeDays ?? null,
    },
    daysRequested: daysRequested ?? null,
  }
}
