import type { Sample } from './child.ts'
import type { Report, StreamStory } from './messages.ts'

export type Delivery = {
  readonly streams: number
  readonly events: number
  readonly deliveries: number
  readonly missing: number
  readonly disorders: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

/** What was read, against what was to be read: `wanted` answers it for the path of a stream. */
export function deliveryOf(
  reports: readonly Report[],
  events: number,
  wanted: (path: string) => { readonly count: number; readonly sum: number },
): Delivery {
  const stories = reports.flatMap((report) => report.stories)
  const missing = stories.filter((story) => !isWhole(story, wanted(story.path))).length
  const delays = new Map<number, number>()
  for (const [ms, count] of reports.flatMap((report) => report.delays)) {
    delays.set(ms, (delays.get(ms) ?? 0) + count)
  }
  return {
    streams: stories.length,
    events,
    deliveries: stories.reduce((sum, { count }) => sum + count, 0),
    missing,
    disorders: stories.reduce((sum, { disorders }) => sum + disorders, 0),
    p50Ms: percentile(delays, 0.5),
    p99Ms: percentile(delays, 0.99),
    maxMs: percentile(delays, 1),
  }
}

const isWhole = (story: StreamStory, { count, sum }: { count: number; sum: number }) =>
  story.count === count && story.sum === sum

function percentile(delays: ReadonlyMap<number, number>, share: number): number {
  const sorted = [...delays].sort(([a], [b]) => a - b)
  const total = sorted.reduce((sum, [, count]) => sum + count, 0)
  let passed = 0
  for (const [ms, count] of sorted) {
    passed += count
    if (passed >= total * share) return ms
  }
  return 0
}

/** How the memory in use grows, in megabytes a minute. */
export function slopePerMinute(first: Sample, last: Sample): number {
  return Math.round(((last.heapMb - first.heapMb) / (last.atMs - first.atMs)) * 600_000) / 10
}

const columns = [
  'phase',
  'streams',
  'events',
  'deliveries',
  'missing',
  'disorder',
  'p50 ms',
  'p99 ms',
  'max ms',
]
const widths = [30, 9, 8, 12, 9, 10, 8, 8, 8]

export const heading = row(columns)

export const lineText = (phase: string, one: Delivery) =>
  row([
    phase,
    one.streams,
    one.events,
    one.deliveries,
    one.missing,
    one.disorders,
    one.p50Ms,
    one.p99Ms,
    one.maxMs,
  ])

function row(cells: readonly (string | number)[]): string {
  return cells
    .map((cell, index) =>
      index === 0 ? String(cell).padEnd(widths[0] ?? 0) : String(cell).padStart(widths[index] ?? 0),
    )
    .join('')
}
