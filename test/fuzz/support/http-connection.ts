import { connect, type Socket } from 'node:net'
import { isLast, type RawAnswer, ResponseReader } from './response-reader.ts'

export interface RawRequest {
  readonly bytes: string
  /** Its answer says how long a body would be, and has none. */
  readonly hasNoBody: boolean
}

interface Waiting extends RawRequest {
  resolve(answer: RawAnswer): void
  reject(error: Error): void
}

/** The connection ended before this was answered: whoever sent it in a row of others may send it by itself. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered'
}

/** One keep-alive connection on which any bytes can be sent, also those that no HTTP client would let through. */
export class HttpConnection {
  /** As requests name it: with its port. */
  readonly host: string
  readonly #hostname: string
  readonly #port: number
  #socket: Socket | undefined
  #reader = new ResponseReader()
  #waiting: Waiting[] = []

  constructor(baseUrl: string) {
    const url = new URL(baseUrl)
    this.host = url.host
    this.#hostname = url.hostname
    this.#port = Number(url.port || 80)
  }

  /** Sends bytes and answers with the first response to them; of an event stream, with its head. */
  async send(bytes: string, hasNoBody = false): Promise<RawAnswer> {
    return (await this.sendInRow([{ bytes, hasNoBody }]))[0] as Promise<RawAnswer>
  }

  /** Sends requests in one piece, none waiting for an answer to another, and tells of each answer by itself. */
  async sendInRow(requests: readonly RawRequest[]): Promise<Promise<RawAnswer>[]> {
    const socket = this.#socket ?? (await this.#open())
    const answers = requests.map(
      (request) =>
        new Promise<RawAnswer>((resolve, reject) => this.#waiting.push({ ...request, resolve, reject })),
    )
    // Whoever waits for them one after the other learns of a rejection when it is their turn.
    for (const answer of answers) answer.catch(() => undefined)
    socket.write(requests.map(({ bytes }) => bytes).join(''))
    return answers
  }

  close(): void {
    this.#socket?.destroy()
    this.#socket = undefined
    const waiting = this.#waiting
    this.#waiting = []
    for (const { reject } of waiting) reject(new Unanswered('the connection was closed without an answer'))
  }

  async #open(): Promise<Socket> {
    const socket = connect({ host: this.#hostname, port: this.#port, noDelay: true })
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
    this.#socket = socket
    this.#reader = new ResponseReader()
    socket.on('data', (bytes: Buffer) => {
      if (this.#socket === socket) this.#take(bytes)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      if (this.#socket === socket) this.close()
    })
    return socket
  }

  #take(bytes: Buffer): void {
    this.#reader.add(bytes)
    for (let [first] = this.#waiting; first !== undefined; [first] = this.#waiting) {
      const answer = this.#reader.next(first.hasNoBody)
      if (answer === undefined) return
      this.#waiting.shift()
      first.resolve(answer)
      if (isLast(answer)) this.close()
    }
  }
}
