import { randomUUID } from 'node:crypto'

/** An application as the official client sends it; the address is new each time, so that it can be repeated anywhere. */
export function newApplicant(change: Record<string, unknown> = {}) {
  return {
    account_type: 'trading',
    contact: {
      email_address: `noor.${randomUUID().slice(0, 13)}@example.org`,
      phone_number: '+13125550148',
      street_address: ['88 Lantern Court'],
      unit: '5C',
      city: 'Chicago',
      state: 'IL',
      postal_code: '60614',
      country: 'USA',
    },
    identity: {
      given_name: 'Noor',
      family_name: 'Halim',
      date_of_birth: '1991-04-17',
      tax_id: '512-44-9087',
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
    agreements: ['customer_agreement', 'margin_agreement', 'account_agreement'].map((agreement) => ({
      agreement,
      signed_at: '2026-03-02T14:05:11Z',
      ip_address: '198.51.100.23',
    })),
    trusted_contact: { given_name: 'Ines', family_name: 'Halim', email_address: 'ines.halim@example.org' },
    enabled_assets: ['us_equity'],
    ...change,
  }
}

export const checkingAccount = {
  account_owner_name: 'Noor Halim',
  bank_account_type: 'CHECKING',
  bank_account_number: '123456789012',
  bank_routing_number: '121000358',
  nickname: 'Everyday checking',
}

export const wireBank = {
  name: 'Harbor Trust',
  bank_code: '121000358',
  bank_code_type: 'ABA',
  account_number: '778812340',
}

/** A picture of one dot, as base64. */
export const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
