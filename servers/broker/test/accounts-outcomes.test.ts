import { expect, test } from 'vitest'
import { application, type BrokerWorld, brokerWorld } from './broker-world.ts'

const HOUR = { seconds: 3_600 }
const get = async (world: BrokerWorld, id: string) => (await world.call('GET', `/v1/accounts/${id}`)).body

const named = (family_name: string, change: object = {}) => ({
  identity: { ...application().identity, family_name, ...change },
})

const outcomes: readonly [name: string, status: string, code: string | undefined, afterReview: string][] = [
  ['Kyc-Identity', 'ACTION_REQUIRED', 'IDENTITY_VERIFICATION', 'ACTION_REQUIRED'],
  ['KYC-PASSPORT', 'ACTION_REQUIRED', 'INVALID_IDENTITY_PASSPORT', 'ACTION_REQUIRED'],
  ['kyc-selfie', 'ACTION_REQUIRED', 'SELFIE_VERIFICATION', 'ACTION_REQUIRED'],
  ['Kyc-Address', 'ACTION_REQUIRED', 'ADDRESS_VERIFICATION', 'ACTION_REQUIRED'],
  ['Kyc-Tax', 'ACTION_REQUIRED', 'TAX_IDENTIFICATION', 'ACTION_REQUIRED'],
  ['Kyc-Birth', 'ACTION_REQUIRED', 'DATE_OF_BIRTH', 'ACTION_REQUIRED'],
  ['Kyc-W8ben', 'ACTION_REQUIRED', 'W8BEN_CORRECTION', 'ACTION_REQUIRED'],
  ['Kyc-Watchlist', 'APPROVAL_PENDING', 'WATCHLIST_HIT', 'ACTIVE'],
  ['Kyc-Refused-Later', 'APPROVAL_PENDING', 'OTHER_PARTNER', 'REJECTED'],
  ['Kyc-Country', 'REJECTED', 'COUNTRY_NOT_SUPPORTED', 'REJECTED'],
  ['Kyc-Rejected', 'REJECTED', 'OTHER', 'REJECTED'],
  ['Kyc-Failed', 'SUBMISSION_FAILED', undefined, 'ACTIVE'],
]

test('a family name decides an application, with the findings that it names', async () => {
  await using world = await brokerWorld()
  for (const [name, status, code, afterReview] of outcomes) {
    const id = await world.activeAccount(named(name))
    const { status: told, kyc_results: results } = await get(world, id)
    const codes = Object.keys({ ...results?.indeterminate, ...results?.reject })
    expect([name, told, codes]).toEqual([name, status, code === undefined ? [] : [code]])
    await world.advance(HOUR)
    await world.advance({ seconds: 5 })
    expect([name, (await get(world, id)).status]).toEqual([name, afterReview])
  }
})

test('a fixture names the findings', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount({
    additional_information: '/fixtures/kyc=PEP,TAX_IDENTIFICATION,NONSENSE/fixtures/',
  })
  expect(await get(world, id)).toMatchObject({
    status: 'ACTION_REQUIRED',
    kyc_results: { indeterminate: { PEP: {}, TAX_IDENTIFICATION: {} } },
  })
  const rejected = await world.activeAccount({
    additional_information: '/fixtures/status=REJECTED/fixtures/ /fixtures/kyc=WATCHLIST_HIT/fixtures/',
  })
  expect(await get(world, rejected)).toMatchObject({
    status: 'REJECTED',
    crypto_status: 'REJECTED',
    kyc_results: { reject: { WATCHLIST_HIT: {} } },
  })
})

test('countries and visas that need a look get one', async () => {
  await using world = await brokerWorld()
  const cuban = await world.activeAccount(named('Diaz', { country_of_citizenship: 'CUB' }))
  expect(await get(world, cuban)).toMatchObject({
    status: 'REJECTED',
    kyc_results: { reject: { COUNTRY_NOT_SUPPORTED: {} } },
  })
  const visitor = { country_of_citizenship: 'CAN', visa_type: 'Other', visa_expiration_date: '2028-01-01' }
  const other = await world.activeAccount(named('Roy', visitor))
  expect(await get(world, other)).toMatchObject({
    status: 'ACTION_REQUIRED',
    identity: { visa_type: 'OTHER' },
    kyc_results: { indeterminate: { VISA_TYPE_OTHER: {} } },
  })
  const countries = (await world.call('GET', '/v1/country-info')).body
  expect(countries.length).toBeGreaterThanOrEqual(240)
  expect(countries).toContainEqual({
    country_code: 'USA',
    name: 'United States',
    risk_rating: 'low',
    is_supported: true,
  })
  expect(countries).toContainEqual(expect.objectContaining({ country_code: 'CUB', is_supported: false }))
})

test('an application that begins with an identity check waits until the window was left with success', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount({ additional_information: '/fixtures/status=ONBOARDING/fixtures/' })
  expect((await get(world, id)).status).toBe('ONBOARDING')
  const { token } = await world.must(
    world.call('GET', `/v1/accounts/${id}/onfido/sdk/tokens?referrer=a&platform=web`),
  )
  const tell = (body: object) => world.call('PATCH', `/v1/accounts/${id}/onfido/sdk`, body)

  expect((await tell({ outcome: 'USER_COMPLETED', token: 'invented' })).status).toBe(422)
  expect((await tell({ outcome: 'BORED', token })).status).toBe(422)
  expect((await tell({ outcome: 'USER_EXITED', token, reason: 'tea' })).body.status).toBe('ONBOARDING')
  expect(await tell({ outcome: 'USER_COMPLETED', token })).toMatchObject({
    status: 200,
    body: { status: 'SUBMITTED' },
  })
  expect((await tell({ outcome: 'USER_EXITED', token })).status).toBe(422)
  await world.advance({ seconds: 4 })
  expect(await get(world, id)).toMatchObject({ status: 'ACTIVE', crypto_status: 'ACTIVE' })
  expect((await world.call('GET', `/v1/accounts/${id}/onfido/sdk/tokens`)).status).toBe(422)
  expect(JSON.stringify(await world.db.selectFrom('identity_checks').selectAll().execute())).not.toContain(
    token,
  )
})

test('what a firm found out by itself is kept, replaced and told, but not in the clear', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const path = `/v1/accounts/${id}/cip`
  expect(await world.call('GET', path)).toMatchObject({ status: 404, body: { code: 40410000 } })
  const cip = {
    provider_name: ['onfido'],
    kyc: { applicant_name: 'John Secret', risk_score: 12, approval_status: 'approved' },
    document: { result: 'clear', status: 'complete', document_numbers: ['X99'] },
    identity: { tax_id: 'clear' },
    watchlist: { sanction: 'consider' },
  }
  const first = await world.must(world.call('POST', path, cip))
  expect(first).toMatchObject({ ...cip, account_id: id })
  await world.advance({ seconds: 1 })
  const second = await world.must(world.call('POST', path, { ...cip, provider_name: ['alloy'] }))
  expect([second.id, second.created_at]).toEqual([first.id, first.created_at])
  expect((await world.call('GET', path)).body).toEqual(second)
  expect((await world.call('POST', path, { provider_name: ['me'] })).status).toBe(422)
  const rows = await world.db.selectFrom('customer_identifications').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain('Secret')
})

test('each kind of account needs what it needs, and echoes no tax id', async () => {
  await using world = await brokerWorld()
  const person = {
    given_name: 'Kim',
    family_name: 'Doe',
    date_of_birth: '2014-01-01',
    tax_id: '123-45-6789',
    tax_id_type: 'USA_SSN',
  }
  const minor_identity = { ...person, country_of_tax_residence: 'USA', state: 'CA', email: 'kim@example.com' }
  const heir = { ...person, relationship: 'child', type: 'primary', share_pct: '60' }
  const taken: readonly [body: object, answer: object][] = [
    [{ account_type: 'custodial', minor_identity }, { minor_identity: { given_name: 'Kim' } }],
    [
      { account_type: 'ira', account_sub_type: 'roth', beneficiaries: [heir] },
      { account_sub_type: 'roth', enabled_assets: ['us_equity'], beneficiaries: [{ share_pct: '60' }] },
    ],
    [
      { account_type: 'donor_advised', entity_id: '0b0e4f4e-0000-4000-8000-000000000001' },
      { account_type: 'donor_advised' },
    ],
  ]
  for (const [body, answer] of taken) {
    const told = await world.must(world.call('POST', '/v1/accounts', application({ ...body })))
    expect(told).toMatchObject(answer)
    expect(JSON.stringify(told)).not.toContain('6789')
  }
  const rows = await world.db.selectFrom('accounts').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain('123-45-6789')

  const refused: readonly [field: string, body: object][] = [
    ['minor_identity', { account_type: 'custodial' }],
    ['minor_identity', { minor_identity }],
    ['account_sub_type', { account_type: 'ira' }],
    ['account_sub_type', { account_sub_type: 'roth' }],
    ['enabled_assets', { account_type: 'ira', account_sub_type: 'roth', enabled_assets: ['crypto'] }],
    ['beneficiaries', { beneficiaries: [heir] }],
    ['beneficiaries', { account_type: 'ira', account_sub_type: 'roth', beneficiaries: [heir, heir] }],
    ['beneficiaries', { account_type: 'ira', account_sub_type: 'roth', beneficiaries: Array(7).fill(heir) }],
    ['entity_id', { account_type: 'donor_advised' }],
  ]
  for (const [field, body] of refused) {
    const answer = await world.call('POST', '/v1/accounts', application({ ...body }))
    expect([field, answer.status, answer.body.message]).toEqual([field, 422, expect.stringContaining(field)])
  }
})

test('the rules behind the fields: context, visas, agreements and people to call', async () => {
  await using world = await brokerWorld()
  const { disclosures, identity, agreements } = application()
  const firm = {
    context_type: 'CONTROLLED_FIRM',
    company_name: 'Acme',
    company_street_address: ['1 Road'],
    company_city: 'Reno',
    company_state: 'NV',
    company_country: 'USA',
    company_compliance_email: 'c@example.com',
  }
  const kin = { context_type: 'IMMEDIATE_FAMILY_EXPOSED', given_name: 'A', family_name: 'B' }
  const friend = { given_name: 'A', family_name: 'B', street_address: ['1 Road', 'Flat 2'] }
  const home = { city: 'Reno', state: 'NV', postal_code: '89501', country: 'USA' }
  const told = (context: object) => ({ disclosures: { ...disclosures, context: [context] } })
  const taken = await world.must(
    world.call('POST', '/v1/accounts', {
      ...application(told(firm)),
      trusted_contact: { ...friend, ...home },
      identity: { ...identity, tax_id_type: 'ARG_AG_CUIT', tax_id: '20-1' },
    }),
  )
  expect(taken).toMatchObject({
    disclosures: { context: [{ company_name: 'Acme' }] },
    trusted_contact: { street_address: '1 Road, Flat 2' },
    identity: { tax_id_type: 'ARG_AR_CUIT' },
    agreements: [{ revision: '24.2026.01' }, {}, {}, {}],
  })
  const refused: readonly [field: string, body: object][] = [
    ['disclosures.context.0.company_city', told({ ...firm, company_city: null })],
    ['disclosures.context.0.company_state', told({ ...firm, company_state: null })],
    ['disclosures.context.0.company_state', told({ ...firm, company_country: 'CAN' })],
    ['disclosures.context.0.family_name', told({ ...kin, family_name: '' })],
    ['disclosures.context.0.context_type', told({ ...kin, context_type: 'COUSIN' })],
    ['trusted_contact.city', { trusted_contact: friend }],
    [
      'identity.visa_type',
      { identity: { ...identity, visa_type: 'F1', visa_expiration_date: '2028-01-01' } },
    ],
    ['agreements.0.revision', { agreements: [{ ...agreements[2], revision: 'latest' }] }],
    ['investment_objective', options(agreements)],
  ]
  for (const [field, body] of refused) {
    const answer = await world.call('POST', '/v1/accounts', application({ ...body }))
    expect([field, answer.status, answer.body.message]).toEqual([field, 422, expect.stringContaining(field)])
  }
})

const options = (agreements: object[]) => ({
  enabled_assets: ['us_equity', 'us_option'],
  agreements: [...agreements, { ...agreements[0], agreement: 'options_agreement' }],
})
