import type { ServerResponse } from 'node:http'
import { type EventSink, type Frame, frameOf } from '../events/event-sink.ts'

/** More than this may not wait for one reader; it then gets the rest from the database, or is cut off. */
const MAX_WAITING_BYTES = 64 * 1_024
/** For how long a reader that was told goodbye may take to hear it. */
const GOODBYE_MS = 2_000

/** One reader's connection, with an answer that never ends by itself. */
export class StreamSocket implements EventSink {
  readonly #raw: ServerResponse
  readonly #patienceMs: number
  #isClosed = false
  #wake: (() => void) | undefined
  #idleSince = 0

  constructor(raw: ServerResponse, patienceMs: number) {
    this.#raw = raw
    this.#patienceMs = patienceMs
  }

  get isFull(): boolean {
    return this.#waitingBytes > MAX_WAITING_BYTES
  }

  /** Past the response object, which would frame the same bytes anew for each of ten thousand readers. */
  write({ body, chunk }: Frame): void {
    const { socket } = this.#raw
    if (this.#isClosed || socket === null) return
    socket.write(this.#raw.chunkedEncoding ? chunk : body)
  }

  async drained(): Promise<boolean> {
    if (this.#isClosed) return false
    if (!this.isFull) return true
    const { socket } = this.#raw
    if (socket === null) return false
    const patience = Promise.withResolvers<void>()
    this.#wake = patience.resolve
    const timer = setTimeout(patience.resolve, this.#patienceMs)
    socket.once('drain', patience.resolve)
    await patience.promise
    clearTimeout(timer)
    socket.off('drain', patience.resolve)
    this.#wake = undefined
    return !(this.#isClosed || this.isFull)
  }

  close(): void {
    this.#isClosed = true
    this.#wake?.()
  }

  /** A sign of life. True when the reader has taken nothing for too long, although something waits for it. */
  beat(frame: Frame, nowMs: number): boolean {
    if (this.#waitingBytes === 0) {
      this.#idleSince = 0
      this.write(frame)
      return false
    }
    if (this.#idleSince === 0) this.#idleSince = nowMs
    return nowMs - this.#idleSince > this.#patienceMs
  }

  /** Says goodbye properly; who does not take even that is cut off. */
  end(comment?: string): void {
    if (comment !== undefined && !this.#raw.destroyed) {
      const { body, chunk } = frameOf([Buffer.from(`: ${comment}\n\n`)])
      this.#raw.socket?.write(this.#raw.chunkedEncoding ? chunk : body)
    }
    this.#raw.end()
    const timer = setTimeout(() => this.#raw.destroy(), GOODBYE_MS)
    this.#raw.on('close', () => clearTimeout(timer))
  }

  get #waitingBytes(): number {
    return this.#raw.socket?.writableLength ?? 0
  }
}
