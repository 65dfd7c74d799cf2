/**
 * A rule that says no: expected, shown and tested. `code` is stable; `details` are facts for the
 * answer (bigints allowed). The domain does not know HTTP: each server has one table that translates.
 */
export abstract class DomainError<Code extends string = string> extends Error {
  readonly code: Code
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: Code, details: Readonly<Record<string, unknown>> = {}) {
    super(code)
    this.code = code
    this.details = details
  }
}
