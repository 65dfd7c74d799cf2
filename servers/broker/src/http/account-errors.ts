import type { AccountRejection } from '../accounts/account.ts'
import type { Details, WireError } from './wire-error.ts'

const text = (details: Details, key: string) => String(details[key])

const invalid = (message: WireError['message']): WireError => ({ status: 422, code: 40010001, message })
const forbidden = (message: WireError['message']): WireError => ({ status: 403, code: 40310000, message })
const missing = (message: string): WireError => ({ status: 404, code: 40410000, message })

/** What accounts are refused with (contracts/alpaca/accounts.md). */
export const accountErrors: Record<AccountRejection, WireError> = {
  account_not_closable: forbidden(
    (details) => `an account in status ${text(details, 'status')} cannot be closed`,
  ),
  account_not_editable: invalid(
    (details) => `an account in status ${text(details, 'status')} cannot be changed`,
  ),
  account_not_found: { status: 401, code: 40110000, message: 'request is not authorized' },
  assets_not_removable: invalid('enabled_assets: what is enabled cannot be switched off'),
  cash_left: {
    ...invalid((details) => `account has cash left: ${text(details, 'cash')}`),
    fields: (details) => ({ available: text(details, 'cash') }),
  },
  cip_not_found: missing('cip not found'),
  date_of_birth_impossible: invalid('identity.date_of_birth is invalid'),
  document_not_found: missing('document not found'),
  email_taken: { status: 409, code: 40910000, message: 'email address already exists' },
  holder_not_adult: invalid('identity.date_of_birth: the account holder must be at least 18 years old'),
  identity_check_not_open: invalid(
    (details) => `an account in status ${text(details, 'status')} needs no identity check`,
  ),
  identity_field_not_editable: invalid(
    (details) => `identity.${text(details, 'field')} cannot be changed after the account was opened`,
  ),
  names_changed_before: invalid('identity.given_name and identity.family_name can be changed only once'),
  orders_open: invalid('account has open orders'),
  positions_open: {
    ...invalid('account has open positions'),
    fields: (details) => ({ symbols: details.symbols as string[] }),
  },
  sdk_token_invalid: invalid('token is invalid'),
  transfers_pending: invalid('account has pending transfers'),
}
