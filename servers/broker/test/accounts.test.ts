import { expect, test } from 'vitest'
import { application, brokerWorld } from './broker-world.ts'

const UNKNOWN = '0b0e4f4e-0000-4000-8000-000000000000'

test('the sample application of the guide opens an account that becomes ACTIVE in two seconds', async () => {
  await using world = await brokerWorld()
  const created = await world.call('POST', '/v1/accounts', application())
  expect(created).toMatchObject({
    status: 200,
    body: { status: 'SUBMITTED', crypto_status: 'SUBMITTED', currency: 'USD', last_equity: '0' },
  })
  expect(created.body.identity).toMatchObject({ given_name: 'John', tax_id_type: 'USA_SSN' })

  const statuses = async () => {
    const { body } = await world.call('GET', `/v1/accounts/${created.body.id}`)
    return [body.status, body.crypto_status]
  }
  await world.advance({ seconds: 1 })
  expect(await statuses()).toEqual(['APPROVED', 'SUBMITTED'])
  await world.advance({ seconds: 1 })
  expect(await statuses()).toEqual(['ACTIVE', 'APPROVED'])
  await world.advance({ seconds: 1 })
  expect(await statuses()).toEqual(['ACTIVE', 'ACTIVE'])
})

test('each change of status is told once, in order', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount({ enabled_assets: ['us_equity'] })
  const events = await world.db
    .selectFrom('events')
    .selectAll()
    .where('account_id', '=', id)
    .orderBy('id')
    .execute()
  expect(events.map(({ status_from, status_to }) => [status_from, status_to])).toEqual([
    ['', 'SUBMITTED'],
    ['SUBMITTED', 'APPROVED'],
    ['APPROVED', 'ACTIVE'],
  ])
})

test('the tax id is nowhere to be read: not in answers, not in the tables', async () => {
  await using world = await brokerWorld()
  const { body } = await world.call('POST', '/v1/accounts', application())
  const list = await world.call('GET', '/v1/accounts')
  const rows = await world.db.selectFrom('accounts').selectAll().execute()
  const everything = JSON.stringify([body, list.body, rows])
  expect(everything).not.toContain('666-55-4321')
  expect(everything).not.toContain('666554321')
  expect(rows.find(({ id }) => id === body.id)?.tax_id_cipher).toMatch(/^v1\./)
})

test('an e-mail opens one account, whatever its case, even when asked twice at once', async () => {
  await using world = await brokerWorld()
  const first = application()
  const shouted = structuredClone(first)
  shouted.contact.email_address = first.contact.email_address.toUpperCase()
  const answers = await Promise.all(
    [first, shouted, first].map((body) => world.call('POST', '/v1/accounts', body)),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  expect(answers.find(({ status }) => status === 409)?.body).toEqual({
    code: 40910000,
    message: 'email address already exists',
  })
  expect((await world.call('GET', '/v1/accounts')).body).toHaveLength(1)
})

test('an application may ask for its own ending', async () => {
  await using world = await brokerWorld()
  const endings = ['SUBMITTED', 'ACTION_REQUIRED', 'APPROVAL_PENDING', 'APPROVED', 'REJECTED', 'ACTIVE']
  for (const wish of [...endings, 'DISABLED', 'ACCOUNT_CLOSED', 'NONSENSE']) {
    const id = await world.activeAccount({ additional_information: `/fixtures/status=${wish}/fixtures/` })
    const { body } = await world.call('GET', `/v1/accounts/${id}`)
    expect([wish, body.status]).toEqual([wish, wish === 'NONSENSE' ? 'ACTIVE' : wish])
  }
})

test('a disclosure sends the application to a person', async () => {
  await using world = await brokerWorld()
  const { disclosures } = application()
  const id = await world.activeAccount({ disclosures: { ...disclosures, is_politically_exposed: true } })
  expect((await world.call('GET', `/v1/accounts/${id}`)).body).toMatchObject({
    status: 'ACTION_REQUIRED',
    kyc_results: { indeterminate: { PEP: {} }, summary: 'fail' },
  })
})

test('an unknown account is not authorized, a malformed id is a bad request', async () => {
  await using world = await brokerWorld()
  expect(await world.call('GET', `/v1/accounts/${UNKNOWN}`)).toMatchObject({
    status: 401,
    body: { code: 40110000, message: 'request is not authorized' },
  })
  expect(await world.call('GET', '/v1/accounts/me')).toMatchObject({ status: 400, body: { code: 40010001 } })
  // The vendor's client sends a bare `params=`.
  const id = await world.activeAccount()
  expect((await world.call('GET', `/v1/accounts/${id}?params=`)).status).toBe(200)
})

test('accounts are found by words, age and status, newest first, with the parts asked for', async () => {
  await using world = await brokerWorld()
  const oldest = await world.activeAccount()
  await world.advance({ days: 1 })
  const { identity } = application()
  const jane = await world.activeAccount({
    identity: { ...identity, given_name: 'Jane', family_name: "O'Neil" },
  })
  const rejected = await world.activeAccount({
    additional_information: '/fixtures/status=REJECTED/fixtures/',
  })
  const ids = async (query: string) =>
    (await world.call('GET', `/v1/accounts?${query}`)).body.map(({ id }: { id: string }) => id)

  expect(await ids('')).toEqual([rejected, jane, oldest])
  expect(await ids('sort=asc')).toEqual([oldest, jane, rejected])
  expect(await ids("query=jane%20o'neil")).toEqual([jane])
  expect(await ids('query=JANE%20smithers')).toEqual([])
  expect(await ids('query=5556667788')).toHaveLength(3)
  expect(await ids('query=%25')).toEqual([])
  expect(await ids('query=731000002')).toEqual([jane])
  expect(await ids('status=REJECTED')).toEqual([rejected])
  expect(await ids('status=REJECTED&status=ACTIVE')).toHaveLength(3)
  expect(await ids('status=REJECTED,ACTIVE')).toHaveLength(3)
  expect(await ids('created_after=2026-11-21')).toEqual([rejected, jane])
  expect(await ids('created_before=2026-11-20T17:00:00Z')).toEqual([oldest])
  expect(await ids('created_after=2026-11-20T12:00:00-05:00')).toHaveLength(3)
  expect(await ids('created_after=2026-11-20T23:00:00 05:00')).toHaveLength(2)

  const [row] = (await world.call('GET', '/v1/accounts?entities=contact,identity&sort=asc')).body
  expect(Object.keys(row)).toEqual(expect.arrayContaining(['contact', 'identity', 'status']))
  expect(row).not.toHaveProperty('disclosures')
  expect(row).not.toHaveProperty('agreements')
})

type Draft = ReturnType<typeof application>

/** One thing wrong each: how to spoil the sample, and the field that the answer must name. */
const spoiled: readonly [field: string, spoil: (draft: Draft) => void, status: number][] = [
  ['contact', (d) => Reflect.deleteProperty(d, 'contact'), 422],
  ['identity', (d) => Reflect.deleteProperty(d, 'identity'), 422],
  ['disclosures', (d) => Reflect.deleteProperty(d, 'disclosures'), 422],
  ['agreements', (d) => Reflect.deleteProperty(d, 'agreements'), 422],
  ['agreements', (d) => Object.assign(d, { agreements: [] }), 422],
  ['agreements', (d) => Object.assign(d, { agreements: {} }), 400],
  ['customer_agreement', (d) => d.agreements.splice(2, 1), 422],
  [
    'crypto_agreement',
    (d) => Object.assign(d, { agreements: d.agreements.slice(0, 3), enabled_assets: ['crypto'] }),
    422,
  ],
  ['agreements.0.ip_address', (d) => Object.assign(d.agreements[0] ?? {}, { ip_address: '999.1.1.1' }), 422],
  ['agreements.0.signed_at', (d) => Object.assign(d.agreements[0] ?? {}, { signed_at: 'yesterday' }), 422],
  ['contact.email_address', (d) => Object.assign(d.contact, { email_address: 'john' }), 422],
  [
    'contact.email_address',
    (d) => Object.assign(d.contact, { email_address: `${'j'.repeat(60)}@example.com` }),
    422,
  ],
  ['contact.email_address', (d) => Object.assign(d.contact, { email_address: 5 }), 400],
  ['contact.street_address', (d) => Object.assign(d.contact, { street_address: 'one line' }), 400],
  ['contact.street_address.0', (d) => Object.assign(d.contact, { street_address: ['P.O. Box 7'] }), 422],
  ['contact.city', (d) => Object.assign(d.contact, { city: ' ' }), 422],
  ['contact.state', (d) => Object.assign(d.contact, { state: undefined }), 422],
  ['contact.state', (d) => Object.assign(d.contact, { state: 'ZZ' }), 422],
  ['contact.country', (d) => Object.assign(d.contact, { country: 'us' }), 422],
  ['contact.phone_number', (d) => Object.assign(d.contact, { phone_number: 'call me' }), 422],
  ['identity.given_name', (d) => Object.assign(d.identity, { given_name: ' John' }), 422],
  ['identity.family_name', (d) => Object.assign(d.identity, { family_name: 'Dœ' }), 422],
  ['identity.date_of_birth', (d) => Object.assign(d.identity, { date_of_birth: '1990-02-30' }), 422],
  ['identity.date_of_birth', (d) => Object.assign(d.identity, { date_of_birth: '2015-01-01' }), 422],
  ['identity.date_of_birth', (d) => Object.assign(d.identity, { date_of_birth: '2999-01-01' }), 422],
  ['identity.date_of_birth', (d) => Object.assign(d.identity, { date_of_birth: '0001-01-01' }), 422],
  ['identity.tax_id', (d) => Object.assign(d.identity, { tax_id: '12-34' }), 422],
  ['identity.tax_id', (d) => Object.assign(d.identity, { tax_id: '111-11-1111' }), 422],
  ['identity.tax_id', (d) => Object.assign(d.identity, { tax_id: undefined }), 422],
  ['identity.tax_id_type', (d) => Object.assign(d.identity, { tax_id_type: 'USA_SNN' }), 422],
  ['identity.tax_id_type', (d) => Object.assign(d.identity, { tax_id_type: undefined }), 422],
  ['identity.funding_source', (d) => Object.assign(d.identity, { funding_source: [] }), 422],
  [
    'identity.country_of_tax_residence',
    (d) => Reflect.deleteProperty(d.identity, 'country_of_tax_residence'),
    422,
  ],
  ['disclosures.is_control_person', (d) => Object.assign(d.disclosures, { is_control_person: 'no' }), 400],
  [
    'disclosures.immediate_family_exposed',
    (d) => Reflect.deleteProperty(d.disclosures, 'immediate_family_exposed'),
    422,
  ],
  [
    'disclosures.employment_status',
    (d) => Object.assign(d.disclosures, { employment_status: 'pirate' }),
    422,
  ],
  [
    'trusted_contact',
    (d) => Object.assign(d, { trusted_contact: { given_name: 'A', family_name: 'B' } }),
    422,
  ],
  ['account_sub_type', (d) => Object.assign(d, { account_type: 'ira' }), 422],
  ['account_type', (d) => Object.assign(d, { account_type: 'hsa' }), 422],
  ['currency', (d) => Object.assign(d, { currency: 'EUR' }), 422],
  ['enabled_assets', (d) => Object.assign(d, { enabled_assets: ['gold'] }), 422],
  ['documents', (d) => Object.assign(d, { documents: Array(11).fill({ document_type: 'w9' }) }), 422],
  [
    'primary_account_holder_id',
    (d) => Object.assign(d, { primary_account_holder_id: '0b0e4f4e-0000-4000-8000-000000000000' }),
    422,
  ],
]

test('an application with one wrong field is refused by that field, and opens nothing', async () => {
  await using world = await brokerWorld()
  for (const [field, spoil, status] of spoiled) {
    const draft = application()
    spoil(draft)
    const answer = await world.call('POST', '/v1/accounts', draft)
    expect([field, answer.status, answer.body.code]).toEqual([
      field,
      status,
      status === 400 ? 40010000 : 40010001,
    ])
    expect(answer.body.message).toContain(field)
  }
  expect((await world.call('GET', '/v1/accounts')).body).toEqual([])
  expect(await world.db.selectFrom('events').select('id').execute()).toEqual([])
})

test('employment may be told in any case, and is answered as the vendor does', async () => {
  await using world = await brokerWorld()
  const { disclosures } = application()
  const { body } = await world.call(
    'POST',
    '/v1/accounts',
    application({ disclosures: { ...disclosures, employment_status: 'employed', employer_name: null } }),
  )
  expect(body.disclosures).toMatchObject({ employment_status: 'EMPLOYED' })
  expect(body.disclosures).not.toHaveProperty('employer_name')
})

test('fields of the row that a caller sends are ignored', async () => {
  await using world = await brokerWorld()
  const { body } = await world.call(
    'POST',
    '/v1/accounts',
    application({ id: UNKNOWN, status: 'ACTIVE', account_number: '1', created_at: '1999-01-01T00:00:00Z' }),
  )
  expect(body.id).not.toBe(UNKNOWN)
  expect(body).toMatchObject({ status: 'SUBMITTED', created_at: '2026-11-20T17:00:00Z' })
})
