import { CountryCode, Products } from 'plaid'
import { expect, test } from 'vitest'
import { bankWith } from './bank-with.ts'
import { refusalOf } from './refusal.ts'

const country_codes = [CountryCode.Us]

test('banks are listed by page, country, product and routing number', async () => {
  await using bank = await bankWith()
  const { data } = await bank.client.institutionsGet({ count: 3, offset: 4, country_codes })
  expect(data.institutions).toHaveLength(3)
  expect(data.total).toBeGreaterThanOrEqual(10)
  for (const institution of data.institutions) {
    expect(institution.country_codes).toEqual(['US'])
    for (const key of ['url', 'logo', 'primary_color', 'status']) expect(institution).not.toHaveProperty(key)
  }

  const all = await bank.client.institutionsGet({
    count: 500,
    offset: 0,
    country_codes: Object.values(CountryCode),
  })
  const countries = new Set(all.data.institutions.flatMap((institution) => institution.country_codes))
  expect([...countries].sort()).toEqual(['CA', 'DE', 'ES', 'FR', 'GB', 'IE', 'NL', 'US'])

  const investing = await bank.client.institutionsGet({
    count: 500,
    offset: 0,
    country_codes,
    options: { products: [Products.Investments, Products.Auth] },
  })
  expect(investing.data.total).toBeLessThan(data.total)

  const routed = await bank.client.institutionsGet({
    count: 5,
    offset: 0,
    country_codes,
    options: { routing_numbers: ['011401533'] },
  })
  expect(routed.data.institutions.map(({ name }) => name)).toEqual(['First Platypus Bank'])
})

test('a bank is found by its id, in its own country only, with the parts that were asked for', async () => {
  await using bank = await bankWith()
  const { data } = await bank.client.institutionsGetById({
    institution_id: 'ins_109508',
    country_codes,
    options: { include_optional_metadata: true, include_status: true, include_auth_metadata: true },
  })
  expect(data.institution).toMatchObject({
    name: 'First Platypus Bank',
    primary_color: '#1f6f4a',
    oauth: false,
    status: { auth: { status: 'HEALTHY' } },
    auth_metadata: { supported_methods: { instant_auth: true } },
  })
  const logo = Buffer.from(data.institution.logo ?? '', 'base64')
  expect(logo.subarray(1, 4).toString()).toBe('PNG')

  for (const [institution_id, country] of [
    ['ins_109508', CountryCode.Ca],
    ['ins_0', CountryCode.Us],
  ] as const) {
    const call = bank.client.institutionsGetById({ institution_id, country_codes: [country] })
    expect(await refusalOf(call)).toMatchObject({ status: 400, code: 'INVALID_INSTITUTION' })
  }
})

test('search finds names, parts of names and ids, best match first', async () => {
  await using bank = await bankWith()
  const names = async (query: string) => {
    const { data } = await bank.client.institutionsSearch({ query, country_codes, products: null as never })
    return data.institutions.map(({ name }) => name)
  }
  expect((await names('first platypus bank'))[0]).toBe('First Platypus Bank')
  expect(await names('ins_109511')).toEqual(['Tartan Bank'])
  expect(await names('TARTAN')).toEqual(['Tartan Bank'])
  expect((await names('plat')).length).toBe(6)
  expect((await names('bank')).length).toBeLessThanOrEqual(10)
  expect(await names('no such bank')).toEqual([])
})
