import type { ErrorBody } from '@paddock/platform-wire'

export interface ApiProblem {
  /** 0 when no answer came. */
  status: number
  code: string
  message: string
  requestId?: string | undefined
  fields?: ErrorBody['error']['fields']
  details?: ErrorBody['error']['details']
}

/** A request that did not bring what was asked for: refused by the server, or no answer at all. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly requestId: string | undefined
  readonly fields: NonNullable<ErrorBody['error']['fields']>
  readonly details: Readonly<Record<string, string>>

  constructor(problem: ApiProblem) {
    super(problem.message)
    this.status = problem.status
    this.code = problem.code
    this.requestId = problem.requestId
    this.fields = problem.fields ?? []
    this.details = problem.details ?? {}
  }

  /**
   * True when the server has said no for good, so that another try is another request. A time-out, a
   * 429 or a 5xx says nothing about what happened: the same id must be sent again.
   */
  get isFinal(): boolean {
    return this.status >= 400 && this.status < 500 && this.status !== 408 && this.status !== 429
  }
}

export function isApiError(error: unknown, code?: string): error is ApiError {
  return error instanceof ApiError && (code === undefined || error.code === code)
}
