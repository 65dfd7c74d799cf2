import type { WebhookError } from './webhook.ts'

/** Why a login is broken, where more is known than that it is. */
export type LoginReason = 'OAUTH_CONSENT_EXPIRED' | 'OAUTH_INVALID_TOKEN' | 'OAUTH_USER_REVOKED'

export const LOGIN_REQUIRED_MESSAGE =
  'the login details of this item have changed and a user login is required to update them; use Link in update mode'

export function loginRequiredError(reason: LoginReason | null): WebhookError {
  return {
    error_type: 'ITEM_ERROR',
    error_code: 'ITEM_LOGIN_REQUIRED',
    error_code_reason: reason,
    error_message: LOGIN_REQUIRED_MESSAGE,
    display_message: null,
    status: 400,
  }
}

export const permissionRevokedError: WebhookError = {
  error_type: 'ITEM_ERROR',
  error_code: 'USER_PERMISSION_REVOKED',
  error_code_reason: null,
  error_message: 'the user has revoked the permission to read this item',
  display_message: null,
  status: 400,
}
