import type { KeyRejection } from '../keys/api-key.ts'
import type { WireError } from './wire-error.ts'

/** What keys and tokens are refused with (contracts/alpaca/transport.md §2). */
export const keyErrors: Record<KeyRejection, WireError> = {
  client_assertion_invalid: {
    status: 401,
    code: 40110000,
    message: ({ claim }) =>
      claim === undefined ? 'client_assertion is invalid' : `client_assertion is invalid: ${String(claim)}`,
    fields: () => ({ error: 'invalid_client' }),
  },
  client_credentials_invalid: {
    status: 401,
    code: 40110000,
    message: 'client_id or client_secret is wrong',
    fields: () => ({ error: 'invalid_client' }),
  },
  key_expiry_passed: { status: 422, code: 40010001, message: 'expires_at must lie in the future' },
  key_not_found: { status: 404, code: 40410000, message: 'key not found' },
  key_not_active: {
    status: 422,
    code: 42210000,
    message: (details) => `a key that is ${String(details.status)} takes no public key`,
  },
  key_not_rotatable: {
    status: 422,
    code: 42210000,
    message: (details) => `a key that is ${String(details.status)} cannot be rotated`,
  },
  public_key_unsuitable: {
    status: 422,
    code: 40010001,
    message: 'public_key must be in PEM: RSA of 2048 bits or more, P-256, P-384 or Ed25519',
  },
  scopes_not_yours: {
    status: 403,
    code: 40310000,
    message: 'access denied: nobody can hand out more than the own key may do',
  },
}
