export const KEYS = { key: 'bench-key', secret: 'bench-secret' }
export const AUTHORIZATION = `Basic ${Buffer.from(`${KEYS.key}:${KEYS.secret}`).toString('base64')}`

/** Megabytes of a process at a moment of its life. */
export type MemoryReading = { readonly kind: 'memory'; readonly rssMb: number; readonly heapMb: number }

const mb = (bytes: number) => Math.round(bytes / 104_857.6) / 10

export const reading = ({ rss, heapUsed }: NodeJS.MemoryUsage): MemoryReading => ({
  kind: 'memory',
  rssMb: mb(rss),
  heapMb: mb(heapUsed),
})

/** What the parent asks of a process full of clients. */
export type Command =
  | { readonly kind: 'open'; readonly url: string; readonly paths: readonly string[] }
  /** Forgets what was counted, keeps the connections. */
  | { readonly kind: 'begin' }
  /** Cuts every connection and comes back, each with its own cursor. */
  | { readonly kind: 'reconnect' }
  | { readonly kind: 'stop_reading' | 'read_on' }
  | { readonly kind: 'report' }
  | { readonly kind: 'close' }

/** What one stream has read since the beginning: enough to tell every loss, repetition and disorder. */
export type StreamStory = {
  readonly path: string
  readonly count: number
  /** Sum of the numbers of its events: with the count and a rising order, this is the whole set. */
  readonly sum: number
  readonly disorders: number
  readonly wasToldSlow: number
}

export type Report = {
  readonly kind: 'report'
  readonly stories: readonly StreamStory[]
  /** Delays by the millisecond, from the event's own time to the reading of it. */
  readonly delays: readonly (readonly [milliseconds: number, count: number])[]
}
