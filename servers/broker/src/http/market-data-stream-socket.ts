import { StreamRequest } from '@paddock/broker-wire'
import type { WebSocket } from 'ws'
import type { Channel } from '../market-data/channels.ts'
import type { Feed } from '../market-data/feeds.ts'
import { Subscription } from '../market-data/subscription.ts'
import { readFrame, type StreamCodec, type StreamMessage } from './market-data-stream-codec.ts'
import { type StreamError, streamErrors } from './market-data-stream-errors.ts'

/** More than this may not wait for one reader. */
const MAX_WAITING_BYTES = 1_048_576
/** Requests that one reader may have under way. */
const MAX_REQUESTS_WAITING = 100
const MOST_SYMBOLS = 1_000

/** Says who may read under these credentials, or why nobody may. */
export type Admit = (pair: { key: string; secret: string }) => Promise<{ keyId: string } | StreamError>

export interface Manners {
  readonly admit: Admit
  /** For how long a reader that was told goodbye may take to hear it. */
  readonly goodbyeMs: number
}

/** One reader's connection: who it is, what it wants to hear, and what it is told (contracts/alpaca/market-data.md §3). */
export class DataSocket {
  readonly feed: Feed
  readonly codec: StreamCodec
  readonly subscription: Subscription
  keyId: string | undefined
  readonly #raw: WebSocket
  readonly #admit: Admit
  readonly #goodbyeMs: number
  #work = Promise.resolve()
  #waiting = 0
  #isLeaving = false
  #unansweredPings = 0

  constructor(raw: WebSocket, feed: Feed, codec: StreamCodec, { admit, goodbyeMs }: Manners) {
    this.#raw = raw
    this.feed = feed
    this.codec = codec
    this.#admit = admit
    this.#goodbyeMs = goodbyeMs
    this.subscription = new Subscription(feed.channels)
    raw.on('message', (data: Buffer, isBinary: boolean) => this.#queue(() => this.#hear(data, isBinary)))
    raw.on('pong', () => {
      this.#unansweredPings = 0
    })
    // Broken frames and broken connections end in `close`, which is all that matters.
    raw.on('error', () => undefined)
    this.say({ T: 'success', msg: 'connected' })
  }

  /** Says one thing, or all that a moment has to say. Who does not read is told so and cut off. */
  send(messages: readonly Buffer[]): void {
    if (messages.length === 0 || this.#isLeaving) return
    if (this.#raw.bufferedAmount > MAX_WAITING_BYTES) this.fail('slow_client')
    else this.#raw.send(this.codec.frame(messages), { binary: this.codec.name === 'msgpack' })
  }

  say(message: StreamMessage): void {
    this.send([this.codec.write(message)])
  }

  /** Says what is wrong, and goodbye if it is something that cannot get better. */
  fail(error: StreamError): void {
    const { code, msg, isFinal } = streamErrors[error]
    const frame = this.codec.frame([this.codec.write({ T: 'error', code, msg })])
    this.#raw.send(frame, { binary: this.codec.name === 'msgpack' })
    if (isFinal) this.leave(1008, msg)
  }

  leave(code: number, reason: string): void {
    if (this.#isLeaving) return
    this.#isLeaving = true
    this.#raw.close(code, reason)
    const timer = setTimeout(() => this.#raw.terminate(), this.#goodbyeMs)
    this.#raw.on('close', () => clearTimeout(timer))
  }

  /** Credentials that came before any message, in the headers of the upgrade or in the first message. */
  present(pair: { key: string; secret: string }): void {
    this.#queue(() => this.#authenticate(pair))
  }

  /** A sign of life is asked for; who gave none twice is gone. */
  beat(): void {
    this.#unansweredPings += 1
    if (this.#unansweredPings > 2) this.#raw.terminate()
    else this.#raw.ping()
  }

  /** One after the other: who authenticates and subscribes in one breath is understood. */
  #queue(work: () => Promise<void> | void): void {
    if (this.#isLeaving) return
    this.#waiting += 1
    if (this.#waiting > MAX_REQUESTS_WAITING) this.#raw.terminate()
    this.#work = this.#work
      .then(work)
      .catch(() => this.fail('internal_error'))
      .finally(() => {
        this.#waiting -= 1
      })
  }

  async #hear(data: Buffer, isBinary: boolean): Promise<void> {
    const request = readRequest(data, isBinary)
    if (request === undefined) return this.fail('invalid_syntax')
    if (request.action === 'auth') return this.#authenticate(request)
    if (this.keyId === undefined) return this.fail('not_authenticated')
    const { action, news, ...wanted } = request
    const named = Object.entries({ ...wanted, news }).filter(([, symbols]) => symbols?.length)
    if (named.some(([channel]) => !this.feed.channels.includes(channel as Channel))) {
      return this.fail('invalid_subscription')
    }
    if (action === 'unsubscribe') this.subscription.remove(wanted)
    else if (this.subscription.sizeWith(wanted) > MOST_SYMBOLS) return this.fail('symbol_limit_exceeded')
    else this.subscription.add(wanted)
    this.say({ T: 'subscription', ...this.subscription.lists() })
  }

  async #authenticate(pair: { key: string; secret: string }): Promise<void> {
    if (this.keyId !== undefined) return this.fail('already_authenticated')
    const admitted = await this.#admit(pair)
    if (typeof admitted === 'string') return this.fail(admitted)
    if (this.#isLeaving) return
    this.keyId = admitted.keyId
    this.say({ T: 'success', msg: 'authenticated' })
  }
}

function readRequest(data: Buffer, isBinary: boolean): StreamRequest | undefined {
  try {
    return StreamRequest.safeParse(readFrame(data, isBinary)).data
  } catch {
    return undefined
  }
}
