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
  | { readonly kind: 'deliveries' }
  | LoadCommand
  /** The standard transaction of TPC-B, on a database that was filled for it. */
  | { readonly kind: 'tpcb'; readonly connections: number; readonly warmUpMs: number; readonly forMs: number }

/** Orders that rest far from the market, or that execute at once. */
export type OrderKind = 'resting' | 'marketable'

export type LoadCommand = {
  readonly kind: 'load'
  readonly url: string
  readonly orders: OrderKind
  readonly symbols: readonly string[]
  /** Orders go to the first so many of the seeded accounts. */
  readonly accounts: number
  readonly connections: number
  readonly warmUpMs: number
  readonly forMs: number
  /** Without it each connection sends the next order when it has the answer; with it the schedule rules. */
  readonly perSecond?: number | undefined
  /** In each client order id, so that no two loads share one. */
  readonly name: string
}

/** Milliseconds on the machine's own clock, which all processes share. */
export const nowMs = () => Number(process.hrtime.bigint() / 1_000n) / 1_000

export type LoadReport = {
  readonly kind: 'loaded'
  /** Answered within the measured time, and how long each took: from its turn in the schedule, if there is one. */
  readonly latenciesMs: readonly number[]
  readonly elapsedMs: number
  /** Of all orders that were acknowledged, also while warming up. */
  readonly acknowledged: readonly Acknowledged[]
  /** What else was answered, such as a refusal: status and body. */
  readonly failures: readonly string[]
}

export type Acknowledged = {
  readonly orderId: string
  readonly clientOrderId: string
  readonly atMs: number
}

/** Orders of which a follower has heard that they are filled, and when. */
export type Deliveries = {
  readonly kind: 'deliveries'
  readonly fills: readonly (readonly [orderId: string, atMs: number])[]
  /** Since the last byte of any kind; more than a heartbeat's pause means that the connection is dead. */
  readonly silentMs: number
}

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
