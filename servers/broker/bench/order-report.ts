import type { LoadReport } from './messages.ts'

export type Latency = { readonly p50Ms: number; readonly p99Ms: number }

/** What one load of orders came to. */
export type OrderFigures = {
  readonly perSecond: number
  readonly acknowledgement: Latency
  /** Only of orders that execute at once. */
  readonly fillsPerSecond?: number
  readonly acknowledgementToFill?: Latency
}

/** One concurrency: what the database can do with the standard transaction, and what the broker does on it. */
export type OrderLine = {
  readonly connections: number
  readonly accounts: number
  readonly tpcbPerSecond: number
  readonly tpcbP99Ms: number
  readonly pgbenchPerSecond: number | undefined
  readonly resting: OrderFigures
  readonly marketable: OrderFigures
}

export function latencyOf(values: readonly number[]): Latency {
  const sorted = Float64Array.from(values).sort()
  const at = (share: number) =>
    Math.max(0, sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return { p50Ms: rounded(at(0.5)), p99Ms: rounded(at(0.99)) }
}

export const rounded = (value: number) => Math.round(value * 100) / 100

export const perSecondOf = ({ latenciesMs, elapsedMs }: LoadReport) =>
  Math.round((latenciesMs.length * 1_000) / elapsedMs)

const columns: readonly [title: string, width: number][] = [
  ['clients', 7],
  ['accounts', 9],
  ['TPC-B/s', 9],
  ['pgbench/s', 10],
  ['rest/s', 8],
  ['p50', 7],
  ['p99 ms', 8],
  ['market/s', 9],
  ['p50', 7],
  ['p99 ms', 8],
  ['fills/s', 8],
  ['to fill p50', 12],
  ['p99 ms', 8],
  ['x TPC-B', 9],
]

export const orderHeading = row(columns.map(([title]) => title))

export function orderLineText(line: OrderLine): string {
  const { resting, marketable } = line
  return row([
    line.connections,
    line.accounts,
    line.tpcbPerSecond,
    line.pgbenchPerSecond ?? '-',
    resting.perSecond,
    resting.acknowledgement.p50Ms,
    resting.acknowledgement.p99Ms,
    marketable.perSecond,
    marketable.acknowledgement.p50Ms,
    marketable.acknowledgement.p99Ms,
    marketable.fillsPerSecond ?? '-',
    marketable.acknowledgementToFill?.p50Ms ?? '-',
    marketable.acknowledgementToFill?.p99Ms ?? '-',
    `${(resting.perSecond / Math.max(1, line.tpcbPerSecond)).toFixed(2)}x`,
  ])
}

function row(cells: readonly (string | number)[]): string {
  return cells.map((cell, index) => String(cell).padStart(columns[index]?.[1] ?? 0)).join('')
}
