import { expect, test } from 'vitest'
import { application, type BrokerWorld, brokerWorld } from './broker-world.ts'

const HOUR = { seconds: 3_600 }

const get = async (world: BrokerWorld, id: string) => (await world.call('GET', `/v1/accounts/${id}`)).body
const patch = (world: BrokerWorld, id: string, body: unknown) =>
  world.call('PATCH', `/v1/accounts/${id}`, body)

async function eventsOf(world: BrokerWorld, id: string) {
  const rows = await world.db
    .selectFrom('events')
    .select('payload')
    .where('entity_id', '=', id)
    .where('stream', '=', 'account')
    .orderBy('id')
    .execute()
  return rows.map(({ payload }) => payload as Record<string, unknown>)
}

test('a new phone or e-mail is taken without a review, and the account is found by it', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const before = (await eventsOf(world, id)).length
  const answer = await patch(world, id, {
    contact: { email_address: 'new@example.com', phone_number: '+15550001111', city: null },
  })
  expect(answer).toMatchObject({
    status: 200,
    body: { status: 'ACTIVE', contact: { email_address: 'new@example.com', city: 'San Mateo' } },
  })
  expect(await eventsOf(world, id)).toHaveLength(before)
  expect((await world.call('GET', '/v1/accounts?query=15550001111')).body).toHaveLength(1)
})

const reviewed: readonly [what: string, edit: object][] = [
  ['given name', { identity: { given_name: 'Jane' } }],
  ['family name', { identity: { family_name: 'Roe' } }],
  ['citizenship', { identity: { country_of_citizenship: 'CAN' } }],
  ['street', { contact: { street_address: ['1 Main St'] } }],
  ['unit', { contact: { unit: '7' } }],
  ['city', { contact: { city: 'Boston' } }],
  ['state', { contact: { state: 'MA' } }],
  ['postal code', { contact: { postal_code: '02101' } }],
  ['employer', { disclosures: { employer_name: 'Acme' } }],
  ['position', { disclosures: { employment_position: 'Smith' } }],
  ['control person', { disclosures: { is_control_person: true } }],
  ['affiliation', { disclosures: { is_affiliated_exchange_or_finra: true } }],
  ['exposure', { disclosures: { is_politically_exposed: true } }],
  ['family', { disclosures: { immediate_family_exposed: true } }],
]

test('what a person must look at again holds back withdrawals until the back office is done', async () => {
  await using world = await brokerWorld()
  for (const [what, edit] of reviewed) {
    const id = await world.activeAccount()
    expect([what, (await patch(world, id, edit)).body.status]).toEqual([what, 'ACCOUNT_UPDATED'])
    expect((await eventsOf(world, id)).at(-1)).toMatchObject({
      status_from: 'ACTIVE',
      status_to: 'ACCOUNT_UPDATED',
    })
    await world.advance(HOUR)
    expect([what, (await get(world, id)).status]).toEqual([what, 'ACTIVE'])
  }
})

test('during a review money comes in and orders are taken, but nothing leaves', async () => {
  await using world = await brokerWorld()
  const alice = await world.seasonedAccount('500')
  await patch(world, alice.id, { contact: { city: 'Boston' } })
  expect((await world.transfer(alice, '5', 'OUTGOING')).status).toBe(403)
  expect((await world.transfer(alice, '5', 'INCOMING')).status).toBe(200)
  const order = { symbol: 'SPY', notional: '10', side: 'buy', type: 'market', time_in_force: 'day' }
  expect((await world.call('POST', `/v1/trading/accounts/${alice.id}/orders`, order)).status).toBe(200)
  await world.advance(HOUR)
  expect((await world.transfer(alice, '5', 'OUTGOING')).status).toBe(200)
})

test('an edit that says what is there already changes nothing', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const { contact, identity, disclosures } = await get(world, id)
  const before = await eventsOf(world, id)
  const again = { contact, identity: { ...identity, tax_id: '666554321' }, disclosures }
  const answer = await patch(world, id, again)
  expect([answer.status, answer.body.status, answer.body.contact]).toEqual([200, 'ACTIVE', contact])
  expect(await eventsOf(world, id)).toEqual(before)
})

test('names change once, who somebody is never', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  expect((await patch(world, id, { identity: { family_name: 'Roe' } })).status).toBe(200)
  await world.advance(HOUR)
  const refused: readonly [field: string, identity: object][] = [
    ['family_name', { family_name: 'Moe' }],
    ['date_of_birth', { date_of_birth: '1991-01-01' }],
    ['tax_id', { tax_id: '123-45-6789' }],
    ['country_of_birth', { country_of_birth: 'CAN' }],
    ['country_of_tax_residence', { country_of_tax_residence: 'CAN' }],
  ]
  for (const [field, identity] of refused) {
    const answer = await patch(world, id, { identity })
    expect([field, answer.status, answer.body.code]).toEqual([field, 422, 40010001])
    expect(answer.body.message).toContain(field)
  }
  expect((await get(world, id)).identity).toMatchObject({ family_name: 'Roe', date_of_birth: '1990-01-01' })
})

test('an edit must leave an application that could have been accepted', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const before = await get(world, id)
  const refused: readonly [field: string, status: number, edit: unknown][] = [
    ['contact.state', 422, { contact: { state: 'ZZ' } }],
    ['contact.email_address', 422, { contact: { email_address: 'nobody' } }],
    ['contact.street_address', 400, { contact: { street_address: 'one line' } }],
    ['identity.given_name', 422, { identity: { given_name: 'Dœ' } }],
    ['trusted_contact', 422, { trusted_contact: { email_address: 'a@example.com' } }],
    ['trusted_contact', 422, { trusted_contact: { given_name: 'A', family_name: 'B' } }],
    ['agreements', 422, { enabled_assets: ['us_equity', 'crypto', 'us_option'] }],
    ['enabled_assets', 422, { enabled_assets: ['us_equity'] }],
    ['beneficiaries', 422, { beneficiaries: [heir()] }],
    ['at least one field', 422, {}],
    ['at least one field', 422, { contact: null }],
    ['a JSON object', 400, []],
  ]
  for (const [field, status, edit] of refused) {
    const answer = await patch(world, id, edit)
    expect([field, answer.status, answer.body.message]).toEqual([
      field,
      status,
      expect.stringContaining(field),
    ])
  }
  expect(await get(world, id)).toEqual(before)
})

const heir = () => ({
  given_name: 'Kim',
  family_name: 'Doe',
  date_of_birth: '2010-01-01',
  tax_id: '123-45-6789',
  tax_id_type: 'USA_SSN',
  relationship: 'child',
  type: 'primary',
  share_pct: 100,
})

test('an e-mail that somebody has is not given away, not even a closed account’s', async () => {
  await using world = await brokerWorld()
  const first = application()
  const { id: gone } = await world.must(world.call('POST', '/v1/accounts', first))
  await world.advance({ seconds: 4 })
  expect((await world.call('POST', `/v1/accounts/${gone}/actions/close`)).status).toBe(204)
  const id = await world.activeAccount()
  const answer = await patch(world, id, {
    contact: { email_address: first.contact.email_address.toUpperCase() },
  })
  expect(answer).toMatchObject({ status: 409, body: { code: 40910000 } })
  expect(
    (await world.call('POST', '/v1/accounts', { ...application(), contact: first.contact })).status,
  ).toBe(409)
})

test('signing the crypto agreement opens the crypto side by its own way', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount({ enabled_assets: ['us_equity'] })
  expect(await get(world, id)).toMatchObject({ crypto_status: 'INACTIVE' })
  const [agreement] = application().agreements.slice(3)
  const { body } = await patch(world, id, { agreements: [agreement] })
  expect(body).toMatchObject({
    crypto_status: 'SUBMITTED',
    status: 'ACTIVE',
    enabled_assets: ['us_equity', 'crypto'],
  })
  await world.advance({ seconds: 1 })
  expect((await get(world, id)).crypto_status).toBe('APPROVED')
  await world.advance({ seconds: 1 })
  expect((await get(world, id)).crypto_status).toBe('ACTIVE')
  expect((await eventsOf(world, id)).slice(-3).map((event) => event.crypto_status_to)).toEqual([
    'SUBMITTED',
    'APPROVED',
    'ACTIVE',
  ])
})

test('two who change an account at once both change it', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const answers = await Promise.all([
    patch(world, id, { contact: { phone_number: '+15550002222' } }),
    patch(world, id, { contact: { unit: '9' } }),
  ])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect((await get(world, id)).contact).toMatchObject({ phone_number: '+15550002222', unit: '9' })
})

test('a closed or refused account is read, but not changed', async () => {
  await using world = await brokerWorld()
  for (const ending of ['ACCOUNT_CLOSED', 'REJECTED']) {
    const id = await world.activeAccount({ additional_information: `/fixtures/status=${ending}/fixtures/` })
    expect(await patch(world, id, { contact: { unit: '9' } })).toMatchObject({ status: 422 })
    expect(await get(world, id)).toMatchObject({ status: ending, crypto_status: ending })
  }
})

const TIER = '6b2c1a30-4f0e-4c71-9bd8-6e8a7f6a2b02'

test('interest on cash and lending of shares are in force on the banking day after they were asked for', async () => {
  await using world = await brokerWorld()
  const asked = { cash_interest: { USD: { apr_tier_name: 'tier1' } }, fpsl: { US: { tier_id: TIER } } }
  const id = await world.activeAccount(asked)
  const read = () => get(world, id)
  // Friday noon: the next banking day is Monday.
  await world.advance({ to: '2026-11-23T07:14:59Z' })
  expect(await read()).toMatchObject({
    cash_interest: { USD: { apr_tier_name: 'tier1', status: 'PENDING_CHANGE' } },
    fpsl: { US: { tier_id: TIER, status: 'PENDING_CHANGE' } },
  })
  await world.advance({ to: '2026-11-23T07:15:00Z' })
  expect(await read()).toMatchObject({
    cash_interest: { USD: { apr_tier_name: 'tier1', status: 'ACTIVE' } },
    fpsl: { US: { tier_id: TIER, status: 'ACTIVE' } },
  })
  const change = { status_from: 'PENDING_CHANGE', status_to: 'ACTIVE' }
  const apr = { apr_tier_name_from: 'tier1', apr_tier_name_to: 'tier1' }
  expect((await eventsOf(world, id)).at(-1)).toMatchObject({
    cash_interest: { currency: 'USD', ...apr, ...change },
    fpsl: { US: { tier_from: TIER, tier_to: TIER, ...change } },
  })

  await world.must(patch(world, id, { cash_interest: { USD: { apr_tier_name: 'tier2' } } }))
  expect((await read()).cash_interest).toEqual({ USD: { apr_tier_name: 'tier2', status: 'PENDING_CHANGE' } })
  await world.advance({ days: 1 })
  expect((await read()).cash_interest).toEqual({ USD: { apr_tier_name: 'tier2', status: 'ACTIVE' } })
  await world.must(world.call('POST', `/v1/accounts/${id}/actions/close`))
  await world.advance({ days: 1 })
  expect(await read()).toMatchObject({
    cash_interest: { USD: { status: 'INACTIVE' } },
    fpsl: { US: { status: 'INACTIVE' } },
  })
})
