/** Reads an RFC 3339 timestamp with any number of decimals; what is finer than a nanosecond is dropped. Throws where it is none. */
export function readInstant(text: string): Temporal.Instant {
  return Temporal.Instant.from(text.replace(/(\.\d{9})\d+/, '$1'))
}
