import { expect, test } from 'vitest'
import { legacyCategories, legacyCategoryOf } from './legacy.ts'

const byId = new Map(legacyCategories.map((category) => [category.id, category]))

test('the old list has its 602 categories under thirteen heads, in the order of their ids', () => {
  expect(legacyCategories).toHaveLength(602)
  const ids = legacyCategories.map(({ id }) => id)
  expect(new Set(ids).size).toBe(602)
  expect([...ids].sort()).toEqual(ids)
  expect(legacyCategories.filter(({ hierarchy }) => hierarchy.length === 1)).toHaveLength(13)
})

test.for([
  ['10000000', 'special', 'Bank Fees'],
  ['11000000', 'special', 'Cash Advance'],
  ['12008009', 'place', 'Community > Education > Colleges and Universities'],
  ['13005043', 'place', 'Food and Drink > Restaurants > Coffee Shop'],
  ['14002020', 'place', 'Healthcare > Physicians > Anesthesiologists'],
  ['17048000', 'place', 'Recreation > Zoo'],
  ['18003000', 'place', 'Service > Art Restoration'],
  ['18024027', 'place', 'Service > Home Improvement > Architects'],
  ['18068005', 'place', 'Service > Utilities > Electric'],
  ['18074000', 'place', 'Service > Art and Graphic Design'],
  ['19019000', 'digital', 'Shops > Digital Purchase'],
  ['19054000', 'place', 'Shops > Lawn and Garden'],
  ['21010011', 'special', 'Transfer > Third Party > Plaid'],
  ['22018000', 'place', 'Travel > Transportation Centers'],
] as const)('%s is %s: %s', ([id, group, path]) => {
  expect(byId.get(id)).toEqual({ id, group, hierarchy: path.split(' > ') })
})

test('a personal finance category has its place in the old list', () => {
  expect(legacyCategoryOf('FOOD_AND_DRINK_COFFEE')?.id).toBe('13005043')
  expect(legacyCategoryOf('TRANSPORTATION_TAXIS_AND_RIDE_SHARES')?.id).toBe('22006001')
})
