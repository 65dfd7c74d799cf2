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

/** Takes apart what comes on one connection. A long answer comes in many pieces, which are joined once, at its end. */
export class ResponseReader {
  #pieces: Buffer[] = []
  #readBytes = 0
  #wantedBytes = 0
  #head = ''

  add(bytes: Buffer): void {
    this.#pieces.push(bytes)
    this.#readBytes += bytes.length
  }

  /** The next whole answer, or undefined while some of it is still on its way. */
  next(hasNoBody: boolean): RawAnswer | undefined {
    if (this.#readBytes === 0 || this.#readBytes < this.#wantedBytes) return undefined
    const read = this.#pieces.length === 1 ? (this.#pieces[0] as Buffer) : Buffer.concat(this.#pieces)
    this.#pieces = [read]
    const end = read.indexOf(END_OF_HEAD)
    if (end < 0) return undefined
    this.#head ||= read.toString('latin1', 0, end).toLowerCase()
    const head = this.#head
    const status = Number(head.slice(9, 12))
    const isEmpty = hasNoBody || status === 204 || isStream(head)
    const found = isEmpty ? { body: nothing, end: end + 4 } : this.#readBody(read, end + 4)
    if (found === undefined) return undefined
    const rest = read.subarray(found.end)
    this.#pieces = rest.length === 0 ? [] : [rest]
    this.#readBytes = rest.length
    this.#wantedBytes = 0
    this.#head = ''
    return { status, head, body: found.body }
  }

  #readBody(read: Buffer, from: number): { body: Buffer; end: number } | undefined {
    const length = /\r\ncontent-length: (\d+)/.exec(this.#head)?.[1]
    if (length === undefined) {
      if (this.#head.includes('transfer-encoding: chunked')) return joinChunks(read, from)
      return { body: read.subarray(from), end: read.length }
    }
    const end = from + Number(length)
    this.#wantedBytes = end
    return read.length < end ? undefined : { body: read.subarray(from, end), end }
  }
}

const isStream = (head: string): boolean => head.includes('content-type: text/event-stream')

/** True when nothing else will come on this connection, or nothing that anybody waits for. */
export const isLast = ({ head }: RawAnswer): boolean => isStream(head) || head.includes('connection: close')

function joinChunks(read: Buffer, from: number): { body: Buffer; end: number } | undefined {
  const parts: Buffer[] = []
  for (let at = from; ; ) {
    const lineEnd = read.indexOf(CRLF, at)
    if (lineEnd < 0) return undefined
    const size = Number.parseInt(read.toString('latin1', at, lineEnd), 16)
    if (size === 0) {
      const end = read.indexOf(END_OF_HEAD, lineEnd)
      return end < 0 ? undefined : { body: Buffer.concat(parts), end: end + 4 }
    }
    at = lineEnd + 2 + size + 2
    if (read.length < at) return undefined
    parts.push(read.subarray(lineEnd + 2, lineEnd + 2 + size))
  }
}
