import { connect, type Socket } from 'node:net'
import { type RawAnswer, ResponseReader } from './response-reader.ts'

interface Waiting {
  resolve(answer: RawAnswer): void
  reject(error: Error): void
  readonly reader: ResponseReader
}

/** One keep-alive connection on which any bytes can be sent, also those that no HTTP client would let through. */
export class HttpConnection {
  /** As requests name it: with its port. */
  readonly host: string
  readonly #hostname: string
  readonly #port: number
  #socket: Socket | undefined
  #waiting: Waiting | undefined

  constructor(baseUrl: string) {
    const url = new URL(baseUrl)
    this.host = url.host
    this.#hostname = url.hostname
    this.#port = Number(url.port || 80)
  }

  /** Sends bytes and answers with the first response to them; of an event stream, with its head. */
  async send(bytes: string | Buffer, hasNoBody = false): Promise<RawAnswer> {
    const socket = this.#socket ?? (await this.#open())
    const answer = new Promise<RawAnswer>((resolve, reject) => {
      this.#waiting = { resolve, reject, reader: new ResponseReader(hasNoBody) }
    })
    socket.write(bytes)
    return answer
  }

  close(): void {
    this.#socket?.destroy()
    this.#socket = undefined
  }

  async #open(): Promise<Socket> {
    const socket = connect({ host: this.#hostname, port: this.#port, noDelay: true })
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
    this.#socket = socket
    socket.on('data', (bytes: Buffer) => this.#take(bytes))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      if (this.#socket === socket) this.close()
      const waiting = this.#waiting
      this.#waiting = undefined
      waiting?.reject(new Error('the connection was closed without an answer'))
    })
    return socket
  }

  #take(bytes: Buffer): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    const answer = waiting.reader.take(bytes)
    if (answer === undefined) return
    this.#waiting = undefined
    if (waiting.reader.isLast) this.close()
    waiting.resolve(answer)
  }
}
