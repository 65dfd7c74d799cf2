import { decode, EXT_TIMESTAMP, ExtensionCodec, encode, encodeTimeSpecToTimestamp } from '@msgpack/msgpack'

/** A message before it is written; of data, `t` is when it happened. */
export interface StreamMessage {
  readonly T: string
  readonly t?: string
  readonly [field: string]: unknown
}

/** How one connection writes: each message once for all readers, then frames of them, which are arrays. */
export interface StreamCodec {
  readonly name: 'json' | 'msgpack'
  write(message: StreamMessage): Buffer
  frame(messages: readonly Buffer[]): Buffer
}

const COMMA = Buffer.from(',')

export const jsonCodec: StreamCodec = {
  name: 'json',
  write: (message) => Buffer.from(JSON.stringify(message)),
  frame: (messages) =>
    Buffer.concat([
      Buffer.from('['),
      ...messages.flatMap((message, index) => (index === 0 ? [message] : [COMMA, message])),
      Buffer.from(']'),
    ]),
}

const NANO_PER_SECOND = 1_000_000_000n

const extensionCodec = new ExtensionCodec()
extensionCodec.register({
  type: EXT_TIMESTAMP,
  encode(value) {
    if (!(value instanceof Temporal.Instant)) return null
    const { epochNanoseconds } = value
    const sec = Number(epochNanoseconds / NANO_PER_SECOND)
    return encodeTimeSpecToTimestamp({ sec, nsec: Number(epochNanoseconds % NANO_PER_SECOND) })
  },
  decode: () => undefined,
})

/** The same in MessagePack, with times as its own timestamps: so the vendor's clients expect them. */
export const msgpackCodec: StreamCodec = {
  name: 'msgpack',
  write: ({ t, ...message }) =>
    bufferOf(
      encode(t === undefined ? message : { ...message, t: Temporal.Instant.from(t) }, { extensionCodec }),
    ),
  frame: (messages) => Buffer.concat([arrayHead(messages.length), ...messages]),
}

const LIMITS = {
  maxStrLength: 4_096,
  maxArrayLength: 10_000,
  maxMapLength: 100,
  maxBinLength: 0,
  maxExtLength: 0,
}

/** What a client has said: binary frames are MessagePack, the others JSON. Throws what the decoders throw. */
export function readFrame(data: Buffer, isBinary: boolean): unknown {
  return isBinary ? decode(data, LIMITS) : JSON.parse(data.toString('utf8'))
}

const FIXED_ARRAY = 0x90
const ARRAY_16 = 0xdc
const ARRAY_32 = 0xdd

function arrayHead(length: number): Buffer {
  if (length < 16) return Buffer.from([FIXED_ARRAY | length])
  const head = Buffer.alloc(length < 0x1_0000 ? 3 : 5)
  if (head.length === 3) {
    head[0] = ARRAY_16
    head.writeUInt16BE(length, 1)
  } else {
    head[0] = ARRAY_32
    head.writeUInt32BE(length, 1)
  }
  return head
}

const bufferOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
