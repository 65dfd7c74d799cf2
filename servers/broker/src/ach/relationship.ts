import { type Brand, DomainError } from '@paddock/kernel'
import type { AccountId } from '../accounts/account.ts'

export type RelationshipId = Brand<string, 'RelationshipId'>

export type RelationshipStatus = 'QUEUED' | 'APPROVED' | 'PENDING' | 'REJECTED' | 'CANCELED' | 'CANCEL_FAILED'

/** What events tell of beside: a relationship passes through these on its way and does not stay. */
export type RelationshipStep = RelationshipStatus | 'CANCEL_REQUESTED' | 'CANCEL_SENT'

/** The states in which a relationship occupies the account's one place. */
export const activeRelationshipStatuses = ['QUEUED', 'APPROVED', 'PENDING'] as const

export type Relationship = {
  readonly id: RelationshipId
  readonly accountId: AccountId
  readonly status: RelationshipStatus
  readonly approvalMethod: 'CORRESPONDENT' | 'PLAID'
  readonly accountOwnerName: string
  readonly bankAccountType: 'CHECKING' | 'SAVINGS'
  readonly bankAccountNumber: string
  readonly bankRoutingNumber: string
  readonly accountMask: string
  readonly processorToken: string | undefined
  readonly nickname: string | undefined
  readonly createdAt: Temporal.Instant
  readonly updatedAt: Temporal.Instant
}

export type RelationshipRejection =
  | 'account_not_linkable'
  | 'relationship_exists'
  | 'relationship_in_use'
  | 'relationship_not_found'
  | 'relationship_not_reviewable'

export class RelationshipRejected extends DomainError<RelationshipRejection> {
  override readonly name = 'RelationshipRejected'
}
