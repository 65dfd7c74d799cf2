export type CorrectedField =
  | 'accountNumber'
  | 'routingNumber'
  | 'transactionCode'
  | 'name'
  | 'individualId'
  | 'foreignBankId'
  | 'secCode'

export interface ChangeReason {
  readonly code: string
  readonly meaning: string
  /** Where the right values stand in the corrected data, from 1 (contracts/nacha/codes.md §4). */
  readonly places: readonly {
    readonly field: CorrectedField
    readonly start: number
    readonly width: number
  }[]
  /** Retired or about more than one account: for a person. */
  readonly manual: boolean
}

const place = (field: CorrectedField, start: number, width: number) => ({ field, start, width })

const rows: readonly ChangeReason[] = [
  { code: 'C01', meaning: 'account number', places: [place('accountNumber', 1, 17)], manual: false },
  { code: 'C02', meaning: 'routing number', places: [place('routingNumber', 1, 9)], manual: false },
  {
    code: 'C03',
    meaning: 'routing number and account number',
    places: [place('routingNumber', 1, 9), place('accountNumber', 13, 17)],
    manual: false,
  },
  { code: 'C04', meaning: 'name', places: [place('name', 1, 22)], manual: false },
  { code: 'C05', meaning: 'transaction code', places: [place('transactionCode', 1, 2)], manual: false },
  {
    code: 'C06',
    meaning: 'account number and transaction code',
    places: [place('accountNumber', 1, 17), place('transactionCode', 21, 2)],
    manual: false,
  },
  {
    code: 'C07',
    meaning: 'routing number, account number and transaction code',
    places: [place('routingNumber', 1, 9), place('accountNumber', 10, 17), place('transactionCode', 27, 2)],
    manual: false,
  },
  {
    code: 'C08',
    meaning: 'identification of the foreign bank',
    places: [place('foreignBankId', 1, 34)],
    manual: false,
  },
  {
    code: 'C09',
    meaning: 'identification of the individual',
    places: [place('individualId', 1, 22)],
    manual: false,
  },
  { code: 'C10', meaning: 'company name (retired)', places: [], manual: true },
  { code: 'C11', meaning: 'company identification (retired)', places: [], manual: true },
  { code: 'C12', meaning: 'company name and identification (retired)', places: [], manual: true },
  { code: 'C13', meaning: 'format of the addenda', places: [], manual: false },
  { code: 'C14', meaning: 'should have been international', places: [place('secCode', 1, 3)], manual: true },
]

export const changeCodes: ReadonlyMap<string, ChangeReason> = new Map(rows.map((row) => [row.code, row]))

/** Why a notification of change is refused. */
export const refusalCodes: ReadonlyMap<string, string> = new Map([
  ['C61', 'it went to the wrong bank'],
  ['C62', 'trace number wrong'],
  ['C63', 'company identification wrong'],
  ['C64', 'identification of the individual wrong'],
  ['C65', 'corrected data not in their form'],
  ['C66', 'discretionary data wrong'],
  ['C67', 'routing number is not that of the original entry'],
  ['C68', 'account number is not that of the original entry'],
  ['C69', 'transaction code wrong'],
])
