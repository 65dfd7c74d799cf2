import type { Institution } from '../institutions/institution.ts'
import { numbersAt } from './account-numbers.ts'
import { type DraftAccount, isPayable, type Owner } from './draft-account.ts'

/** name, official name, mask, type, subtype, current, available, limit (cents), holder */
type Row = readonly [
  string,
  string | null,
  string,
  DraftAccount['type'],
  string,
  bigint,
  bigint | null,
  bigint | null,
  ('personal' | 'business')?,
]

/**
 * The accounts of `user_good`: kinds, masks and balances of the vendor's sandbox, names of our own
 * (contracts/plaid/sandbox.md). Whole cents: the vendor's 401k has two decimals more.
 */
const ROWS: readonly Row[] = [
  [
    'Everyday Checking',
    'Platypus Everyday Checking',
    '0000',
    'depository',
    'checking',
    110_00n,
    100_00n,
    null,
  ],
  [
    'Rainy Day Savings',
    'Platypus Rainy Day Savings',
    '1111',
    'depository',
    'savings',
    210_00n,
    200_00n,
    null,
  ],
  ['Twelve-Month Certificate', null, '2222', 'depository', 'cd', 1000_00n, null, null],
  ['Rewards Card', null, '3333', 'credit', 'credit card', 410_00n, null, 2000_00n],
  ['Money Market', 'Platypus Money Market', '4444', 'depository', 'money market', 43200_00n, 43200_00n, null],
  ['Individual Retirement Account', null, '5555', 'investment', 'ira', 320_76n, null, null],
  ['Workplace 401k', null, '6666', 'investment', '401k', 23631_98n, null, null],
  ['Student Loan', null, '7777', 'loan', 'student', 65262_00n, null, null],
  ['Home Mortgage', null, '8888', 'loan', 'mortgage', 56302_06n, null, null],
  ['Health Savings', null, '9001', 'depository', 'hsa', 6009_00n, 6009_00n, null],
  ['Cash Management', null, '9002', 'depository', 'cash management', 12060_00n, 12060_00n, null],
  ['Business Card', null, '9999', 'credit', 'credit card', 5020_00n, 4980_00n, 10000_00n, 'business'],
]

/** The account number of `user_good` without its last four digits, which are the mask. */
const STEM = '111122223333'

const phone = (data: string, primary: boolean, type: 'home' | 'work' | 'mobile') => ({ data, primary, type })
const email = (name: string, primary: boolean, type: 'primary' | 'secondary' | 'other') => ({
  data: `${name}@example.com`,
  primary,
  type,
})

export const defaultOwner: Owner = {
  names: ['Nora Quill'],
  phone_numbers: [
    phone('+12065550142', false, 'home'),
    phone('+12065550143', false, 'work'),
    phone('+12065550144', true, 'mobile'),
  ],
  emails: [
    email('nora.quill', true, 'primary'),
    email('n.quill', false, 'secondary'),
    email('quill.family', false, 'other'),
  ],
  addresses: [
    {
      data: { street: '18 Larch Lane', city: 'Fernwood', region: 'OR', postal_code: '97001', country: 'US' },
      primary: true,
    },
    {
      data: { street: '402 Harbor Road', city: 'Saltby', region: 'WA', postal_code: '98101', country: 'US' },
      primary: false,
    },
  ],
}

export function defaultAccounts(institution: Institution): DraftAccount[] {
  return ROWS.map(
    ([name, officialName, mask, type, subtype, currentMinor, availableMinor, limitMinor, holder]) => ({
      name,
      officialName,
      mask,
      type,
      subtype,
      holderCategory: holder ?? 'personal',
      currency: institution.currency,
      currentMinor,
      availableMinor,
      limitMinor,
      numbers: isPayable({ type, subtype }) ? numbersAt(institution, `${STEM}${mask}`) : null,
      owners: [defaultOwner],
    }),
  )
}
