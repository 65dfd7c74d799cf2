import { CountryCode, Products } from 'plaid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PLATYPUS } from '../../../servers/bank/test/linking.ts'
import { refusalOf } from '../../../servers/bank/test/refusal.ts'
import { type BankTarget, openBank } from './support/bank-target.ts'

let bank: BankTarget
const country_codes = [CountryCode.Us]

beforeAll(async () => {
  bank = await openBank()
})
afterAll(() => bank[Symbol.asyncDispose]())

test('a page of three institutions from the fifth on has three rows', async () => {
  const { data } = await bank.plaid.institutionsGet({ count: 3, offset: 4, country_codes })
  expect(data.institutions).toHaveLength(3)
  expect(data.total).toBeGreaterThan(7)
  const { data: longer } = await bank.plaid.institutionsGet({ count: 7, offset: 0, country_codes })
  expect(longer.institutions.slice(4)).toEqual(data.institutions)
})

test('address, colour and logo are there only when asked for, and then on every row', async () => {
  const page = { count: 3, offset: 4, country_codes }
  const { data: bare } = await bank.plaid.institutionsGet(page)
  for (const row of bare.institutions) {
    for (const name of ['url', 'primary_color', 'logo']) expect(row).not.toHaveProperty(name)
  }
  const options = { include_optional_metadata: true }
  const { data: dressed } = await bank.plaid.institutionsGet({ ...page, options })
  for (const { url, primary_color, logo } of dressed.institutions) {
    expect(url).toMatch(/^https?:/)
    expect(primary_color).toMatch(/^#[0-9a-f]{6}$/i)
    expect(logo).toMatch(/^iVBORw0KGgo/)
  }
})

test('an institution is found by its name and by its id, with null for the products', async () => {
  for (const query of ['platypus', PLATYPUS]) {
    const { data } = await bank.plaid.institutionsSearch({ query, country_codes, products: null })
    expect(data.institutions.length).toBeLessThanOrEqual(10)
    expect(data.institutions.map(({ institution_id }) => institution_id)).toContain(PLATYPUS)
  }
  const { data } = await bank.plaid.institutionsSearch({
    query: 'first',
    country_codes,
    products: [Products.Transactions],
  })
  for (const { products } of data.institutions) expect(products).toContain('transactions')
})

test('ins_109508 is First Platypus Bank, and an unknown id is INVALID_INSTITUTION', async () => {
  const { data } = await bank.plaid.institutionsGetById({
    institution_id: PLATYPUS,
    country_codes,
    options: { include_optional_metadata: true, include_status: true },
  })
  expect(data.institution.name).toBe('First Platypus Bank')
  for (const wrong of [
    { institution_id: 'ins_0', country_codes },
    { institution_id: PLATYPUS, country_codes: [CountryCode.Fr] },
  ]) {
    expect(await refusalOf(bank.plaid.institutionsGetById(wrong))).toMatchObject({
      status: 400,
      type: 'INVALID_INPUT',
      code: 'INVALID_INSTITUTION',
    })
  }
})
