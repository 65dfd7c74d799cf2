export type StreamError =
  | 'invalid_syntax'
  | 'not_authenticated'
  | 'auth_failed'
  | 'already_authenticated'
  | 'auth_timeout'
  | 'symbol_limit_exceeded'
  | 'connection_limit_exceeded'
  | 'slow_client'
  | 'insufficient_subscription'
  | 'invalid_subscription'
  | 'internal_error'

/** What the stream says when it says no, in the vendor's codes. After a final one it hangs up. */
export const streamErrors: Record<StreamError, { code: number; msg: string; isFinal: boolean }> = {
  invalid_syntax: { code: 400, msg: 'invalid syntax', isFinal: false },
  not_authenticated: { code: 401, msg: 'not authenticated', isFinal: false },
  auth_failed: { code: 402, msg: 'auth failed', isFinal: true },
  already_authenticated: { code: 403, msg: 'already authenticated', isFinal: false },
  auth_timeout: { code: 404, msg: 'auth timeout', isFinal: true },
  symbol_limit_exceeded: { code: 405, msg: 'symbol limit exceeded', isFinal: false },
  connection_limit_exceeded: { code: 406, msg: 'connection limit exceeded', isFinal: true },
  slow_client: { code: 407, msg: 'slow client', isFinal: true },
  insufficient_subscription: { code: 409, msg: 'insufficient subscription', isFinal: true },
  invalid_subscription: { code: 410, msg: 'invalid subscribe action for this feed', isFinal: false },
  internal_error: { code: 500, msg: 'internal error', isFinal: true },
}
