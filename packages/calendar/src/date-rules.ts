/** Monday is 1 and Sunday 7, as ISO 8601 and Temporal count. */
const MONDAY = 1
const THURSDAY = 4
const SATURDAY = 6
const SUNDAY = 7

export function day(year: number, month: number, dayOfMonth: number): Temporal.PlainDate {
  return Temporal.PlainDate.from({ year, month, day: dayOfMonth })
}

export function nthMonday(year: number, month: number, nth: number): Temporal.PlainDate {
  return nthWeekday(year, month, MONDAY, nth)
}

export function lastMonday(year: number, month: number): Temporal.PlainDate {
  const first = day(year, month, 1)
  const last = first.with({ day: first.daysInMonth })
  return last.subtract({ days: last.dayOfWeek - MONDAY })
}

/** The fourth Thursday of November; a fifth one does not count. */
export function thanksgiving(year: number): Temporal.PlainDate {
  return nthWeekday(year, 11, THURSDAY, 4)
}

/** The Friday before Easter Sunday. */
export function goodFriday(year: number): Temporal.PlainDate {
  return easterSunday(year).subtract({ days: 2 })
}

/** Gregorian Easter, by the anonymous computus that Meeus prints (Astronomical Algorithms, ch. 8). */
export function easterSunday(year: number): Temporal.PlainDate {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const yearOfCentury = year % 100
  const lunarCorrection = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * golden + century - Math.floor(century / 4) - lunarCorrection + 15) % 30
  const toSunday =
    (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451)
  const ordinal = epact + toSunday - 7 * late + 114
  return day(year, Math.floor(ordinal / 31), (ordinal % 31) + 1)
}

export function isSaturday(date: Temporal.PlainDate): boolean {
  return date.dayOfWeek === SATURDAY
}

export function isSunday(date: Temporal.PlainDate): boolean {
  return date.dayOfWeek === SUNDAY
}

export function isWeekend(date: Temporal.PlainDate): boolean {
  return isSaturday(date) || isSunday(date)
}

function nthWeekday(year: number, month: number, weekday: number, nth: number): Temporal.PlainDate {
  const first = day(year, month, 1)
  return first.add({ days: ((weekday - first.dayOfWeek + 7) % 7) + 7 * (nth - 1) })
}
