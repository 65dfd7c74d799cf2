import type { LinkSuccessMetadata } from '@paddock/bank-wire'

/** How a session ended. The public token is not kept: it can be derived from the session again. */
export type LinkOutcome =
  | { kind: 'linked'; metadata: LinkSuccessMetadata }
  | { kind: 'exited'; status: string | null; error: LinkFailure | null; requestId: string }

export interface LinkFailure {
  error_type: string
  error_code: string
  error_message: string
  display_message: string | null
}

/** One opening of Link. */
export interface LinkSession {
  clientId: string
  id: string
  linkTokenHash: string
  institutionId: string | null
  /** Ciphertext of the login that the bank accepted. */
  loginCipher: string | null
  /** Ciphertext of the numbers that were typed. */
  numbersCipher: string | null
  startedAt: Temporal.Instant
  finishedAt: Temporal.Instant | null
  outcome: LinkOutcome | null
  /** When its end was told by webhook. */
  endToldAt: Temporal.Instant | null
}

export interface LinkEvent {
  id: string
  name: string
  metadata: Readonly<Record<string, string>>
  at: Temporal.Instant
}
