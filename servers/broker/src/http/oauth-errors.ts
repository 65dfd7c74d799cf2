import type { OAuthRejection } from '../oauth/oauth-client.ts'
import type { WireError } from './wire-error.ts'

/** What apps are refused with; `error` is OAuth's own word for it (contracts/alpaca/oauth.md §4). */
export const oauthErrors: Record<OAuthRejection, WireError> = {
  oauth_client_refused: {
    status: 401,
    code: 40110000,
    message: 'client does not exist, or client_secret is wrong',
    fields: () => ({ error: 'invalid_client' }),
  },
  oauth_code_invalid: {
    status: 422,
    code: 40010001,
    message: 'code is invalid, has expired or was used',
    fields: () => ({ error: 'invalid_grant' }),
  },
  oauth_redirect_invalid: {
    status: 422,
    code: 40010001,
    message: 'redirect_uri is invalid',
    fields: () => ({ error: 'invalid_grant' }),
  },
  oauth_scope_invalid: {
    status: 422,
    code: 40010001,
    message: 'scope is invalid',
    fields: () => ({ error: 'invalid_scope' }),
  },
  oauth_token_not_found: { status: 404, code: 40410000, message: 'token not found' },
}
