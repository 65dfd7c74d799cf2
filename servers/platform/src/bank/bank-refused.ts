import { DomainError } from '@paddock/kernel'

export type BankRefusal =
  | 'bank_account_not_eligible'
  | 'bank_connected_already'
  | 'bank_connection_lost'
  | 'bank_refused'
  | 'bank_unavailable'
  | 'processor_token_invalid'
  | 'public_token_invalid'

/** What the bank's side said no to. Made anew from its error, whose request carries our secret. */
export class BankRefused extends DomainError<BankRefusal> {
  override readonly name = 'BankRefused'
}

const refusals: Readonly<Record<string, BankRefusal>> = {
  INVALID_PUBLIC_TOKEN: 'public_token_invalid',
  INVALID_ACCOUNT_ID: 'bank_account_not_eligible',
  NO_AUTH_ACCOUNTS: 'bank_account_not_eligible',
  PRODUCTS_NOT_SUPPORTED: 'bank_account_not_eligible',
  ITEM_LOGIN_REQUIRED: 'bank_connection_lost',
  ITEM_NOT_FOUND: 'bank_connection_lost',
  INVALID_ACCESS_TOKEN: 'bank_connection_lost',
}

/** Our own settings are wrong, which is nothing that a customer could mend. */
const OURS: readonly string[] = ['INVALID_API_KEYS', 'UNAUTHORIZED_ENVIRONMENT', 'INVALID_CONFIGURATION']

/**
 * Rewraps an error of the `plaid` client. Only code and request id survive; the original is not even kept
 * as a cause, because a log line of it would show the secret.
 */
export function toBankRefused(error: unknown): BankRefused {
  const response = (error as { response?: { status?: unknown; data?: unknown } } | null)?.response
  const data = response?.data as Record<string, unknown> | null | undefined
  const code = typeof data?.error_code === 'string' ? data.error_code : undefined
  if (code === undefined || Number(response?.status) >= 500 || OURS.includes(code)) {
    return new BankRefused('bank_unavailable', code === undefined ? {} : { bank_code: code })
  }
  return new BankRefused(refusals[code] ?? 'bank_refused', {
    bank_code: code,
    ...(typeof data?.request_id === 'string' ? { bank_request_id: data.request_id } : {}),
  })
}
