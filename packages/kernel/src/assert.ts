/** Stops a thing that can never be: a bug, so the caller's transaction rolls back. Not for bad input. */
export function assert(condition: unknown, message = 'assertion failed'): asserts condition {
  if (!condition) throw new Error(message)
}
