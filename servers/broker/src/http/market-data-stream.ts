import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { HttpServer } from '@paddock/service'
import { type WebSocket, WebSocketServer } from 'ws'
import type { BrokerContext } from '../context.ts'
import { refreshMarket } from '../corporate-actions/corporate-action-store.ts'
import { findLivingKey } from '../keys/api-key-store.ts'
import type { Caller } from '../keys/caller.ts'
import { findPartner, findTokenOwner, type KeyPair } from '../keys/identify.ts'
import { isAllowed } from '../keys/scopes.ts'
import { type Feed, feedsOf } from '../market-data/feeds.ts'
import { changesSince, HaltWatch } from '../market-data/halts.ts'
import { TapeLook } from '../market-data/tape.ts'
import { readBasic, readHeaderPair } from './auth.ts'
import { jsonCodec, msgpackCodec } from './market-data-stream-codec.ts'
import type { StreamError } from './market-data-stream-errors.ts'
import { WorldPulse } from './market-data-stream-pulse.ts'
import { DataSocket } from './market-data-stream-socket.ts'
import { WrittenTape } from './market-data-stream-tape.ts'

const DEFAULT_HEARTBEAT_MS = 10_000
const DEFAULT_AUTH_TIMEOUT_MS = 10_000
const DEFAULT_GOODBYE_MS = 2_000
/** The vendor allows one; a partner here may have some processes and some people trying things out. */
const DEFAULT_STREAMS_PER_KEY = 100
/** Connections of nobody yet. */
const MOST_STRANGERS = 500
const MAX_REQUEST_BYTES = 262_144

/** Serves the vendor's data stream beside the routes; what is asked of it are upgrades, which no route ever sees. */
export function serveDataStream(app: HttpServer, ctx: BrokerContext): void {
  const server = new DataStreamServer(ctx, (error) => app.log.error({ err: error }, 'data stream failed'))
  server.attach(app.server)
  app.addHook('preClose', () => server.stop())
}

class DataStreamServer {
  readonly #ctx: BrokerContext
  readonly #feeds: ReadonlyMap<string, Feed>
  readonly #upgrades = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_REQUEST_BYTES,
  })
  readonly #open = new Set<DataSocket>()
  /** When each came: it hears of nothing that happened before. */
  readonly #cameAt = new WeakMap<DataSocket, Temporal.Instant>()
  readonly #halts = new HaltWatch()
  readonly #symbols: readonly string[]
  readonly #pulse: WorldPulse
  readonly #heartbeat: NodeJS.Timeout
  #lookedAt: Temporal.Instant
  #isLooking = false

  constructor(ctx: BrokerContext, onError: (error: unknown) => void) {
    this.#ctx = ctx
    this.#feeds = feedsOf(ctx.config)
    this.#symbols = this.#feeds.get('/v2/sip')?.symbols ?? []
    this.#lookedAt = ctx.clock.now()
    this.#pulse = new WorldPulse(ctx.clock, () => void this.#look().catch(onError))
    const pauseMs = ctx.config.heartbeatMs ?? DEFAULT_HEARTBEAT_MS
    this.#heartbeat = setInterval(() => void this.#beat().catch(onError), pauseMs).unref()
  }

  attach(server: Server): void {
    // Whatever else somebody wants to upgrade to (Java's client asks for h2c by itself) is answered as plain HTTP.
    const shouldUpgradeCallback = (request: IncomingMessage) => this.#feedOf(request) !== undefined
    Object.assign(server, { shouldUpgradeCallback })
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const feed = this.#feedOf(request)
      const strangers = [...this.#open].filter(({ keyId }) => keyId === undefined).length
      if (feed === undefined || strangers >= MOST_STRANGERS) {
        socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n')
        return
      }
      this.#upgrades.handleUpgrade(request, socket, head, (raw) => this.#welcome(raw, request, feed))
    })
  }

  async stop(): Promise<void> {
    this.#pulse.stop()
    clearInterval(this.#heartbeat)
    const gone = [...this.#upgrades.clients].map(
      (raw) => new Promise((resolve) => raw.once('close', resolve)),
    )
    for (const socket of this.#open) socket.leave(1001, 'going away')
    await Promise.all(gone)
  }

  #feedOf({ url = '', headers }: IncomingMessage): Feed | undefined {
    if (headers.upgrade?.toLowerCase() !== 'websocket') return undefined
    return this.#feeds.get(url.split('?', 1)[0]?.replace(/\/$/, '') ?? '')
  }

  #welcome(raw: WebSocket, { headers }: IncomingMessage, feed: Feed): void {
    const codec = headers['content-type'] === 'application/msgpack' ? msgpackCodec : jsonCodec
    const socket = new DataSocket(raw, feed, codec, {
      admit: (pair) => this.#admit(pair),
      goodbyeMs: this.#ctx.config.slowReaderMs ?? DEFAULT_GOODBYE_MS,
    })
    this.#open.add(socket)
    this.#cameAt.set(socket, this.#ctx.clock.now())
    const timeoutMs = this.#ctx.config.dataAuthTimeoutMs ?? DEFAULT_AUTH_TIMEOUT_MS
    const timer = setTimeout(() => socket.keyId ?? socket.fail('auth_timeout'), timeoutMs).unref()
    raw.on('close', () => {
      clearTimeout(timer)
      this.#open.delete(socket)
    })
    const pair = readBasic(headers.authorization) ?? readHeaderPair(headers)
    if (pair !== undefined) socket.present(pair)
  }

  async #admit(pair: KeyPair): Promise<{ keyId: string } | StreamError> {
    const caller = await this.#findCaller(pair)
    if (caller === undefined) return 'auth_failed'
    if (caller.kind !== 'partner' || !isAllowed(caller.scopes, 'data', 'read'))
      return 'insufficient_subscription'
    const { keyId } = caller
    const most = this.#ctx.config.maxDataStreamsPerKey ?? DEFAULT_STREAMS_PER_KEY
    const count = [...this.#open].filter((socket) => socket.keyId === keyId).length
    return count < most ? { keyId } : 'connection_limit_exceeded'
  }

  /** With the key `oauth` the secret is a token. */
  #findCaller(pair: KeyPair): Promise<Caller | undefined> {
    return pair.key === 'oauth' ? findTokenOwner(this.#ctx, pair.secret) : findPartner(this.#ctx, pair)
  }

  /** Tells everybody what has happened since the last look. One that takes longer than a second is not overtaken. */
  async #look(): Promise<void> {
    if (this.#isLooking) return
    this.#isLooking = true
    try {
      const { clock, db, config } = this.#ctx
      const readers = [...this.#open].filter(({ keyId }) => keyId !== undefined)
      if (readers.length > 0) await refreshMarket(db, config)
      const [since, now] = [this.#lookedAt, clock.now()]
      this.#lookedAt = now
      const halts = this.#halts.look(config, this.#symbols)
      const look = new TapeLook(since, now, halts)
      const tapes = new Map<Feed, WrittenTape>()
      for (const reader of readers) {
        const cameAt = this.#cameAt.get(reader) ?? since
        const isNew = Temporal.Instant.compare(cameAt, since) > 0
        const tape = isNew
          ? new WrittenTape(reader.feed, new TapeLook(cameAt, now, changesSince(halts, cameAt)))
          : (tapes.get(reader.feed) ?? new WrittenTape(reader.feed, look))
        if (!isNew) tapes.set(reader.feed, tape)
        reader.send(tape.messagesFor(reader.subscription, reader.codec))
      }
    } finally {
      this.#isLooking = false
    }
  }

  /** Asks all readers whether they are there, and sends away whose key has stopped working. */
  async #beat(): Promise<void> {
    for (const socket of this.#open) socket.beat()
    const rootKey = this.#ctx.config.keys.key
    const keyIds = new Set([...this.#open].map(({ keyId }) => keyId))
    for (const keyId of keyIds) {
      if (keyId === undefined || keyId === rootKey) continue
      if ((await findLivingKey(this.#ctx.db, keyId)) !== undefined) continue
      for (const socket of this.#open) if (socket.keyId === keyId) socket.fail('auth_failed')
    }
  }
}
