/** A calendar day without a clock. `month` from 1. */
export interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

const DAY_MS = 86_400_000
const toMs = ({ year, month, day }: Day) => Date.UTC(year, month - 1, day)

function fromMs(ms: number): Day {
  const date = new Date(ms)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/** Reads YYMMDD of this century; undefined when there is no such day. */
export function readDay(text: string): Day | undefined {
  if (!/^\d{6}$/.test(text)) return undefined
  const day = {
    year: 2000 + Number(text.slice(0, 2)),
    month: Number(text.slice(2, 4)),
    day: Number(text.slice(4)),
  }
  const back = fromMs(toMs(day))
  return back.month === day.month && back.day === day.day ? day : undefined
}

export function writeDay({ year, month, day }: Day): string {
  return [year % 100, month, day].map((part) => String(part).padStart(2, '0')).join('')
}

export const daysBetween = (from: Day, to: Day): number => Math.round((toMs(to) - toMs(from)) / DAY_MS)

export const addDays = (day: Day, count: number): Day => fromMs(toMs(day) + count * DAY_MS)

const weekday = (day: Day) => new Date(toMs(day)).getUTCDay()

/** Day of month of the n-th Monday and the like; `n` of -1 is the last. */
function nthWeekday(year: number, month: number, wanted: number, n: number): number {
  if (n === -1) {
    const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
    return last - ((weekday({ year, month, day: last }) - wanted + 7) % 7)
  }
  return 1 + ((wanted - weekday({ year, month, day: 1 }) + 7) % 7) + (n - 1) * 7
}

/** Holidays with a date of their own; on a Sunday the Monday after is closed, on a Saturday nothing is. */
const FIXED = ['1-1', '6-19', '7-4', '11-11', '12-25']
/** Month, weekday (1 is Monday), which one: King, Presidents, Memorial, Labor, Columbus, Thanksgiving. */
const MOVING = [
  [1, 1, 3],
  [2, 1, 3],
  [5, 1, -1],
  [9, 1, 1],
  [10, 1, 2],
  [11, 4, 4],
] as const

/** Whether the operators settle on that day (contracts/nacha/files.md §6). */
export function isBankingDay(day: Day): boolean {
  const week = weekday(day)
  if (week === 0 || week === 6) return false
  const isFixed = (one: Day) => FIXED.includes(`${one.month}-${one.day}`)
  if (isFixed(day) || (week === 1 && isFixed(addDays(day, -1)))) return false
  return !MOVING.some(
    ([month, wanted, n]) => month === day.month && nthWeekday(day.year, month, wanted, n) === day.day,
  )
}

/** The `count`-th banking day after `day`. */
export function addBankingDays(day: Day, count: number): Day {
  let at = day
  for (let left = count; left > 0; ) {
    at = addDays(at, 1)
    if (isBankingDay(at)) left -= 1
  }
  return at
}

/** The date of a settlement day: a day of the year near the creation of the file, perhaps of the last year. */
export function settlementDateOf(dayOfYear: string, createdOn: Day): Day | undefined {
  if (!/^\d{3}$/.test(dayOfYear) || dayOfYear === '000' || Number(dayOfYear) > 366) return undefined
  const of = (year: number) => addDays({ year, month: 1, day: 1 }, Number(dayOfYear) - 1)
  const near = [createdOn.year, createdOn.year - 1, createdOn.year + 1].map(of)
  return near.find((day) => Math.abs(daysBetween(createdOn, day)) <= 183)
}
