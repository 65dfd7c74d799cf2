/** A whole application as the platform takes it; every value is invented. */
export function applicationFor(email: string) {
  return {
    contact: {
      email_address: email,
      phone_number: '+12065550142',
      street_address: ['18 Larch Lane'],
      city: 'Seattle',
      state: 'WA',
      postal_code: '98101',
      country: 'USA',
    },
    identity: {
      given_name: 'Nora',
      family_name: 'Quill',
      date_of_birth: '1988-03-14',
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
