import { DomainError } from '@paddock/kernel'
import type { AccountId } from '../accounts/account.ts'
import type { RelationshipId } from '../ach/relationship.ts'

export type ProofMethod = 'PRENOTE' | 'MICRO_DEPOSITS'

/** REQUESTED until a file takes it, SENT until it is known, then one of the ends. */
export type ProofState = 'REQUESTED' | 'SENT' | 'VERIFIED' | 'FAILED' | 'LOCKED' | 'EXPIRED'

/** How a bank account is proved whose numbers somebody typed (contracts/nacha/origination.md §4). */
export type Proof = {
  readonly accountId: AccountId
  readonly relationshipId: RelationshipId
  readonly method: ProofMethod
  readonly state: ProofState
  /** Cents of the two credits; a secret. */
  readonly amounts: readonly bigint[]
  readonly tries: number
  readonly cutoffAt: Temporal.Instant
  readonly provableOn: Temporal.PlainDate
  readonly expiresAt: Temporal.Instant | undefined
}

export type ProofRejection =
  | 'proof_exists'
  | 'proof_locked'
  | 'proof_not_found'
  | 'proof_not_ready'
  | 'relationship_not_provable'

export class ProofRejected extends DomainError<ProofRejection> {
  override readonly name = 'ProofRejected'
}
