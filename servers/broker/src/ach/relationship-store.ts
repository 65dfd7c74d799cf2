import { isUniqueViolation } from '@paddock/service'
import type { Selectable } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { BrokerContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import {
  activeRelationshipStatuses,
  type Relationship,
  type RelationshipId,
  RelationshipRejected,
  type RelationshipStatus,
} from './relationship.ts'

const TABLE = 'ach_relationships'

const cell = (column: string, rowId: string) => ({ table: TABLE, column, rowId })

/** Stores a new relationship, its numbers and its token encrypted. The account must be locked. */
export async function insertRelationship(
  { cipher }: Pick<BrokerContext, 'cipher'>,
  tx: Tx,
  relationship: Relationship,
): Promise<void> {
  const { id, processorToken } = relationship
  try {
    await tx
      .insertInto(TABLE)
      .values({
        account_id: relationship.accountId,
        id,
        status: relationship.status,
        approval_method: relationship.approvalMethod,
        account_owner_name: relationship.accountOwnerName,
        bank_account_type: relationship.bankAccountType,
        account_number_cipher: cipher.encrypt(
          relationship.bankAccountNumber,
          cell('account_number_cipher', id),
        ),
        routing_number_cipher: cipher.encrypt(
          relationship.bankRoutingNumber,
          cell('routing_number_cipher', id),
        ),
        processor_token_cipher:
          processorToken === undefined
            ? null
            : cipher.encrypt(processorToken, cell('processor_token_cipher', id)),
        account_mask: relationship.accountMask,
        nickname: relationship.nickname ?? null,
        created_at: relationship.createdAt,
        updated_at: relationship.updatedAt,
      })
      .execute()
  } catch (error) {
    if (isUniqueViolation(error, 'one_active_ach_relationship')) {
      throw new RelationshipRejected('relationship_exists')
    }
    throw error
  }
}

export async function listRelationships(
  { db, cipher }: Pick<BrokerContext, 'db' | 'cipher'>,
  accountId: AccountId,
  statuses: readonly string[],
): Promise<Relationship[]> {
  const rows = await db
    .selectFrom(TABLE)
    .selectAll()
    .where('account_id', '=', accountId)
    .where('status', 'in', statuses.length > 0 ? statuses : activeRelationshipStatuses)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(1_000)
    .execute()
  return rows.map((row) => toRelationship(cipher, row))
}

/** The numbers as they were linked, whatever the status. */
export async function findRelationshipNumbers(
  { cipher }: Pick<BrokerContext, 'cipher'>,
  db: Db,
  accountId: AccountId,
  id: RelationshipId,
): Promise<Relationship | undefined> {
  const row = await db
    .selectFrom(TABLE)
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? undefined : toRelationship(cipher, row)
}

export async function hasActiveRelationship(db: Db, accountId: AccountId): Promise<boolean> {
  const row = await db
    .selectFrom(TABLE)
    .select('id')
    .where('account_id', '=', accountId)
    .where('status', 'in', activeRelationshipStatuses)
    .executeTakeFirst()
  return row !== undefined
}

/** A relationship, whatever its status; nothing when the account has no such one. */
export async function findRelationship(
  db: Db,
  accountId: AccountId,
  id: RelationshipId,
): Promise<{ status: RelationshipStatus; nickname: string | undefined } | undefined> {
  const row = await db
    .selectFrom(TABLE)
    .select(['status', 'nickname'])
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return { status: row.status as RelationshipStatus, nickname: row.nickname ?? undefined }
}

/** Whose relationship this is; for operators, who know it by its id alone. */
export async function findRelationshipOwner(db: Db, id: RelationshipId): Promise<AccountId | undefined> {
  const row = await db.selectFrom(TABLE).select('account_id').where('id', '=', id).executeTakeFirst()
  return row?.account_id as AccountId | undefined
}

export async function setRelationshipStatus(
  tx: Tx,
  accountId: AccountId,
  id: RelationshipId,
  status: RelationshipStatus,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable(TABLE)
    .set({ status, updated_at: now })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute()
}

function toRelationship(cipher: BrokerContext['cipher'], row: Selectable<DB[typeof TABLE]>): Relationship {
  const { id, processor_token_cipher: token } = row
  return {
    id: id as RelationshipId,
    accountId: row.account_id as AccountId,
    status: row.status as RelationshipStatus,
    approvalMethod: row.approval_method as Relationship['approvalMethod'],
    accountOwnerName: row.account_owner_name,
    bankAccountType: row.bank_account_type as Relationship['bankAccountType'],
    bankAccountNumber: cipher.decrypt(row.account_number_cipher, cell('account_number_cipher', id)),
    bankRoutingNumber: cipher.decrypt(row.routing_number_cipher, cell('routing_number_cipher', id)),
    accountMask: row.account_mask,
    processorToken: token === null ? undefined : cipher.decrypt(token, cell('processor_token_cipher', id)),
    nickname: row.nickname ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
