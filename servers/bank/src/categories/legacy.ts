import { type TopLevel, topLevels } from './legacy-list.ts'

/** A category of the vendor's first list: an id of eight digits, its group and its path. */
export interface LegacyCategory {
  id: string
  group: 'place' | 'special' | 'digital'
  hierarchy: readonly string[]
}

/** The one category of things without a place that is not a matter between banks. */
const DIGITAL = '19019000'

export const legacyCategories: readonly LegacyCategory[] = topLevels.flatMap(withAllBelow)

function withAllBelow(top: TopLevel): LegacyCategory[] {
  const idOf = (second: number, third: number) => {
    const [middle, end] = [second, third].map((part) => part.toString().padStart(3, '0'))
    return `${top.number}${middle}${end}`
  }
  const rows: LegacyCategory[] = [{ id: idOf(0, 0), group: top.group, hierarchy: [top.name] }]
  let [second, third, name] = [0, 0, '']
  for (const line of top.below.split('\n').slice(1)) {
    const isThird = line.startsWith(' ')
    if (!isThird) [second, third, name] = [second + 1, 0, line]
    if (line === '-') continue
    for (const word of isThird ? line.trim().split('; ') : [undefined]) {
      if (word !== undefined) third += 1
      const id = idOf(second, third)
      const hierarchy = [top.name, name, ...(word === undefined ? [] : [word])]
      rows.push({ id, group: id === DIGITAL ? 'digital' : top.group, hierarchy })
    }
  }
  return rows
}

const byId = new Map(legacyCategories.map((category) => [category.id, category]))

/** Where the start of a personal finance category lies in the old list; the longest start counts. */
const legacyIds: Readonly<Record<string, string>> = {
  BANK_FEES: '10000000',
  BANK_FEES_ATM_FEES: '10002000',
  BANK_FEES_INTEREST_CHARGE: '15002000',
  BANK_FEES_LATE_FEES: '10003000',
  BANK_FEES_OVERDRAFT_FEES: '10001000',
  ENTERTAINMENT: '17001000',
  ENTERTAINMENT_MUSIC_AND_AUDIO: '18061000',
  ENTERTAINMENT_TV_AND_MOVIES: '18061000',
  ENTERTAINMENT_VIDEO_GAMES: '19019000',
  FOOD_AND_DRINK: '13005000',
  FOOD_AND_DRINK_COFFEE: '13005043',
  FOOD_AND_DRINK_FAST_FOOD: '13005032',
  FOOD_AND_DRINK_GROCERIES: '19047000',
  GENERAL_MERCHANDISE: '19000000',
  GENERAL_MERCHANDISE_CLOTHING_AND_ACCESSORIES: '19012000',
  GENERAL_MERCHANDISE_ELECTRONICS: '19013000',
  GENERAL_SERVICES: '18000000',
  GENERAL_SERVICES_INSURANCE: '18030000',
  GOVERNMENT_AND_NON_PROFIT: '12000000',
  GOVERNMENT_AND_NON_PROFIT_TAX_PAYMENT: '20002000',
  HOME_IMPROVEMENT: '19000000',
  INCOME: '21007000',
  INCOME_INTEREST_EARNED: '15001000',
  INCOME_SALARY: '21009000',
  INCOME_TAX_REFUND: '20001000',
  LOAN_DISBURSEMENTS: '21007000',
  LOAN_PAYMENTS: '16003000',
  LOAN_PAYMENTS_CREDIT_CARD_PAYMENT: '16001000',
  MEDICAL: '14001000',
  MEDICAL_PHARMACIES_AND_SUPPLEMENTS: '19043000',
  OTHER: '21000000',
  PERSONAL_CARE: '18045000',
  PERSONAL_CARE_GYMS_AND_FITNESS_CENTERS: '17018000',
  RENT_AND_UTILITIES: '18068000',
  RENT_AND_UTILITIES_GAS_AND_ELECTRICITY: '18068005',
  RENT_AND_UTILITIES_INTERNET_AND_CABLE: '18031000',
  RENT_AND_UTILITIES_RENT: '16002000',
  RENT_AND_UTILITIES_TELEPHONE: '18063000',
  RENT_AND_UTILITIES_WATER: '18068001',
  TRANSFER_IN: '21005000',
  TRANSFER_IN_ACCOUNT_TRANSFER: '21001000',
  TRANSFER_IN_DEPOSIT: '21007000',
  TRANSFER_IN_SAVINGS: '21001000',
  TRANSFER_OUT: '21006000',
  TRANSFER_OUT_ACCOUNT_TRANSFER: '21001000',
  TRANSFER_OUT_SAVINGS: '21001000',
  TRANSFER_OUT_WITHDRAWAL: '21012002',
  TRANSPORTATION: '22000000',
  TRANSPORTATION_GAS: '22009000',
  TRANSPORTATION_PARKING: '22013000',
  TRANSPORTATION_PUBLIC_TRANSIT: '22014000',
  TRANSPORTATION_TAXIS_AND_RIDE_SHARES: '22006001',
  TRAVEL: '22000000',
  TRAVEL_FLIGHTS: '22001000',
  TRAVEL_LODGING: '22012003',
}

const starts = Object.keys(legacyIds).sort((a, b) => b.length - a.length)

export function legacyCategoryOf(detailed: string): LegacyCategory | undefined {
  const start = starts.find((one) => detailed === one || detailed.startsWith(`${one}_`))
  return start === undefined ? undefined : byId.get(legacyIds[start] ?? '')
}
