import type { AccountId } from '../accounts/account.ts'
import type { Relationship, RelationshipId } from './relationship.ts'

/** The numbers of a linked bank account as they were from some time on. Never changed: a correction is a new version. */
export type BankVersion = {
  readonly accountId: AccountId
  readonly relationshipId: RelationshipId
  readonly version: number
  readonly source: 'LINKED' | 'CORRECTION'
  /** The answer that brought it, and its code, such as C01. */
  readonly answerId: string | undefined
  readonly code: string | undefined
  readonly accountNumber: string
  readonly routingNumber: string
  readonly accountHash: string
  readonly accountMask: string
  readonly accountType: Relationship['bankAccountType']
  readonly ownerName: string
  /** What the bank wants to find in place of our own reference. */
  readonly individualId: string | undefined
}

/** As an account number stands in an entry: without its spaces. Two that read the same there are the same. */
export const entryAccountNumber = (accountNumber: string): string => accountNumber.replaceAll(' ', '')
