/** Bytes for readers, made once and given to all of them: plain, and with the length that HTTP puts around a chunk. */
export type Frame = { readonly body: Buffer; readonly chunk: Buffer }

const LINE_END = Buffer.from('\r\n')

export function frameOf(parts: readonly Buffer[]): Frame {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const head = Buffer.from(`${length.toString(16)}\r\n`)
  const chunk = Buffer.concat([head, ...parts, LINE_END])
  return { body: chunk.subarray(head.length, head.length + length), chunk }
}

/** A reader's connection, as a stream of events sees it. */
export interface EventSink {
  /** True when the reader has more waiting than it may have. */
  readonly isFull: boolean
  write(frame: Frame): void
  /** Waits, but not for ever, until the reader has taken what waits for it; false when it has not, or is gone. */
  drained(): Promise<boolean>
  /** Ends the waiting: nothing more will be written. */
  close(): void
}
