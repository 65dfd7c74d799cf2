/** A made-up firm that takes or pays money. */
export interface Merchant {
  id: string
  name: string
  /** What it is usually for: a detail of the personal finance categories. */
  category: string
  type: 'merchant' | 'financial_institution' | 'payment_app' | 'marketplace' | 'income_source'
  /** Where its shop stands; nothing for one that sells from afar. */
  place: Place | null
}

export interface Place {
  address: string
  city: string
  region: string
  postalCode: string
  lat: number
  lon: number
  storeNumber: string
}

const fernwood = (address: string, storeNumber: string): Place => ({
  address,
  city: 'Fernwood',
  region: 'OR',
  postalCode: '97001',
  lat: 45.31,
  lon: -122.61,
  storeNumber,
})
const saltby = (address: string, storeNumber: string): Place => ({
  address,
  city: 'Saltby',
  region: 'WA',
  postalCode: '98101',
  lat: 47.58,
  lon: -122.33,
  storeNumber,
})

type Row = readonly [
  id: string,
  name: string,
  category: string,
  place?: Place | undefined,
  type?: Merchant['type'],
]

const ROWS: readonly Row[] = [
  ['fennel', 'Fennel & Rye Market', 'FOOD_AND_DRINK_GROCERIES', fernwood('77 Mill Road', '204')],
  ['grocers', 'Saltby Grocers', 'FOOD_AND_DRINK_GROCERIES', saltby('9 Quay Street', '18')],
  ['heron', 'Blue Heron Coffee', 'FOOD_AND_DRINK_COFFEE', fernwood('402 Dock Street', '12')],
  ['pelican', 'Pelican Burger', 'FOOD_AND_DRINK_FAST_FOOD', saltby('31 Ferry Road', '77')],
  ['lantern', 'Lantern Noodle House', 'FOOD_AND_DRINK_RESTAURANT', fernwood('5 Lamp Lane', '1')],
  ['cellar', 'Old Cellar Wines', 'FOOD_AND_DRINK_BEER_WINE_AND_LIQUOR', saltby('12 Vine Street', '3')],
  ['cormorant', 'Cormorant Fuel', 'TRANSPORTATION_GAS', fernwood('900 Bypass Road', '341')],
  ['transit', 'Saltby Transit', 'TRANSPORTATION_PUBLIC_TRANSIT'],
  ['wheelhouse', 'Wheelhouse Rides', 'TRANSPORTATION_TAXIS_AND_RIDE_SHARES'],
  ['marsh', 'Marsh Lane Pharmacy', 'MEDICAL_PHARMACIES_AND_SUPPLEMENTS', fernwood('2 Marsh Lane', '40')],
  ['molar', 'Molar & Sons Dental', 'MEDICAL_DENTAL_CARE', saltby('14 Bridge Street', '1')],
  ['barn', 'Bargain Barn', 'GENERAL_MERCHANDISE_SUPERSTORES', fernwood('1 Barn Way', '1180')],
  ['tern', 'Tern & Co', 'GENERAL_MERCHANDISE_ONLINE_MARKETPLACES', undefined, 'marketplace'],
  [
    'thistle',
    'Thistle Clothing',
    'GENERAL_MERCHANDISE_CLOTHING_AND_ACCESSORIES',
    saltby('66 Loom Street', '9'),
  ],
  ['circuit', 'Circuit Shed', 'GENERAL_MERCHANDISE_ELECTRONICS'],
  [
    'eleven',
    'Page Eleven Books',
    'GENERAL_MERCHANDISE_BOOKSTORES_AND_NEWSSTANDS',
    saltby('11 Page Street', '2'),
  ],
  ['songbird', 'Songbird Music', 'ENTERTAINMENT_MUSIC_AND_AUDIO'],
  ['reelhouse', 'Reelhouse', 'ENTERTAINMENT_TV_AND_MOVIES'],
  ['pixel', 'Pixel Quay', 'ENTERTAINMENT_VIDEO_GAMES'],
  ['tidewater', 'Tidewater Gym', 'PERSONAL_CARE_GYMS_AND_FITNESS_CENTERS'],
  ['comb', 'Curl & Comb', 'PERSONAL_CARE_HAIR_AND_BEAUTY', fernwood('8 Salon Row', '1')],
  ['power', 'Fernwood Power', 'RENT_AND_UTILITIES_GAS_AND_ELECTRICITY'],
  ['water', 'Fernwood Water', 'RENT_AND_UTILITIES_WATER'],
  ['fiber', 'Harbor Fiber', 'RENT_AND_UTILITIES_INTERNET_AND_CABLE'],
  ['kestrel', 'Kestrel Mobile', 'RENT_AND_UTILITIES_TELEPHONE'],
  ['alder', 'Alder Property Management', 'RENT_AND_UTILITIES_RENT'],
  ['stonebridge', 'Stonebridge Insurance', 'GENERAL_SERVICES_INSURANCE'],
  ['otters', 'Little Otters Childcare', 'GENERAL_SERVICES_CHILDCARE'],
  ['wrench', 'Wrench & Ratchet', 'GENERAL_SERVICES_AUTOMOTIVE', fernwood('210 Bypass Road', '6')],
  ['university', 'Saltby University', 'GENERAL_SERVICES_EDUCATION'],
  ['quayside', 'Quayside Auto Finance', 'LOAN_PAYMENTS_CAR_PAYMENT', undefined, 'financial_institution'],
  [
    'beacon',
    'Beacon Student Loans',
    'LOAN_PAYMENTS_STUDENT_LOAN_PAYMENT',
    undefined,
    'financial_institution',
  ],
  ['larch', 'Larch Home Loans', 'LOAN_PAYMENTS_MORTGAGE_PAYMENT', undefined, 'financial_institution'],
  ['petrel', 'Petrel Air', 'TRAVEL_FLIGHTS'],
  ['seaglass', 'Seaglass Inn', 'TRAVEL_LODGING', saltby('1 Beach Road', '5')],
  ['treasury', 'US Treasury', 'GOVERNMENT_AND_NON_PROFIT_TAX_PAYMENT'],
  ['larkspur', 'Larkspur Logistics', 'INCOME_SALARY', undefined, 'income_source'],
  ['millwright', 'Millwright Dental Group', 'INCOME_SALARY', undefined, 'income_source'],
  ['copperline', 'Copperline Studio', 'INCOME_CONTRACTOR', undefined, 'income_source'],
  ['northlight', 'Northlight Media', 'INCOME_CONTRACTOR', undefined, 'income_source'],
  ['dash', 'Basket Dash', 'INCOME_GIG_ECONOMY', undefined, 'income_source'],
  ['drivers', 'Wheelhouse Drivers', 'INCOME_GIG_ECONOMY', undefined, 'income_source'],
  ['gull', 'Gull Cottage Rentals', 'INCOME_RENTAL', undefined, 'income_source'],
  ['support', 'Oregon Child Support', 'INCOME_CHILD_SUPPORT', undefined, 'income_source'],
  ['till', 'Till and Tally', 'INCOME_OTHER', undefined, 'income_source'],
  ['early', 'Earlybird Pay', 'LOAN_DISBURSEMENTS_EWA', undefined, 'financial_institution'],
  ['ledgerly', 'Ledgerly Payroll', 'GENERAL_SERVICES_ACCOUNTING_AND_FINANCIAL_PLANNING'],
  ['pocketpass', 'Pocketpass', 'TRANSFER_IN_TRANSFER_IN_FROM_APPS', undefined, 'payment_app'],
]

export const merchants: readonly Merchant[] = ROWS.map(([id, name, category, place, type]) => ({
  id,
  name,
  category,
  place: place ?? null,
  type: type ?? 'merchant',
}))

const byId = new Map(merchants.map((merchant) => [merchant.id, merchant]))

export function findMerchant(id: string): Merchant | undefined {
  return byId.get(id)
}

/** The merchant whose name stands in a text that a bank prints. */
export function recognizeMerchant(text: string): Merchant | undefined {
  const lower = text.toLowerCase()
  return merchants.find(({ name }) => lower.includes(name.toLowerCase()))
}
