import type { Brand } from '@paddock/kernel'
import type { Email } from './email.ts'

export type UserId = Brand<string, 'UserId'>
export type SessionId = Brand<string, 'SessionId'>
export type Role = 'customer' | 'operator'

export interface User {
  readonly id: UserId
  readonly email: Email
  readonly role: Role
  readonly createdAt: Temporal.Instant
}

/** Who makes a request, proven by a living session. */
export interface Caller extends User {
  readonly sessionId: SessionId
}
