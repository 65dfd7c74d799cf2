import { assert } from '@paddock/kernel'
import { expect, test } from 'vitest'
import { findInstitution, institutions } from '../institutions/catalog.ts'
import { customAccounts, readCustomUser } from './custom-user.ts'
import { defaultAccounts } from './default-user.ts'
import { isPayable } from './draft-account.ts'

function bank(id = 'ins_109508') {
  const institution = findInstitution(id)
  assert(institution !== undefined)
  return institution
}

const read = (user: unknown) => customAccounts(bank(), readCustomUser(JSON.stringify(user)))

test('a custom checking account has its own balance, name, mask and a number that ends in the mask', () => {
  const [account] = read({
    override_accounts: [
      {
        type: 'depository',
        subtype: 'checking',
        starting_balance: 25000.5,
        meta: { name: 'Ada', mask: '4321' },
      },
    ],
  })
  expect(account).toMatchObject({
    name: 'Ada',
    mask: '4321',
    currentMinor: 25_000_50n,
    availableMinor: 25_000_50n,
    currency: 'USD',
  })
  expect(account?.numbers?.ach?.account).toMatch(/^\d{8}4321$/)
})

test('the same seed gives the same numbers, another seed others', () => {
  const numberWith = (seed: string) => read({ seed, override_accounts: [{}] })[0]?.numbers?.ach?.account
  expect(numberWith('a')).toBe(numberWith('a'))
  expect(numberWith('a')).not.toBe(numberWith('b'))
})

test('without a seed, users that differ in anything have different numbers', () => {
  const numberWith = (starting_balance: number) =>
    read({ override_accounts: [{ starting_balance }] })[0]?.numbers?.ach?.account
  expect(numberWith(5)).toBe(numberWith(5))
  expect(numberWith(5)).not.toBe(numberWith(6))
})

test('unknown keys are let through, as in the samples', () => {
  const [account] = read({ version: 2, mfa: {}, override_accounts: [{ transactions: [], holdings: [] }] })
  expect(account?.currentMinor).toBe(1000_00n)
})

test.for([
  'no json',
  '[]',
  '{"override_accounts":[{"starting_balance":"5"}]}',
  '{"override_accounts":[{"starting_balance":1.005}]}',
  '{"override_accounts":[{"starting_balance":1e300}]}',
  '{"override_accounts":[{"starting_balance":1e-7}]}',
  '{"override_accounts":[{"type":"boat"}]}',
  '{"override_accounts":[{"numbers":{"account":"12 34"}}]}',
  '{"override_accounts":[{"meta":{"mask":"12345"}}]}',
])('%s is no custom user', (password) => {
  expect(() => customAccounts(bank(), readCustomUser(password))).toThrowError('custom_user_unreadable')
})

test('at every bank the payable accounts have numbers of the country that end in the mask, the others none', () => {
  for (const institution of institutions) {
    for (const account of defaultAccounts(institution)) {
      const { ach, eft, international, bacs } = account.numbers ?? {}
      const numbers = [ach?.account, eft?.account, international?.iban, bacs?.account].filter(
        (number) => number !== undefined,
      )
      expect(numbers.length > 0, `${institution.id} ${account.mask}`).toBe(isPayable(account))
      for (const number of numbers) expect(number.endsWith(account.mask)).toBe(true)
    }
  }
})

test.for([
  ['ins_900014', 18],
  ['ins_900015', 22],
  ['ins_900011', 27],
  ['ins_900012', 24],
  ['ins_900013', 22],
  ['ins_117650', 22],
] as const)('the IBANs of %s have %i letters and digits, and leave 1 when divided by 97', ([id, length]) => {
  const iban = defaultAccounts(bank(id))[0]?.numbers?.international?.iban ?? ''
  expect(iban).toHaveLength(length)
  const moved = `${iban.slice(4)}${iban.slice(0, 4)}`
  const digits = [...moved].map((letter) => Number.parseInt(letter, 36)).join('')
  expect(BigInt(digits) % 97n).toBe(1n)
})
