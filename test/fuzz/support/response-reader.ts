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

/** Puts one response together. A long one comes in many pieces, which are joined once, at its end. */
export class ResponseReader {
  readonly #hasNoBody: boolean
  #pieces: Buffer[] = []
  #readBytes = 0
  #head = ''
  #wantedBytes = 0

  constructor(hasNoBody: boolean) {
    this.#hasNoBody = hasNoBody
  }

  /** True when nothing else will come on this connection, or nothing that anybody waits for. */
  get isLast(): boolean {
    return this.#isStream || this.#head.includes('connection: close')
  }

  get #isStream(): boolean {
    return this.#head.includes('content-type: text/event-stream')
  }

  /** The whole response, or undefined while some of it is still on its way. */
  take(bytes: Buffer): RawAnswer | undefined {
    this.#pieces.push(bytes)
    this.#readBytes += bytes.length
    if (this.#readBytes < this.#wantedBytes) return undefined
    const read = this.#pieces.length === 1 ? bytes : Buffer.concat(this.#pieces)
    this.#pieces = [read]
    const end = read.indexOf(END_OF_HEAD)
    if (end < 0) return undefined
    this.#head ||= read.toString('latin1', 0, end).toLowerCase()
    const status = Number(this.#head.slice(9, 12))
    const body = this.#hasNoBody || status === 204 || this.#isStream ? nothing : this.#readBody(read, end + 4)
    return body && { status, head: this.#head, body }
  }

  #readBody(read: Buffer, from: number): Buffer | undefined {
    const length = /\r\ncontent-length: (\d+)/.exec(this.#head)?.[1]
    const rest = read.subarray(from)
    if (length === undefined) {
      return this.#head.includes('transfer-encoding: chunked') ? joinChunks(rest) : rest
    }
    this.#wantedBytes = from + Number(length)
    return read.length < this.#wantedBytes ? undefined : rest
  }
}

function joinChunks(rest: Buffer): Buffer | undefined {
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
