/** Where domain code learns the time; nothing else may ask the machine. */
export interface Clock {
  now(): Temporal.Instant
}
