import type { FastifyReply, FastifyRequest } from 'fastify'
import type { BrokerConfig } from '../config.ts'
import type { BrokerContext } from '../context.ts'
import type { Db } from '../db/database.ts'
import type { EventFilter } from '../events/event-filter.ts'
import { frameOf } from '../events/event-sink.ts'
import { EventStreams } from '../events/event-streams.ts'
import { LiveStream, type StreamPage } from '../events/live-stream.ts'
import { StreamRefused } from '../events/stream-query.ts'
import { findLivingKey } from '../keys/api-key-store.ts'
import { StreamSocket } from './stream-socket.ts'

const DEFAULT_HEARTBEAT_MS = 10_000
const DEFAULT_SLOW_READER_MS = 10_000
/** The vendor allows 25; ours carries ten thousand (servers/broker/bench), and some more while they reconnect. */
const DEFAULT_STREAMS_PER_KEY = 12_000
const DEFAULT_EVENTS_IN_MEMORY = 2_000
const BEATS_AT_ONCE = 250
const HEARTBEAT = frameOf([Buffer.from(':heartbeat\n\n')])

export type Conversation = { readonly request: FastifyRequest; readonly reply: FastifyReply }

/** The streams' side of one server: who has how many, a sign of life for all of them, and their end. */
export class StreamServer {
  readonly #config: BrokerConfig
  readonly #db: Db
  readonly #onError: (error: unknown) => void
  readonly #streams: EventStreams
  readonly #counts = new Map<string, number>()
  readonly #open = new Map<LiveStream, { readonly socket: StreamSocket; readonly key: string }>()
  readonly #timer: NodeJS.Timeout
  #isBeating = false

  constructor(ctx: BrokerContext, onError: (error: unknown) => void) {
    this.#config = ctx.config
    this.#db = ctx.db
    this.#onError = onError
    const { db, preparedDb, clock, events: log, config } = ctx
    const window = config.eventsInMemory ?? DEFAULT_EVENTS_IN_MEMORY
    this.#streams = new EventStreams({ db, preparedDb, clock, log, window, onError })
    const pauseMs = config.heartbeatMs ?? DEFAULT_HEARTBEAT_MS
    this.#timer = setInterval(() => void this.#beatAll(), pauseMs).unref()
  }

  /**
   * Answers with server-sent events: chunked, uncompressed, a comment now and then so that nobody in between
   * takes it for dead (contracts/alpaca/events.md §2). Ends with its bound, its reader or the server.
   */
  async serve(
    { request, reply }: Conversation,
    page: StreamPage,
    filter: EventFilter,
    key: string,
  ): Promise<void> {
    this.#take(key)
    try {
      const start = await this.#streams.startOf(filter)
      if (request.socket.destroyed) return void reply.hijack()
      const socket = beginStream(reply, this.#config.slowReaderMs ?? DEFAULT_SLOW_READER_MS)
      const stream = new LiveStream(filter, socket)
      reply.raw.on('close', () => stream.close())
      this.#open.set(stream, { socket, key })
      await this.#follow(page, stream, start, socket).catch((error: unknown) => {
        request.log.error({ err: error }, 'event stream failed')
        socket.end('internal server error')
      })
      this.#open.delete(stream)
    } finally {
      this.#giveBack(key)
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#streams.stop()
  }

  async #follow(page: StreamPage, stream: LiveStream, start: bigint, socket: StreamSocket): Promise<void> {
    const ending = await this.#streams.follow(page, stream, start)
    if (ending.why !== 'too_slow') return socket.end()
    socket.end(`you are reading too slowly, dropped ${ending.dropped} messages`)
  }

  #take(key: string): void {
    const count = this.#counts.get(key) ?? 0
    const most = this.#config.maxStreamsPerKey ?? DEFAULT_STREAMS_PER_KEY
    if (count >= most) throw new StreamRefused('too_many_streams')
    this.#counts.set(key, count + 1)
  }

  #giveBack(key: string): void {
    const count = (this.#counts.get(key) ?? 1) - 1
    if (count > 0) this.#counts.set(key, count)
    else this.#counts.delete(key)
  }

  /** Keys that have open streams but work no more: whoever lost its key hears nothing further. */
  async #findRevoked(): Promise<Set<string>> {
    const keys = [...this.#counts.keys()].filter((key) => key !== this.#config.keys.key)
    const living = await Promise.all(keys.map((key) => findLivingKey(this.#db, key)))
    return new Set(keys.filter((_, index) => living[index] === undefined))
  }

  /** One timer for all streams; ten thousand heartbeats are spread a little. */
  async #beatAll(): Promise<void> {
    if (this.#isBeating) return
    this.#isBeating = true
    try {
      await this.#beat()
    } catch (error) {
      this.#onError(error)
    }
    this.#isBeating = false
  }

  async #beat(): Promise<void> {
    let beaten = 0
    for (const [stream, { socket }] of this.#open) {
      if (socket.beat(HEARTBEAT, performance.now())) stream.leave('behind')
      beaten += 1
      if (beaten % BEATS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    const revoked = await this.#findRevoked()
    if (revoked.size === 0) return
    for (const [stream, { key }] of this.#open) if (revoked.has(key)) stream.close()
  }
}

/** Sends the head of the answer at once, and takes the connection over. */
export function beginStream(reply: FastifyReply, patienceMs = DEFAULT_SLOW_READER_MS): StreamSocket {
  const { raw } = reply
  reply.hijack()
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  })
  raw.on('error', () => raw.destroy())
  raw.flushHeaders()
  const socket = new StreamSocket(raw, patienceMs)
  socket.write(HEARTBEAT)
  return socket
}
