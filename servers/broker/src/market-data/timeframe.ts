import { assert } from '@paddock/kernel'

/** How long a bar is, in one of the vendor's units. */
export interface BarLength {
  readonly unit: 'Min' | 'Hour' | 'Day' | 'Week' | 'Month'
  readonly count: number
}

const UNITS: Record<string, BarLength['unit']> = {
  Min: 'Min',
  T: 'Min',
  Hour: 'Hour',
  H: 'Hour',
  Day: 'Day',
  D: 'Day',
  Week: 'Week',
  W: 'Week',
  Month: 'Month',
  M: 'Month',
}

/** Reads what `TimeframeName` lets through, such as `5Min`, `1D` or `12Month`. */
export function readTimeframe(name: string): BarLength {
  const [, count, unitName] = /^(\d{1,2})([A-Za-z]+)$/.exec(name) ?? []
  const unit = UNITS[unitName ?? '']
  assert(unit !== undefined, 'the wire lets only timeframes through')
  return { unit, count: Number(count) }
}
