import { assert } from '@paddock/kernel'
import { expect, test } from 'vitest'
import { findInstitution, institutions } from '../institutions/catalog.ts'
import { overridesOf } from './custom-inflows.ts'
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

test('numbers abroad, owners and payroll are what the JSON says, and what it leaves out is filled in', () => {
  const [cash, payroll] = read({
    override_accounts: [
      {
        numbers: {
          account: '12345678',
          eft_institution: '010',
          eft_branch: '00012',
          international_iban: 'GB33BUKB20201555555555',
          international_bic: 'BUKBGB22',
          bacs_sort_code: '040004',
        },
        identity: {
          names: ['Ada Lark'],
          emails: [{ data: 'ada@example.com', primary: true, type: 'primary' }],
          phone_numbers: [],
        },
      },
      { type: 'payroll' },
    ],
  })
  expect(cash?.numbers).toMatchObject({
    ach: { account: '12345678' },
    eft: { account: '12345678', institution: '010', branch: '00012' },
    international: { iban: 'GB33BUKB20201555555555', bic: 'BUKBGB22' },
    bacs: { account: '12345678', sortCode: '040004' },
  })
  expect(cash?.owners[0]).toMatchObject({ names: ['Ada Lark'], emails: [{ data: 'ada@example.com' }] })
  expect(cash?.owners[0]?.phone_numbers).toHaveLength(3)
  expect(payroll).toMatchObject({ type: 'other', subtype: 'payroll', numbers: null })
})

test.for([
  ['no json', 'must be the JSON of a custom user'],
  ['{"override_accounts":[{},{"meta":{"mask":"12345"}}]}', 'override_accounts.1.meta.mask: '],
  ['{"override_accounts":[{"starting_balance":1.005}]}', 'override_accounts.0.starting_balance: '],
  ['{"override_accounts":[{"numbers":{"international_bic":"BUKBGB22"}}]}', 'override_accounts.0.numbers: '],
  ['{"override_accounts":[{"transactions":[{"amount":1}]}]}', 'override_accounts.0.transactions.0.'],
  ['{"recaptcha":"so so"}', 'recaptcha: '],
] as const)('%s is refused where it is wrong: %s', ([password, problem]) => {
  try {
    customAccounts(bank(), readCustomUser(password))
    expect.unreachable()
  } catch (error) {
    expect((error as { details: { problem: string } }).details.problem).toContain(problem)
  }
})

const openedOn = Temporal.PlainDate.from('2026-11-20')
const modelled = (inflow_model: object, more: object = {}) =>
  overridesOf(readCustomUser(JSON.stringify({ override_accounts: [{ ...more, inflow_model }] })), openedOn)

test('an income of each month is paid two years back and two years on, a debt in the past only', () => {
  const income = modelled({ type: 'monthly-income', income_amount: 2500.5, payment_day_of_month: 'last' })
  expect(income).toHaveLength(49)
  expect(income[24]).toEqual({
    position: 0,
    name: 'PAYCHECK',
    amountMinor: '250050',
    authorizedOn: '2026-11-30',
    postedOn: '2026-11-30',
    isModel: true,
  })
  expect(income[3]?.postedOn).toBe('2025-02-28')
  const card = { type: 'credit', starting_balance: 1200, liability: { type: 'credit', purchase_apr: 20 } }
  const whole = modelled({ type: 'monthly-balance-payment', payment_day_of_month: 21 }, card)
  expect(whole.at(-1)).toMatchObject({ amountMinor: '120000', postedOn: '2026-10-21' })
  const interest = modelled({ type: 'monthly-interest-only-payment', payment_day_of_month: 3 }, card)
  expect(interest.at(-1)).toMatchObject({ amountMinor: '2000', postedOn: '2026-11-03' })
  expect(modelled({ type: 'none' })).toEqual([])
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
