import type { Application } from '@paddock/platform-wire'

/**
 * A made-up person for sandboxes. An SSN of area 666 is never given to anybody, so it cannot be a real one;
 * the vendor's own guide uses it too.
 */
export function sampleApplication(person: { email: string; name?: string }): Application {
  const { givenName, familyName } = splitName(person.name ?? 'John Doe')
  return {
    contact: {
      email_address: person.email,
      phone_number: '+1 555-666-7788',
      street_address: ['20 North San Mateo Drive'],
      city: 'San Mateo',
      state: 'CA',
      postal_code: '94401',
      country: 'USA',
    },
    identity: {
      given_name: givenName,
      family_name: familyName,
      date_of_birth: '1990-01-01',
      tax_id: '666-55-4321',
      tax_id_type: 'USA_SSN',
      country_of_citizenship: 'USA',
      country_of_birth: 'USA',
      country_of_tax_residence: 'USA',
      funding_source: ['employment_income'],
    },
    disclosures: {
      is_control_person: false,
      is_affiliated_exchange_or_finra: false,
      is_politically_exposed: false,
      immediate_family_exposed: false,
      employment_status: 'EMPLOYED',
    },
    agreements: [
      { agreement: 'customer_agreement' },
      { agreement: 'account_agreement' },
      { agreement: 'margin_agreement' },
      { agreement: 'crypto_agreement' },
    ],
    enabled_assets: ['us_equity', 'crypto'],
  }
}

/** The last word is the family name; the broker takes printable ASCII only, so accents are left off. */
function splitName(name: string): { givenName: string; familyName: string } {
  const words = name
    .normalize('NFD')
    .replace(/[^\x20-\x7e]/g, '')
    .split(/\s+/)
    .filter(Boolean)
  const familyName = words.length > 1 ? words.pop() : undefined
  return {
    givenName: words.join(' ').slice(0, 50).trim() || 'John',
    familyName: familyName?.slice(0, 50) ?? 'Doe',
  }
}
