import type { UsdMinor } from '@paddock/money'
import { isUniqueViolation } from '@paddock/service'
import type { Selectable } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { BrokerContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import { type InstantFundingId, InstantFundingRejected } from './instant-funding.ts'
import {
  type Settlement,
  type SettlementId,
  type SettlementItem,
  type SettlementStatus,
  settlementsInProgress,
} from './settlement.ts'

const ITEMS = 'instant_settlement_items'

/** Stores a settlement with its advances, their senders encrypted; refuses a second one in progress. */
export async function insertSettlement(
  { cipher }: Pick<BrokerContext, 'cipher'>,
  tx: Tx,
  settlement: Settlement,
  items: readonly SettlementItem[],
  additionalInfo: string | undefined,
): Promise<void> {
  const { id } = settlement
  try {
    await tx
      .insertInto('instant_settlements')
      .values({
        id,
        source_account_id: settlement.sourceAccountId,
        status: settlement.status,
        total_minor: settlement.totalMinor,
        interest_minor: settlement.interestMinor,
        additional_info: additionalInfo ?? null,
        created_at: settlement.createdAt,
        updated_at: settlement.updatedAt,
      })
      .execute()
  } catch (error) {
    if (isUniqueViolation(error, 'one_instant_settlement_in_progress')) {
      throw new InstantFundingRejected('instant_settlement_in_progress')
    }
    throw error
  }
  const rows = items.map(({ instantFundingId, transmitter }) => ({
    settlement_id: id,
    instant_funding_id: instantFundingId,
    transmitter_cipher: cipher.encrypt(transmitter, {
      table: ITEMS,
      column: 'transmitter_cipher',
      rowId: `${id}:${instantFundingId}`,
    }),
  }))
  await tx.insertInto(ITEMS).values(rows).execute()
}

const select = (db: Db) =>
  db
    .selectFrom('instant_settlements as settlement')
    .innerJoin('accounts as source', 'source.id', 'settlement.source_account_id')
    .selectAll('settlement')
    .select('source.account_number as source_number')

export async function findSettlement(db: Db, id: SettlementId): Promise<Settlement | undefined> {
  const row = await select(db).where('settlement.id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : toSettlement(row)
}

export async function findSettlementInProgress(db: Db): Promise<Settlement | undefined> {
  const row = await select(db).where('settlement.status', 'in', settlementsInProgress).executeTakeFirst()
  return row === undefined ? undefined : toSettlement(row)
}

/** Newest first. */
export async function listSettlements(db: Db): Promise<Settlement[]> {
  const rows = await select(db)
    .orderBy('settlement.created_at', 'desc')
    .orderBy('settlement.id', 'desc')
    .limit(1_000)
    .execute()
  return rows.map(toSettlement)
}

export async function listSettledFundings(db: Db, id: SettlementId): Promise<InstantFundingId[]> {
  const rows = await db
    .selectFrom(ITEMS)
    .select('instant_funding_id')
    .where('settlement_id', '=', id)
    .execute()
  return rows.map((row) => row.instant_funding_id as InstantFundingId)
}

export async function isBeingSettled(db: Db, id: InstantFundingId): Promise<boolean> {
  const row = await db
    .selectFrom(ITEMS)
    .innerJoin('instant_settlements as settlement', 'settlement.id', `${ITEMS}.settlement_id`)
    .select('settlement.id')
    .where('instant_funding_id', '=', id)
    .where('settlement.status', 'in', settlementsInProgress)
    .executeTakeFirst()
  return row !== undefined
}

export async function updateSettlement(
  tx: Tx,
  id: SettlementId,
  change: {
    status: SettlementStatus
    interest_minor?: UsdMinor
    reason?: string | null
    completed_at?: Temporal.Instant
  },
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('instant_settlements')
    .set({ ...change, updated_at: now })
    .where('id', '=', id)
    .execute()
}

function toSettlement(row: Selectable<DB['instant_settlements']> & { source_number: string }): Settlement {
  return {
    id: row.id as SettlementId,
    sourceAccountId: row.source_account_id as AccountId,
    sourceAccountNumber: row.source_number,
    status: row.status as SettlementStatus,
    totalMinor: row.total_minor as UsdMinor,
    interestMinor: row.interest_minor as UsdMinor,
    reason: row.reason ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    completedAt: row.completed_at ?? undefined,
  }
}
