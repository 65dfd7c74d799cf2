import { connect, type Socket } from 'node:net'
import { AUTHORIZATION, nowMs } from './messages.ts'

const COME_BACK_MS = 50
const ORDER = /"order":\{"id":"([0-9a-f-]{36})"/

/** Follows the stream of trades, as whoever runs a front end does, and notes when it hears of each fill. */
export class TradeFollower {
  readonly #port: number
  #fills: [orderId: string, atMs: number][] = []
  #rest = ''
  #lastId = ''
  #lastByteMs = nowMs()

  constructor(url: string) {
    this.#port = Number(new URL(url).port)
  }

  /** Resolves with the first bytes of the answer. */
  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket: Socket = connect(this.#port, '127.0.0.1')
      socket.write(`GET /v2/events/trades HTTP/1.1\r\nHost: bench\r\nAuthorization: ${AUTHORIZATION}\r\n\r\n`)
      socket.once('data', (head) => {
        if (head.toString('latin1').startsWith('HTTP/1.1 200')) resolve()
        else reject(new Error(head.toString('latin1').slice(0, 300)))
      })
      socket.on('data', (chunk) => this.#read(chunk.toString('latin1')))
      socket.on('error', reject)
      // Who was cut off takes the stream up again where it was.
      socket.on('close', () => {
        this.#rest = ''
        setTimeout(() => this.open().catch(() => undefined), COME_BACK_MS)
        console.log('The follower of trades was cut off, and comes back.')
      })
    })
  }

  get silentMs(): number {
    return Math.round(nowMs() - this.#lastByteMs)
  }

  /** What has been heard since the last call. */
  takeFills(): [orderId: string, atMs: number][] {
    const fills = this.#fills
    this.#fills = []
    return fills
  }

  #read(text: string): void {
    const atMs = nowMs()
    this.#lastByteMs = atMs
    const messages = (this.#rest + text).split('\n\n')
    this.#rest = messages.pop() ?? ''
    for (const message of messages) {
      this.#lastId = /^id: (\S+)$/m.exec(message)?.[1] ?? this.#lastId
      if (!message.includes('"event":"fill"')) continue
      const orderId = ORDER.exec(message)?.[1]
      if (orderId !== undefined) this.#fills.push([orderId, atMs])
    }
  }
}
