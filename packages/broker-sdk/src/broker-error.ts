/** What is known about a call that did not end well. */
export interface BrokerErrorFacts {
  /** HTTP status; undefined when no answer came. */
  status?: number | undefined
  /** The vendor's code, such as 40310000. */
  code?: number | undefined
  /** `X-Request-ID` of the answer: what support asks for. */
  requestId?: string | undefined
  /** The whole error body; some refusals carry figures such as `buying_power`. */
  body?: Readonly<Record<string, unknown>> | undefined
  cause?: unknown
}

/** Answers of this kind say nothing about the object that was asked for: look before trying again. */
const SAYS_NOTHING: readonly number[] = [401, 408, 429]

/**
 * A call that was refused, or whose outcome is unknown. `isRefusal` tells which: only a refusal proves that
 * nothing happened. A lost answer, a 5xx, a 401, a 408 and a 429 prove nothing.
 */
export class BrokerError extends Error {
  override readonly name = 'BrokerError'
  readonly status: number | undefined
  readonly code: number | undefined
  readonly requestId: string | undefined
  readonly body: Readonly<Record<string, unknown>>

  constructor(message: string, facts: BrokerErrorFacts = {}) {
    super(message, { cause: facts.cause })
    this.status = facts.status
    this.code = facts.code
    this.requestId = facts.requestId
    this.body = facts.body ?? {}
  }

  get isRefusal(): boolean {
    const { status } = this
    return status !== undefined && status >= 400 && status < 500 && !SAYS_NOTHING.includes(status)
  }
}
