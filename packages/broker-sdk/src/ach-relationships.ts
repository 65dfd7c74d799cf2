import type { RelationshipBody } from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, CreateOptions, Transport } from './transport.ts'

export type AchRelationship = Open<RelationshipBody>

/** By the bank's numbers, or by a processor token that the customer's bank made for the broker. */
export type CreateAchRelationship =
  | { processor_token: string; nickname?: string }
  | {
      account_owner_name: string
      bank_account_type: 'CHECKING' | 'SAVINGS'
      bank_account_number: string
      bank_routing_number: string
      nickname?: string
    }

export function achRelationshipCalls({ call }: Transport) {
  const pathOf = (accountId: string) => `/v1/accounts/${encodeURIComponent(accountId)}/ach_relationships`
  return {
    /** Refused with 409 while the account has an active one. */
    create: (accountId: string, relationship: CreateAchRelationship, options?: CreateOptions) =>
      call<AchRelationship>({ method: 'POST', path: pathOf(accountId), body: relationship, options }),

    list: (accountId: string, filter: { statuses?: readonly string[] } = {}, options?: CallOptions) =>
      call<AchRelationship[]>({ method: 'GET', path: pathOf(accountId), query: filter, options }),

    delete: (accountId: string, relationshipId: string, options?: CallOptions) =>
      call<void>({
        method: 'DELETE',
        path: `${pathOf(accountId)}/${encodeURIComponent(relationshipId)}`,
        options,
      }),
  }
}
