import { connect, type Socket } from 'node:net'

/** What came back: as little work as possible, for there are many of them. */
export interface RawAnswer {
  readonly status: number
  /** The head with lower-case names, to be searched. */
  readonly head: string
  readonly body: Buffer
}

const CRLF = Buffer.from('\r\n')
const END_OF_HEAD = Buffer.from('\r\n\r\n')
const nothing = Buffer.alloc(0)

/** One keep-alive connection on which any bytes can be sent, also those that no HTTP client would let through. */
export class HttpConnection {
  readonly #host: string
  readonly #port: number
  #socket: Socket | undefined
  #read: Buffer = nothing
  #waiting: { resolve(answer: RawAnswer): void; reject(error: Error): void; hasNoBody: boolean } | undefined

  constructor(baseUrl: string) {
    const url = new URL(baseUrl)
    this.#host = url.hostname
    this.#port = Number(url.port || 80)
  }

  /** Sends bytes and answers with the first response to them; of an event stream, with its head. */
  async send(bytes: string | Buffer, hasNoBody = false): Promise<RawAnswer> {
    const socket = this.#socket ?? (await this.#open())
    const answer = new Promise<RawAnswer>((resolve, reject) => {
      this.#waiting = { resolve, reject, hasNoBody }
    })
    socket.write(bytes)
    return answer
  }

  close(): void {
    this.#socket?.destroy()
    this.#socket = undefined
    this.#read = nothing
  }

  async #open(): Promise<Socket> {
    const socket = connect({ host: this.#host, port: this.#port, noDelay: true })
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
    this.#socket = socket
    this.#read = nothing
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
    this.#read = this.#read.length === 0 ? bytes : Buffer.concat([this.#read, bytes])
    const waiting = this.#waiting
    if (waiting === undefined) return
    const end = this.#read.indexOf(END_OF_HEAD)
    if (end < 0) return
    const head = this.#read.toString('latin1', 0, end).toLowerCase()
    const status = Number(head.slice(9, 12))
    const rest = this.#read.subarray(end + 4)
    const isStream = head.includes('content-type: text/event-stream')
    const body = waiting.hasNoBody || status === 204 || isStream ? nothing : readBody(head, rest)
    if (body === undefined) return
    this.#waiting = undefined
    this.#read = nothing
    if (isStream || head.includes('connection: close')) this.close()
    waiting.resolve({ status, head, body })
  }
}

/** The whole body, or undefined while some of it is still on its way. */
function readBody(head: string, rest: Buffer): Buffer | undefined {
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1]
  if (length !== undefined) return rest.length < Number(length) ? undefined : rest
  if (!head.includes('transfer-encoding: chunked')) return rest
  const parts: Buffer[] = []
  for (let at = 0; ; ) {
    const lineEnd = rest.indexOf(CRLF, at)
    if (lineEnd < 0) return undefined
    const size = Number.parseInt(rest.toString('latin1', at, lineEnd), 16)
    if (size === 0) return rest.indexOf(END_OF_HEAD, lineEnd) < 0 ? undefined : Buffer.concat(parts)
    at = lineEnd + 2 + size + 2
    if (rest.length < at) return undefined
    parts.push(rest.subarray(lineEnd + 2, lineEnd + 2 + size))
  }
}
