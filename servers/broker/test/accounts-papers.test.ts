import { expect, test } from 'vitest'
import { application, type BrokerWorld, brokerWorld } from './broker-world.ts'

const HOUR = { seconds: 3_600 }
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 1]).toString('base64')
const PDF = Buffer.from('%PDF-1.4\n%%EOF').toString('base64')
const GIF = Buffer.from('GIF89a-and-more-of-it').toString('base64')
const HTML = Buffer.from('<html><script>alert(1)</script></html>').toString('base64')

const passport = {
  document_type: 'identity_verification',
  document_sub_type: 'passport',
  mime_type: 'image/jpeg',
}
const form = {
  country_citizen: 'Mexico',
  date: '2026-11-20',
  date_of_birth: '1990-01-01',
  foreign_tax_id: 'SECRET-RFC-1',
  full_name: 'Juana Doe',
  ip_address: '185.13.21.99',
  permanent_address_city_state: 'Merida, Yucatan',
  permanent_address_country: 'Mexico',
  permanent_address_street: 'Calle 60',
  revision: '10-2021',
  signer_full_name: 'Juana Doe',
  timestamp: '2026-11-20T17:00:00Z',
}

const upload = (world: BrokerWorld, id: string, body: unknown) =>
  world.call('POST', `/v1/accounts/${id}/documents/upload`, body)
const get = async (world: BrokerWorld, id: string) => (await world.call('GET', `/v1/accounts/${id}`)).body

test('papers are kept under ids of ours, with the type that their bytes have', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const answer = await upload(world, id, [
    { ...passport, content: JPEG, id: '0b0e4f4e-0000-4000-8000-000000000000' },
    { document_type: 'address_verification', content: PDF, mime_type: 'image/png' },
    { document_type: 'w9', content: PDF, mime_type: 'application/pdf' },
  ])
  expect([answer.status, answer.body]).toEqual([204, undefined])
  const { documents } = await get(world, id)
  expect(documents).toMatchObject([
    { document_type: 'identity_verification', document_sub_type: 'passport', mime_type: 'image/jpeg' },
    { document_type: 'address_verification', mime_type: 'application/pdf' },
    { document_type: null, document_sub_type: 'w9' },
  ])
  expect(documents[0].id).not.toBe('0b0e4f4e-0000-4000-8000-000000000000')
})

test('what is not a paper is refused with all that came with it', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const good = { ...passport, content: JPEG }
  const refused: readonly [what: string, status: number, body: unknown][] = [
    ['an object instead of a list', 400, good],
    ['an empty list', 422, []],
    ['eleven', 422, Array(11).fill(good)],
    ['a moving picture', 422, [good, { ...good, content: GIF }]],
    ['a page with a script', 422, [good, { ...good, content: HTML }]],
    ['JSON that is no form', 422, [{ ...good, content: Buffer.from('{}').toString('base64') }]],
    ['no contents', 422, [good, passport]],
    ['empty contents', 422, [{ ...good, content: '' }]],
    ['no base64', 422, [{ ...good, content: 'ÄÖÜ=' }]],
    ['an unknown type', 422, [{ ...good, document_type: 'love_letter' }]],
    ['an unknown file type', 422, [{ ...good, mime_type: 'image/svg+xml' }]],
    ['a form of another type', 422, [{ document_type: 'w9', content_data: form }]],
    ['a form and a file', 422, [{ document_type: 'w8ben', content_data: form, content: PDF }]],
    [
      'a form without tax ids',
      422,
      [{ document_type: 'w8ben', content_data: { ...form, foreign_tax_id: null } }],
    ],
    ['more than ten megabytes', 422, [{ ...good, content: 'A'.repeat(10 * 1_048_576 + 4) }]],
  ]
  for (const [what, status, body] of refused) {
    const answer = await upload(world, id, body)
    expect([what, answer.status]).toEqual([what, status])
    expect(answer.body).toEqual({ code: expect.any(Number), message: expect.any(String) })
  }
  expect((await get(world, id)).documents).toEqual([])
  expect((await upload(world, '0b0e4f4e-0000-4000-8000-000000000000', [good])).status).toBe(401)
})

test('papers of ten megabytes each are taken', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const large = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(7_864_311, 32)]).toString('base64')
  expect(large.length).toBe(10 * 1_048_576)
  expect((await upload(world, id, Array(2).fill({ ...passport, content: large }))).status).toBe(204)
})

test('nothing of a paper is to be read in answers or tables', async () => {
  await using world = await brokerWorld()
  const { id } = await world.must(
    world.call(
      'POST',
      '/v1/accounts',
      application({ documents: [{ document_type: 'w8ben', content_data: form }] }),
    ),
  )
  await upload(world, id, [{ document_type: 'w8ben', content_data: form }])
  const rows = await world.db
    .selectFrom('owner_documents')
    .select(['content_cipher', 'document_type', 'mime_type'])
    .execute()
  expect(rows).toHaveLength(2)
  expect(JSON.stringify([rows, await get(world, id)])).not.toMatch(/SECRET-RFC-1|Juana/)
  expect(rows[0]?.content_cipher).toMatch(/^v1\./)
})

test('a W-8BEN is downloaded by a signed link, and nothing else is', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const bob = await world.activeAccount()
  await upload(world, id, [
    {
      document_type: 'w8ben',
      document_sub_type: 'Form W-8BEN',
      content_data: form,
      mime_type: 'application/json',
    },
    { document_type: 'w8ben', content: PDF, mime_type: 'application/pdf' },
    { ...passport, content: JPEG },
  ])
  const { documents } = await get(world, id)
  const path = (account: string, document: string) =>
    `/v1/accounts/${account}/documents/w8ben/${document}/download`
  const redirect = async (document: string) => {
    const headers = { authorization: `Basic ${btoa('test-key:test-secret')}` }
    return fetch(`${world.broker.url}${path(id, document)}`, { headers, redirect: 'manual' })
  }
  const [structured, scanned] = [await redirect(documents[0].id), await redirect(documents[1].id)]
  expect([structured.status, scanned.status]).toEqual([301, 301])

  const file = await fetch(structured.headers.get('location') ?? '')
  expect(await file.json()).toMatchObject({ full_name: 'Juana Doe', foreign_tax_id: 'SECRET-RFC-1' })
  expect(file.headers.get('content-disposition')).toContain('attachment')
  expect(file.headers.get('x-content-type-options')).toBe('nosniff')
  const pdf = await fetch(scanned.headers.get('location') ?? '')
  expect(pdf.headers.get('content-type')).toBe('application/pdf')
  expect(Buffer.from(await pdf.arrayBuffer()).toString('base64')).toBe(PDF)

  const link = new URL(structured.headers.get('location') ?? '')
  link.pathname = link.pathname.replace(documents[0].id, documents[2].id)
  expect((await fetch(link)).status).toBe(403)
  expect((await world.call('GET', path(id, documents[2].id))).status).toBe(404)
  expect((await world.call('GET', path(bob, documents[0].id))).status).toBe(404)
  expect(
    (await world.call('GET', path('0b0e4f4e-0000-4000-8000-000000000000', documents[0].id))).status,
  ).toBe(401)
})

test('an application may bring papers that nobody can read, and a form that is a picture', async () => {
  await using world = await brokerWorld()
  const documents = [
    { ...passport, content: 'aGVsbG8=', mime_type: 'image/png' },
    { document_type: 'w8ben', document_sub_type: 'Form W-8BEN', content: JPEG, mime_type: 'image/jpeg' },
  ]
  const { body } = await world.call('POST', '/v1/accounts', application({ documents }))
  expect(body.documents).toMatchObject([
    { document_type: 'identity_verification', id: expect.any(String) },
    { document_type: 'w8ben', mime_type: 'image/jpeg' },
  ])
  expect(body.documents[0]).not.toHaveProperty('mime_type')
})

test('an account that waits for a paper is reviewed when it comes, and opened when the review is over', async () => {
  await using world = await brokerWorld()
  const { identity } = application()
  const id = await world.activeAccount({ identity: { ...identity, family_name: 'Kyc-Identity' } })
  expect(await get(world, id)).toMatchObject({
    status: 'ACTION_REQUIRED',
    crypto_status: 'SUBMITTED',
    kyc_results: { indeterminate: { IDENTITY_VERIFICATION: {} }, summary: 'fail' },
  })
  await upload(world, id, [{ ...passport, document_sub_type: 'unreadable', content: JPEG }])
  expect((await get(world, id)).status).toBe('APPROVAL_PENDING')
  await world.advance(HOUR)
  expect((await get(world, id)).status).toBe('ACTION_REQUIRED')
  await upload(world, id, [{ ...passport, content: JPEG }])
  await world.advance(HOUR)
  expect(await get(world, id)).toMatchObject({
    status: 'APPROVED',
    kyc_results: { accept: { IDENTITY_VERIFICATION: {} }, indeterminate: {}, summary: 'pass' },
  })
  await world.advance({ seconds: 2 })
  expect(await get(world, id)).toMatchObject({ status: 'ACTIVE', crypto_status: 'ACTIVE' })
})
