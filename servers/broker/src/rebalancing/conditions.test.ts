import { expect, test } from 'vitest'
import { isOutside, lastCalendarDay, readConditions } from './conditions.ts'

const calendar = (subType: 'weekly' | 'monthly' | 'quarterly' | 'annually', day: string | number) => {
  const [condition] = readConditions([{ type: 'calendar', sub_type: subType, day }])
  if (condition?.type !== 'calendar') throw new Error('no calendar')
  return condition
}

test.for([
  // 2026-11-20 is a Friday, the 26th Thanksgiving.
  { unit: 'weekly', day: 'friday', today: '2026-11-20', last: '2026-11-20' },
  { unit: 'weekly', day: 'Friday', today: '2026-11-19', last: '2026-11-13' },
  { unit: 'weekly', day: 'Saturday', today: '2026-11-22', last: '2026-11-16' },
  { unit: 'weekly', day: 'Saturday', today: '2026-11-23', last: '2026-11-23' },
  { unit: 'weekly', day: 'Thursday', today: '2026-11-26', last: '2026-11-19' },
  { unit: 'weekly', day: 'Thursday', today: '2026-11-27', last: '2026-11-27' },
  { unit: 'monthly', day: 31, today: '2026-11-29', last: '2026-11-02' },
  { unit: 'monthly', day: '31', today: '2026-11-30', last: '2026-11-30' },
  { unit: 'monthly', day: 1, today: '2026-11-01', last: '2026-10-01' },
  { unit: 'quarterly', day: 15, today: '2026-11-20', last: '2026-10-15' },
  { unit: 'quarterly', day: 15, today: '2026-10-14', last: '2026-07-15' },
  { unit: 'quarterly', day: 1, today: '2026-01-01', last: '2025-10-01' },
  { unit: 'annually', day: '02-29', today: '2026-03-02', last: '2026-03-02' },
  { unit: 'annually', day: '02-29', today: '2024-02-29', last: '2024-02-29' },
  { unit: 'annually', day: '12-31', today: '2026-12-30', last: '2025-12-31' },
] as const)('$unit on $day was last due on $last, as seen on $today', ({ unit, day, today, last }) => {
  expect(lastCalendarDay(calendar(unit, day), Temporal.PlainDate.from(today)).toString()).toBe(last)
})

const band = (subType: 'absolute' | 'relative', percent: string) => {
  const [condition] = readConditions([{ type: 'drift_band', sub_type: subType, percent }])
  if (condition?.type !== 'drift_band') throw new Error('no band')
  return condition
}

test.for([
  { subType: 'absolute', percent: '5', value: 449_99n, isOut: true },
  { subType: 'absolute', percent: '5', value: 450_00n, isOut: true },
  { subType: 'absolute', percent: '5', value: 450_01n, isOut: false },
  { subType: 'absolute', percent: '5', value: 549_99n, isOut: false },
  { subType: 'absolute', percent: '5', value: 550_00n, isOut: true },
  { subType: 'relative', percent: '5', value: 475_01n, isOut: false },
  { subType: 'relative', percent: '5', value: 475_00n, isOut: true },
  { subType: 'relative', percent: '5', value: 525_00n, isOut: true },
] as const)(
  'half of 1,000 dollars that is worth $value cents has left a band of $percent $subType: $isOut',
  ({ subType, percent, value, isOut }) => {
    const part = { targetBp: 50_00n, valueMinor: value, wholeMinor: 1_000_00n }
    expect(isOutside(band(subType, percent), part)).toBe(isOut)
  },
)

test('nothing drifts in an empty account', () => {
  expect(isOutside(band('absolute', '5'), { targetBp: 50_00n, valueMinor: 0n, wholeMinor: 0n })).toBe(false)
})
