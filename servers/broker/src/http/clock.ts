import { CalendarDay, CalendarQuery, ClockBody } from '@paddock/broker-wire'
import { isEarlyClose, marketClock, settlementDate, tradingDays } from '@paddock/calendar'
import { z } from 'zod'
import type { BrokerContext } from '../context.ts'
import { inNewYork, readDay } from './moment.ts'
import type { BrokerRoutes } from './routes.ts'

/** The years for which the vendor has a calendar. */
const FIRST_DAY = Temporal.PlainDate.from('1970-01-01')
const LAST_DAY = Temporal.PlainDate.from('2029-12-31')

const tags = ['Market']

export const clockRoutes: BrokerRoutes = async (app, { ctx }) => {
  // The vendor serves its clock, and nothing else of the market, under both versions.
  for (const url of ['/v1/clock', '/v2/clock']) {
    app.get(
      url,
      { schema: { summary: 'Tell the time of the market', tags, response: { 200: ClockBody } } },
      async () => presentClock(ctx),
    )
  }

  app.get(
    '/v1/calendar',
    {
      // Fifteen thousand days of our own making: looking at each once more would take most of the time.
      serializerCompiler: () => JSON.stringify,
      schema: {
        summary: 'List market days',
        tags,
        querystring: CalendarQuery,
        response: { 200: z.array(CalendarDay) },
      },
    },
    async ({ query }) => {
      const [start, end] = within(
        query.start === undefined ? FIRST_DAY : readDay(query.start),
        query.end === undefined ? LAST_DAY : readDay(query.end),
      )
      return query.date_type === 'settlement' ? daysSettlingIn(start, end) : daysIn(start, end)
    },
  )
}

function presentClock({ clock, config }: BrokerContext): ClockBody {
  const now = clock.now()
  const { isOpen, nextOpen, nextClose } = marketClock(now)
  return {
    timestamp: inNewYork(now),
    // The simulated market may trade around the clock; the exchange's next bells are still told.
    is_open: config.marketHours === 'always' || isOpen,
    next_open: inNewYork(nextOpen),
    next_close: inNewYork(nextClose),
  }
}

/** The part of a span for which there is a calendar; it ends before it begins when there is none. */
function within(
  start: Temporal.PlainDate,
  end: Temporal.PlainDate,
): readonly [Temporal.PlainDate, Temporal.PlainDate] {
  const first = Temporal.PlainDate.compare(start, FIRST_DAY) < 0 ? FIRST_DAY : start
  const last = Temporal.PlainDate.compare(end, LAST_DAY) > 0 ? LAST_DAY : end
  return [first, last]
}

const years = new Map<number, readonly CalendarDay[]>()

/** Years do not change, and sixty of them take seconds to work out. */
function daysOfYear(year: number): readonly CalendarDay[] {
  const known = years.get(year)
  if (known !== undefined) return known
  const [first, last] = [new Temporal.PlainDate(year, 1, 1), new Temporal.PlainDate(year, 12, 31)]
  const days = tradingDays(first, last).map(presentDay)
  years.set(year, days)
  return days
}

function daysIn(start: Temporal.PlainDate, end: Temporal.PlainDate): CalendarDay[] {
  const [from, to] = [start.toString(), end.toString()]
  const count = Math.max(0, end.year - start.year + 1)
  return Array.from({ length: count }, (_, index) => daysOfYear(start.year + index))
    .flat()
    .filter(({ date }) => date >= from && date <= to)
}

function daysSettlingIn(start: Temporal.PlainDate, end: Temporal.PlainDate): CalendarDay[] {
  const isInside = ({ settlement_date: day }: CalendarDay) => day >= start.toString() && day <= end.toString()
  return daysIn(start.subtract({ days: 10 }), end).filter(isInside)
}

function presentDay(date: Temporal.PlainDate): CalendarDay {
  const isShort = isEarlyClose(date)
  return {
    date: date.toString(),
    open: '09:30',
    close: isShort ? '13:00' : '16:00',
    session_open: '0400',
    session_close: isShort ? '1700' : '2000',
    settlement_date: settlementDate(date).toString(),
  }
}
