import { isTradingDay } from '@paddock/calendar'
import { RebalancingRejected } from './rebalancing.ts'
import { formatPercent, readPercent } from './weights.ts'

/** When an account that follows a portfolio is brought back to its weights. */
export type Condition =
  | { readonly type: 'drift_band'; readonly subType: 'absolute' | 'relative'; readonly bandBp: bigint }
  | { readonly type: 'calendar'; readonly subType: CalendarUnit; readonly day: string }

export type CalendarUnit = 'weekly' | 'monthly' | 'quarterly' | 'annually'

export type ConditionRequest = {
  readonly type: 'drift_band' | 'calendar'
  readonly sub_type: 'absolute' | 'relative' | CalendarUnit
  readonly percent?: string | null | undefined
  readonly day?: string | number | null | undefined
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** Reads conditions, or says what is wrong with them: any number of bands, one calendar at most. */
export function readConditions(requests: readonly ConditionRequest[]): Condition[] {
  const conditions = requests.map(readCondition)
  if (conditions.filter(({ type }) => type === 'calendar').length > 1) {
    throw invalid('only one calendar condition is allowed')
  }
  return conditions
}

function readCondition({ type, sub_type: subType, percent, day }: ConditionRequest): Condition {
  if (type === 'drift_band') {
    if (subType !== 'absolute' && subType !== 'relative') {
      throw invalid('the sub_type of a drift_band must be absolute or relative')
    }
    if (day != null && day !== '') throw invalid('a drift_band has no day')
    const bandBp = readPercent(percent ?? '')
    if (bandBp === undefined) throw invalid('a drift_band needs a percent above 0 with at most 2 decimals')
    return { type, subType, bandBp }
  }
  if (subType === 'absolute' || subType === 'relative') {
    throw invalid('the sub_type of a calendar must be weekly, monthly, quarterly or annually')
  }
  if (percent != null) throw invalid('a calendar has no percent')
  const read = readDay(subType, String(day ?? ''))
  if (read === undefined) throw invalid(`day is not suitable for ${subType}`)
  return { type, subType, day: read }
}

function readDay(unit: CalendarUnit, day: string): string | undefined {
  if (unit === 'weekly') return WEEKDAYS.find((name) => name.toLowerCase() === day.toLowerCase())
  if (unit === 'annually') return isMonthDay(day) ? day : undefined
  return /^\d{1,2}$/.test(day) && Number(day) >= 1 && Number(day) <= 31 ? String(Number(day)) : undefined
}

/** In a leap year: the 29th of February is the 28th in the others. */
function isMonthDay(text: string): boolean {
  const [, month, day] = /^(\d{2})-(\d{2})$/.exec(text) ?? []
  if (month === undefined || day === undefined) return false
  try {
    Temporal.PlainDate.from({ year: 2000, month: Number(month), day: Number(day) }, { overflow: 'reject' })
    return true
  } catch {
    return false
  }
}

/**
 * The latest day, not after `today`, on which the calendar asked for a run. What falls on a day without trading
 * is due on the next one with it.
 */
export function lastCalendarDay(
  { subType, day }: Condition & { type: 'calendar' },
  today: Temporal.PlainDate,
): Temporal.PlainDate {
  // The present period's day, when adjusted, may still lie ahead, and that of the one before may as well.
  for (let back = 0; ; back += 1) {
    const due = nextTrading(dayOfPeriod(subType, day, today, back))
    if (Temporal.PlainDate.compare(due, today) <= 0) return due
  }
}

function dayOfPeriod(
  unit: CalendarUnit,
  day: string,
  today: Temporal.PlainDate,
  back: number,
): Temporal.PlainDate {
  if (unit === 'weekly') {
    const monday = today.subtract({ days: today.dayOfWeek - 1 + 7 * back })
    return monday.add({ days: WEEKDAYS.indexOf(day) })
  }
  if (unit === 'annually') {
    const [month, date] = day.split('-').map(Number)
    return Temporal.PlainDate.from({ year: today.year - back, month: month ?? 1, day: date ?? 1 })
  }
  const first = today.with({ day: 1 })
  const start =
    unit === 'monthly'
      ? first.subtract({ months: back })
      : first.subtract({ months: ((today.month - 1) % 3) + 3 * back })
  return start.with({ day: Number(day) })
}

function nextTrading(date: Temporal.PlainDate): Temporal.PlainDate {
  let next = date
  while (!isTradingDay(next)) next = next.add({ days: 1 })
  return next
}

/** Whether a part has left its band: by so many points of the whole, or by such a part of itself. */
export function isOutside(
  { subType, bandBp }: Condition & { type: 'drift_band' },
  part: { readonly targetBp: bigint; readonly valueMinor: bigint; readonly wholeMinor: bigint },
): boolean {
  const { targetBp, valueMinor, wholeMinor } = part
  if (wholeMinor <= 0n) return false
  // Both sides are multiplied by the whole, so that nothing is rounded.
  const distance = valueMinor * 10_000n - targetBp * wholeMinor
  const away = distance < 0n ? -distance : distance
  return subType === 'absolute'
    ? away >= bandBp * wholeMinor
    : away * 10_000n >= bandBp * targetBp * wholeMinor
}

export function presentCondition(condition: Condition) {
  return condition.type === 'drift_band'
    ? {
        type: condition.type,
        sub_type: condition.subType,
        percent: formatPercent(condition.bandBp),
        day: null,
      }
    : { type: condition.type, sub_type: condition.subType, percent: null, day: condition.day }
}

export function toConditions(stored: unknown): Condition[] {
  return (stored as ReturnType<typeof presentCondition>[]).map((condition) =>
    readCondition(condition as ConditionRequest),
  )
}

const invalid = (what: string) => new RebalancingRejected('condition_invalid', { what })
