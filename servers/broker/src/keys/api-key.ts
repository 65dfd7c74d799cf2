import { DomainError } from '@paddock/kernel'
import type { Scopes } from './scopes.ts'

/** `retiring`: replaced, and valid until its overlap ends. */
export type KeyStatus = 'active' | 'retiring' | 'expired' | 'revoked'

export type ApiKey = {
  readonly id: string
  readonly name: string
  readonly secretPrefix: string
  readonly scopes: Scopes
  /** By which what its holder signs can be checked. */
  readonly publicKey: string | undefined
  readonly status: KeyStatus
  readonly createdBy: string
  readonly createdAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant | undefined
  readonly revokedAt: Temporal.Instant | undefined
  readonly replacedBy: string | undefined
  readonly lastUsedAt: Temporal.Instant | undefined
}

export type KeyRejection =
  | 'client_assertion_invalid'
  | 'client_credentials_invalid'
  | 'key_expiry_passed'
  | 'key_not_found'
  | 'key_not_active'
  | 'key_not_rotatable'
  | 'public_key_unsuitable'
  | 'scopes_not_yours'

export class KeyRejected extends DomainError<KeyRejection> {
  override readonly name = 'KeyRejected'
}
