import { expect, test } from 'vitest'
import { readTimetables } from './read-timetable.ts'
import { defaultTimetable, timetableOn } from './timetable.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

test('nothing said is the default', () => {
  const [table] = readTimetables({}) ?? []
  expect(table).toMatchObject({ ...defaultTimetable, from: expect.anything() })
})

test('each version holds from its day on, cut-offs and windows apart', () => {
  const tables =
    readTimetables({
      cutoffs: '13:30; 2027-03-19: 12:00 18:15',
      windows: '2027-01-04: 09:00/10:00/11:00 22:00/23:00 02:00/05:30',
    }) ?? []
  expect(timetableOn(tables, day('2026-11-20'))).toMatchObject({
    cutoffs: ['13:30'],
    windows: defaultTimetable.windows,
  })
  expect(timetableOn(tables, day('2027-01-04'))).toMatchObject({
    cutoffs: ['13:30'],
    windows: [{ deadline: '09:00', delivers: '10:00', sameDaySettles: '11:00' }, { deadline: '22:00' }],
    night: { deadline: '02:00', delivers: '05:30' },
  })
  expect(timetableOn(tables, day('2027-03-19')).cutoffs).toEqual(['12:00', '18:15'])
})

test.for([
  { cutoffs: '24:00' },
  { cutoffs: '2027-02-30: 14:00' },
  { cutoffs: '2pm' },
  { windows: '10:30/12:00' },
  { windows: '14:00/15:00 10:00/11:00 02:00/06:00' },
  { windows: '10:30-12:00 14:45/16:00 02:15/06:00' },
])('what cannot be read is refused: %j', (text) => {
  expect(readTimetables(text)).toBeUndefined()
})
