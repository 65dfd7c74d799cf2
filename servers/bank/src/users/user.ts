import type { ConsumerReportUserIdentity, UserIdentity } from '@paddock/bank-wire'
import type { KnownPerson } from '../identity/match-identity.ts'

export type Identity = Partial<Omit<UserIdentity, 'id_numbers'>>

/** A person that a client told about, to whom items belong. */
export interface User {
  clientId: string
  id: string
  clientUserId: string
  identity: Identity | null
  createdAt: Temporal.Instant
  updatedAt: Temporal.Instant
}

interface Told {
  identity?: UserIdentity | undefined
  consumer_report_user_identity?: ConsumerReportUserIdentity | undefined
}

/** What was told of a user, in one form; nothing where nothing was. Numbers of papers are not kept. */
export function readIdentity({ identity, consumer_report_user_identity: older }: Told): Identity | undefined {
  if (identity !== undefined) {
    const { id_numbers: _papers, ...kept } = identity
    return kept
  }
  if (older === undefined) return undefined
  const listed = (texts: readonly string[]) => texts.map((data, place) => ({ data, primary: place === 0 }))
  const { street, city, region, postal_code, country } = older.primary_address
  const address = { street_1: street, street_2: undefined, city, region, postal_code }
  return {
    name: { given_name: older.first_name, family_name: older.last_name },
    date_of_birth: older.date_of_birth,
    emails: listed(older.emails),
    phone_numbers: listed(older.phone_numbers),
    addresses: [{ ...address, country: country ?? 'US', primary: true }],
  }
}

/** A user as far as banks know people too: the main one of several. */
export function personOf({ identity }: User): KnownPerson | null {
  if (identity === null) return null
  const main = <Part extends { primary: boolean }>(parts: readonly Part[] | undefined) =>
    parts?.find(({ primary }) => primary) ?? parts?.[0]
  const address = main(identity.addresses)
  const { name } = identity
  return {
    legalName: name === undefined ? undefined : `${name.given_name} ${name.family_name}`,
    phoneNumber: main(identity.phone_numbers)?.data,
    emailAddress: main(identity.emails)?.data,
    address:
      address === undefined
        ? undefined
        : {
            street: address.street_1,
            city: address.city,
            region: address.region,
            postalCode: address.postal_code,
            country: address.country,
          },
  }
}
