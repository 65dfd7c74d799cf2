import { addBankingDays, isBankingDay, newYorkDate, newYorkInstant, nextBankingDay } from '@paddock/calendar'
import { assert } from '@paddock/kernel'
import type { UsdMinor } from '@paddock/money'
import type { AchSpeed } from './ach-file.ts'

/** Wall time in New York, such as `14:45`. */
export type WallTime = string

/** Until when the operator takes files, when it answers, and when what is same-day settles (contracts/nacha/origination.md §2). */
export type OperatorWindow = {
  readonly deadline: WallTime
  readonly delivers: WallTime
  readonly sameDaySettles?: WallTime | undefined
}

/** What is in force from a day on: what the operator offers, and what we make of it. */
export type AchTimetable = {
  readonly from: Temporal.PlainDate
  /** In order of the operator's day, which begins after the night's window. */
  readonly windows: readonly OperatorWindow[]
  /** The end of the operator's day, early in the morning of the next. */
  readonly night: OperatorWindow
  /** When standard entries settle on their effective date. */
  readonly settles: WallTime
  /** When our files with standard entries are sealed. */
  readonly cutoffs: readonly WallTime[]
  /** How long before the operator's deadline a file must be at the bank: its lead time and ours. */
  readonly leadMinutes: number
  /** The most that one same-day entry may be. */
  readonly sameDayLimitMinor: UsdMinor
}

export const defaultTimetable: AchTimetable = {
  from: Temporal.PlainDate.from('2022-03-18'),
  windows: [
    { deadline: '10:30', delivers: '12:00', sameDaySettles: '13:00' },
    { deadline: '14:45', delivers: '16:00', sameDaySettles: '17:00' },
    { deadline: '16:45', delivers: '17:30', sameDaySettles: '18:00' },
    { deadline: '20:00', delivers: '22:00' },
    { deadline: '22:45', delivers: '23:30' },
  ],
  night: { deadline: '02:15', delivers: '06:00' },
  settles: '08:30',
  cutoffs: ['14:00'],
  leadMinutes: 45,
  sameDayLimitMinor: 1_000_000_00n as UsdMinor,
}

/** When a transfer leaves and settles, if nothing comes between. */
export type AchDates = {
  /** The file that takes it is sealed at this instant; until then it can be cancelled. */
  readonly cutoffAt: Temporal.Instant
  readonly settlesOn: Temporal.PlainDate
  readonly settlesAt: Temporal.Instant
}

/** The timetable of a day: the latest that was in force by then. */
export function timetableOn(versions: readonly AchTimetable[], day: Temporal.PlainDate): AchTimetable {
  const known = versions.filter(({ from }) => Temporal.PlainDate.compare(from, day) <= 0)
  const latest = known.toSorted((a, b) => Temporal.PlainDate.compare(b.from, a.from))[0] ?? versions[0]
  assert(latest !== undefined, 'there is always a timetable')
  return latest
}

/** When what is asked for at `now` leaves and settles. At a cut-off is too late for it. */
export function datesWhenAsked(
  versions: readonly AchTimetable[],
  now: Temporal.Instant,
  speed: AchSpeed,
): AchDates {
  for (let day = newYorkDate(now); ; day = nextBankingDay(day)) {
    if (!isBankingDay(day)) continue
    const table = timetableOn(versions, day)
    const found = speed === 'SAME_DAY' ? sameDayOf(table, day, now) : standardOf(versions, day, now)
    if (found !== undefined) return found
  }
}

function standardOf(
  versions: readonly AchTimetable[],
  day: Temporal.PlainDate,
  now: Temporal.Instant,
): AchDates | undefined {
  const { cutoffs } = timetableOn(versions, day)
  const cutoffAt = cutoffs
    .map((time) => at(day, time))
    .sort(Temporal.Instant.compare)
    .find((one) => Temporal.Instant.compare(now, one) < 0)
  if (cutoffAt === undefined) return undefined
  const settlesOn = nextBankingDay(day)
  return { cutoffAt, settlesOn, settlesAt: at(settlesOn, timetableOn(versions, settlesOn).settles) }
}

function sameDayOf(
  table: AchTimetable,
  day: Temporal.PlainDate,
  now: Temporal.Instant,
): AchDates | undefined {
  for (const { deadline, sameDaySettles } of table.windows) {
    if (sameDaySettles === undefined) continue
    const cutoffAt = at(day, deadline).subtract({ minutes: table.leadMinutes })
    if (Temporal.Instant.compare(now, cutoffAt) < 0) {
      return { cutoffAt, settlesOn: day, settlesAt: at(day, sameDaySettles) }
    }
  }
  return undefined
}

/** What is true of an entry that leaves now, whatever was planned for it. */
export type SendingDates = {
  readonly speed: AchSpeed
  readonly effectiveOn: Temporal.PlainDate
  readonly settlesAt: Temporal.Instant
}

/**
 * The effective date of an entry in a file that is sealed at `now`: the day itself while a same-day window
 * is open, else the banking day after the one on which the operator works on it.
 */
export function datesWhenSealed(
  versions: readonly AchTimetable[],
  now: Temporal.Instant,
  speed: AchSpeed,
): SendingDates {
  const today = newYorkDate(now)
  if (speed === 'SAME_DAY' && isBankingDay(today)) {
    const window = timetableOn(versions, today).windows.find(
      ({ deadline, sameDaySettles }) =>
        sameDaySettles !== undefined && Temporal.Instant.compare(now, at(today, deadline)) <= 0,
    )
    if (window?.sameDaySettles !== undefined) {
      return { speed, effectiveOn: today, settlesAt: at(today, window.sameDaySettles) }
    }
  }
  const effectiveOn = nextBankingDay(processingDay(versions, now))
  return {
    speed: 'STANDARD',
    effectiveOn,
    settlesAt: at(effectiveOn, timetableOn(versions, effectiveOn).settles),
  }
}

/** The operator's day on which a file is worked on that reaches it at `now`: its night belongs to the day before. */
export function processingDay(versions: readonly AchTimetable[], now: Temporal.Instant): Temporal.PlainDate {
  const today = newYorkDate(now)
  const table = timetableOn(versions, today)
  const isNight = Temporal.Instant.compare(now, at(today, table.night.deadline)) <= 0
  const day = isNight ? today.subtract({ days: 1 }) : today
  return isBankingDay(day) ? day : nextBankingDay(day)
}

/** The operator's next window that is still open at `now`: until when it takes files, and when it answers. */
export function nextWindow(
  versions: readonly AchTimetable[],
  now: Temporal.Instant,
): { deadlineAt: Temporal.Instant; deliversAt: Temporal.Instant } {
  for (let day = newYorkDate(now).subtract({ days: 1 }); ; day = day.add({ days: 1 })) {
    if (!isBankingDay(day)) continue
    const table = timetableOn(versions, day)
    const ends = [
      ...table.windows.map((window) => instantsOf(day, window)),
      instantsOf(day.add({ days: 1 }), table.night),
    ]
    const open = ends.find(({ deadlineAt }) => Temporal.Instant.compare(now, deadlineAt) <= 0)
    if (open !== undefined) return open
  }
}

/** The first time after `now` at which the operator has put new files into the drop. */
export function nextDelivery(versions: readonly AchTimetable[], now: Temporal.Instant): Temporal.Instant {
  for (let day = newYorkDate(now).subtract({ days: 1 }); ; day = day.add({ days: 1 })) {
    if (!isBankingDay(day)) continue
    const table = timetableOn(versions, day)
    const deliveries = [
      ...table.windows.map((window) => instantsOf(day, window).deliversAt),
      instantsOf(day.add({ days: 1 }), table.night).deliversAt,
    ].map((one) => one.add({ minutes: READING_DELAY_MINUTES }))
    const next = deliveries.find((one) => Temporal.Instant.compare(one, now) > 0)
    if (next !== undefined) return next
  }
}

/** Files that the operator delivers at an hour are there a little later. */
const READING_DELAY_MINUTES = 15

const instantsOf = (day: Temporal.PlainDate, { deadline, delivers }: OperatorWindow) => ({
  deadlineAt: at(day, deadline),
  deliversAt: at(day, delivers),
})

const at = (day: Temporal.PlainDate, time: WallTime) => newYorkInstant(day, Temporal.PlainTime.from(time))

/** The last banking day on which we may still dispute a return that settled on `day` (contracts/nacha/answers.md §5). */
export const lastDayToDishonor = (day: Temporal.PlainDate) => addBankingDays(day, 5)
