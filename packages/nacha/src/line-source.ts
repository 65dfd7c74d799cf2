import { RECORD_WIDTH } from './record.ts'

/** One record as it stands in the file. */
export interface SourceLine {
  /** From 1. */
  number: number
  /** Decoded, one UTF-16 unit a character, as long as it is in the file (to a limit). */
  text: string
  ending: '' | '\n' | '\r\n' | '\r'
}

const LF = 10
const CR = 13
/** A file whose first bytes have no line end is a stream of records. */
const PROBE_BYTES = 4_096
/** What no ACH line is: longer ones are cut in memory, and are an error anyway. */
const MAX_LINE_BYTES = 8_192

// Fatal decoding tells UTF-8 from the single-byte code page.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const windows1252 = new TextDecoder('windows-1252')

/** Cuts bytes into records, whatever the line ends are; keeps no more than a line between two pushes. */
export class LineSource {
  #rest = new Uint8Array(0)
  #number = 0
  #layout: 'unknown' | 'lines' | 'stream' = 'unknown'
  #skipping = false
  /** Places of the next line feed and carriage return in the chunk at hand; its length when there is none. */
  #feedAt = 0
  #returnAt = 0
  /** A byte order mark was there. */
  hadByteOrderMark = false

  get isStream(): boolean {
    return this.#layout === 'stream'
  }

  *push(chunk: Uint8Array): Generator<SourceLine> {
    this.#rest = this.#rest.length === 0 ? chunk.slice() : joinBytes(this.#rest, chunk)
    if (this.#layout === 'unknown') {
      if (this.#rest.length < PROBE_BYTES) return
      this.#decideLayout()
    }
    yield* this.#cut(false)
  }

  *end(): Generator<SourceLine> {
    if (this.#layout === 'unknown') this.#decideLayout()
    yield* this.#cut(true)
  }

  #decideLayout(): void {
    const bytes = this.#rest
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
      this.hadByteOrderMark = true
      this.#rest = bytes.slice(3)
    }
    const first = this.#rest.findIndex((byte) => byte === LF || byte === CR)
    // A physical block of ten records on a line is a stream too, with a line end here and there.
    const isBlock = first >= 2 * RECORD_WIDTH && first % RECORD_WIDTH === 0
    const isLong = first === -1 && this.#rest.length > RECORD_WIDTH
    const isOnly = first >= 2 * RECORD_WIDTH && this.#rest.subarray(first).every((byte) => byte <= 32)
    this.#layout = isBlock || isLong || isOnly ? 'stream' : 'lines'
  }

  *#cut(isEnd: boolean): Generator<SourceLine> {
    let at = 0
    const bytes = this.#rest
    // One decode for the whole chunk: a byte is a character here, so places agree.
    const chars = windows1252.decode(bytes)
    this.#feedAt = -1
    this.#returnAt = -1
    const take = this.#layout === 'stream' ? this.#nextOfStream : this.#nextLine
    for (;;) {
      const next = take.call(this, bytes, chars, at, isEnd)
      if (next === undefined) break
      at = next.end
      if (next.line !== undefined) yield next.line
    }
    this.#rest = bytes.slice(at)
  }

  #nextLine(bytes: Uint8Array, chars: string, at: number, isEnd: boolean): Step | undefined {
    if (at >= bytes.length) return undefined
    if (this.#feedAt < at) this.#feedAt = placeOf(chars, '\n', at)
    if (this.#returnAt < at) this.#returnAt = placeOf(chars, '\r', at)
    const end = Math.min(this.#feedAt, this.#returnAt)
    const isLast = end === bytes.length
    // A return at the very end may be half of a pair.
    if (!isEnd && end === bytes.length - 1 && bytes[end] === CR) return undefined
    if (isLast && !isEnd) {
      if (bytes.length - at <= MAX_LINE_BYTES) return undefined
      const head = this.#skipping ? undefined : this.#line(bytes.subarray(at, at + MAX_LINE_BYTES), '')
      this.#skipping = true
      return { end: bytes.length, ...(head === undefined ? {} : { line: head }) }
    }
    const ending = isLast ? '' : bytes[end] === LF ? '\n' : bytes[end + 1] === LF ? '\r\n' : '\r'
    const after = end + ending.length
    if (this.#skipping) {
      this.#skipping = false
      return { end: after }
    }
    const body = bytes.subarray(at, Math.min(end, at + MAX_LINE_BYTES))
    return { end: after, line: this.#line(body, ending, chars.slice(at, at + body.length)) }
  }

  #nextOfStream(bytes: Uint8Array, chars: string, from: number, isEnd: boolean): Step | undefined {
    let at = from
    while (bytes[at] === LF || bytes[at] === CR) at += 1
    const left = bytes.length - at
    if (left === 0) return at > from ? { end: at } : undefined
    // Four bytes a character at most, so that a record in UTF-8 is never cut by the end of a chunk.
    if (!isEnd && left < 4 * RECORD_WIDTH) return at > from ? { end: at } : undefined
    const length = Math.min(left, recordBytes(bytes, at))
    const body = bytes.subarray(at, at + length)
    return { end: at + length, line: this.#line(body, '', chars.slice(at, at + length)) }
  }

  #line(bytes: Uint8Array, ending: SourceLine['ending'], chars = windows1252.decode(bytes)): SourceLine {
    this.#number += 1
    const isAscii = !/[^\0-\x7f]/.test(chars)
    return { number: this.#number, text: isAscii ? chars : decodeLine(bytes, chars), ending }
  }
}

function placeOf(chars: string, sign: string, from: number): number {
  const at = chars.indexOf(sign, from)
  return at === -1 ? chars.length : at
}

interface Step {
  end: number
  line?: SourceLine
}

/** 94 bytes, or more when they are 94 characters of UTF-8 and a record follows. */
function recordBytes(bytes: Uint8Array, at: number): number {
  let end = at
  let characters = 0
  while (end < bytes.length && characters < RECORD_WIDTH) {
    end += 1
    while (((bytes[end] ?? 0) & 0xc0) === 0x80) end += 1
    characters += 1
  }
  if (end - at === RECORD_WIDTH) return RECORD_WIDTH
  try {
    utf8.decode(bytes.subarray(at, end))
    return end - at
  } catch {
    return RECORD_WIDTH
  }
}

/** UTF-8 when it is, else Windows-1252; but characters that misplace the columns are read byte by byte. */
function decodeLine(bytes: Uint8Array, chars: string): string {
  let decoded: string
  try {
    decoded = utf8.decode(bytes)
  } catch {
    return chars
  }
  // A character beyond the basic plane has two units: one stands for it, so that columns keep their places.
  const text = decoded.replace(/[\u{10000}-\u{10ffff}]/gu, '\ufffd')
  return text.length !== RECORD_WIDTH && chars.length === RECORD_WIDTH ? chars : text
}

function joinBytes(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(first.length + second.length)
  all.set(first)
  all.set(second, first.length)
  return all
}
