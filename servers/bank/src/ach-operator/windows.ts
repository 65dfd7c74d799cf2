import { addBankingDays, isBankingDay, newYorkDate, newYorkInstant, nextBankingDay } from '@paddock/calendar'

/** The operator's timetable in New York (contracts/nacha/operator.md §1). */
interface Slot {
  deadline: string
  output: string
  /** When what is eligible settles on the same day. */
  sameDay: string | null
}

const SLOTS: readonly Slot[] = [
  { deadline: '10:30', output: '12:00', sameDay: '13:00' },
  { deadline: '14:45', output: '16:00', sameDay: '17:00' },
  { deadline: '16:45', output: '17:30', sameDay: '18:00' },
  { deadline: '20:00', output: '22:00', sameDay: null },
  { deadline: '22:45', output: '23:30', sameDay: null },
  // The end of the processing day lies in the night of the next calendar day.
  { deadline: '02:15', output: '06:00', sameDay: null },
]

const SETTLEMENT = '08:30'
const MORNING_DELIVERY = '06:00'
const STATEMENT = '18:30'

export interface Window {
  at: Temporal.Instant
  /** The day whose files it takes; a banking day. */
  day: Temporal.PlainDate
  outputAt: Temporal.Instant
  sameDayAt: Temporal.Instant | null
}

/** The first window after `at`. */
export function nextWindow(at: Temporal.Instant): Window {
  let day = newYorkDate(at).subtract({ days: 1 })
  for (;;) {
    const found = windowsOf(day).find((window) => Temporal.Instant.compare(window.at, at) > 0)
    if (found !== undefined) return found
    day = day.add({ days: 1 })
  }
}

/** The window at exactly this instant. */
export function windowAt(at: Temporal.Instant): Window {
  return nextWindow(at.subtract({ milliseconds: 1 }))
}

function windowsOf(day: Temporal.PlainDate): Window[] {
  if (!isBankingDay(day)) return []
  return SLOTS.map((slot, index) => {
    const date = index === SLOTS.length - 1 ? day.add({ days: 1 }) : day
    return {
      at: atTime(date, slot.deadline),
      day,
      outputAt: atTime(date, slot.output),
      sameDayAt: slot.sameDay === null ? null : atTime(date, slot.sameDay),
    }
  })
}

export interface ToSettle {
  /** YYMMDD as it stands in the batch; anything else counts as not given. */
  effective: Temporal.PlainDate | undefined
  direction: 'debit' | 'credit'
  amountMinor: bigint
  mayBeSameDay: boolean
}

/** Nobody settles more than this on the same day; the rest goes to the next one. */
export const SAME_DAY_LIMIT_MINOR = 100_000_000n

/** When an entry that this window takes settles; nothing when its date is too far away (R18). */
export function settlementAt(window: Window, entry: ToSettle): Temporal.Instant | undefined {
  const { effective } = entry
  const tomorrow = nextBankingDay(window.day)
  if (effective === undefined || Temporal.PlainDate.compare(effective, window.day) <= 0) {
    const isSameDay = entry.mayBeSameDay && entry.amountMinor <= SAME_DAY_LIMIT_MINOR
    return (isSameDay ? window.sameDayAt : null) ?? atTime(tomorrow, SETTLEMENT)
  }
  const wanted = isBankingDay(effective) ? effective : nextBankingDay(effective)
  const last = addBankingDays(window.day, entry.direction === 'credit' ? 2 : 1)
  return Temporal.PlainDate.compare(wanted, last) > 0 ? undefined : atTime(wanted, SETTLEMENT)
}

export const morningSettlement = (day: Temporal.PlainDate) => atTime(day, SETTLEMENT)
/** Before the opening of `day`, with what the operator puts out in the night after the banking day before it. */
export const morningDelivery = (day: Temporal.PlainDate) =>
  atTime(addBankingDays(day, -1).add({ days: 1 }), MORNING_DELIVERY)
export const statementAt = (day: Temporal.PlainDate) => atTime(day, STATEMENT)

/** `day` itself when banks are open on it, else the next day on which they are. */
export const bankingDayFrom = (day: Temporal.PlainDate) => (isBankingDay(day) ? day : nextBankingDay(day))

function atTime(day: Temporal.PlainDate, time: string): Temporal.Instant {
  return newYorkInstant(day, Temporal.PlainTime.from(time))
}
