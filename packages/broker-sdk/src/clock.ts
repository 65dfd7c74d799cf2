import type { CalendarDay, ClockBody } from '@paddock/broker-wire'
import type { CallOptions, Transport } from './transport.ts'

export type { CalendarDay } from '@paddock/broker-wire'
export type MarketClock = ClockBody

export function clockCalls({ call }: Transport) {
  return {
    get: (options?: CallOptions) => call<MarketClock>({ method: 'GET', path: '/v1/clock', options }),
  }
}

export function calendarCalls({ call }: Transport) {
  return {
    /** Trading days from `start` to `end`, both `YYYY-MM-DD` and included. */
    list: (range: { start?: string; end?: string } = {}, options?: CallOptions) =>
      call<CalendarDay[]>({ method: 'GET', path: '/v1/calendar', query: range, options }),
  }
}
