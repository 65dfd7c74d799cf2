import type { UsdMinor } from '@paddock/money'
import { type Selectable, sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { RelationshipId } from '../ach/relationship.ts'
import type { Db, Tx } from '../db/database.ts'
import { rowsAsJson } from '../db/insert-rows.ts'
import type { DB } from '../db/schema.ts'
import type { AchSpeed } from '../origination/ach-file.ts'
import type { BankId } from '../wires/recipient-bank.ts'
import type { FeePaymentMethod } from '../wires/wire-fee.ts'
import {
  type Counterpart,
  openTransferStatuses,
  type Transfer,
  type TransferDirection,
  type TransferId,
  type TransferStatus,
} from './transfer.ts'

export async function insertTransfer(tx: Tx, transfer: Transfer, requestedOn: Temporal.PlainDate) {
  await tx
    .insertInto('transfers')
    .values({
      account_id: transfer.accountId,
      id: transfer.id,
      ...counterpartColumns(transfer.counterpart),
      direction: transfer.direction,
      amount_minor: transfer.amountMinor,
      fee_minor: transfer.feeMinor,
      billed_fee_minor: transfer.billedFeeMinor,
      fee_payment_method: transfer.feePaymentMethod,
      instant_minor: transfer.instantMinor,
      hold_banking_days: transfer.holdBankingDays,
      speed: transfer.speed,
      represents_id: transfer.representsId ?? null,
      presentation: transfer.presentation,
      status: transfer.status,
      additional_information: transfer.additionalInformation ?? null,
      requested_on: requestedOn,
      cutoff_at: transfer.cutoffAt ?? null,
      settles_on: transfer.settlesOn ?? null,
      settles_at: transfer.settlesAt ?? null,
      expires_at: transfer.expiresAt,
      created_at: transfer.createdAt,
      updated_at: transfer.updatedAt,
    })
    .execute()
}

const counterpartColumns = (counterpart: Counterpart) =>
  counterpart.type === 'ach'
    ? { transfer_type: 'ach', relationship_id: counterpart.relationshipId }
    : { transfer_type: 'wire', bank_id: counterpart.bankId }

/** The transfer as it is now. The account's row must be locked if the answer leads to a change. */
export async function findTransfer(
  db: Db,
  accountId: AccountId,
  id: TransferId,
): Promise<Transfer | undefined> {
  const row = await db
    .selectFrom('transfers')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? undefined : toTransfer(row)
}

/** Whose transfer this is; for the simulation's door, which knows it by its id alone. */
export async function findTransferOwner(db: Db, id: TransferId): Promise<AccountId | undefined> {
  const row = await db.selectFrom('transfers').select('account_id').where('id', '=', id).executeTakeFirst()
  return row?.account_id as AccountId | undefined
}

export type TransferChange = {
  readonly status: TransferStatus
  readonly reason?: string | null
  readonly return_code?: string
  readonly speed?: AchSpeed
  readonly cutoff_at?: Temporal.Instant
  readonly settles_on?: Temporal.PlainDate
  readonly settles_at?: Temporal.Instant
  readonly withdrawable_on?: Temporal.PlainDate
  /** Sent by force, without a file. */
  readonly without_file?: string
}

export async function updateTransfer(
  tx: Tx,
  { accountId, id }: Pick<Transfer, 'accountId' | 'id'>,
  change: TransferChange,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('transfers')
    .set({ ...change, updated_at: now })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute()
}

/** A file has them: each with the settlement that its entry asks for. */
export async function markAllSent(
  tx: Tx,
  sent: readonly {
    readonly transfer: Pick<Transfer, 'accountId' | 'id'>
    readonly speed: AchSpeed
    readonly settlesOn: Temporal.PlainDate
    readonly settlesAt: Temporal.Instant
  }[],
  now: Temporal.Instant,
): Promise<void> {
  const rows = sent.map(({ transfer, speed, settlesOn, settlesAt }) => ({
    account_id: transfer.accountId,
    id: transfer.id,
    speed,
    settles_on: settlesOn,
    settles_at: settlesAt,
  }))
  await sql`
    update transfers set status = 'SENT_TO_CLEARING', speed = sent.speed, settles_on = sent.settles_on,
      settles_at = sent.settles_at, updated_at = ${now.toString()}
    from jsonb_to_recordset(${rowsAsJson(rows)}::jsonb)
      as sent (account_id uuid, id uuid, speed text, settles_on date, settles_at timestamptz)
    where transfers.account_id = sent.account_id and transfers.id = sent.id`.execute(tx)
}

/** Newest first. */
export async function listTransfers(
  db: Db,
  accountId: AccountId,
  page: { direction: TransferDirection | undefined; limit: number; offset: number },
): Promise<Transfer[]> {
  let query = db.selectFrom('transfers').selectAll().where('account_id', '=', accountId)
  if (page.direction !== undefined) query = query.where('direction', '=', page.direction)
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  return rows.map(toTransfer)
}

/** Whether money is on its way to or from the account, or between it and one of its banks. */
export async function hasOpenTransfers(
  db: Db,
  accountId: AccountId,
  counterpart?: Counterpart,
): Promise<boolean> {
  let query = db
    .selectFrom('transfers')
    .select('id')
    .where('account_id', '=', accountId)
    .where('status', 'in', openTransferStatuses)
    .limit(1)
  if (counterpart?.type === 'ach') query = query.where('relationship_id', '=', counterpart.relationshipId)
  if (counterpart?.type === 'wire') query = query.where('bank_id', '=', counterpart.bankId)
  return (await query.executeTakeFirst()) !== undefined
}

export type FundingSums = {
  readonly pendingInMinor: UsdMinor
  readonly pendingOutMinor: UsdMinor
  /** Settled deposits that may not leave yet. */
  readonly heldDepositsMinor: UsdMinor
}

/** Money on its way and money that waits, added up from the transfers themselves. */
export async function sumFunding(
  db: Db,
  accountId: AccountId,
  today: Temporal.PlainDate,
): Promise<FundingSums> {
  const isOpen = sql<boolean>`status in (${sql.join(openTransferStatuses)})`
  const row = await db
    .selectFrom('transfers')
    .select([
      sql<bigint>`coalesce(sum(amount_minor) filter (where direction = 'INCOMING' and ${isOpen}), 0)`.as(
        'coming',
      ),
      sql<bigint>`coalesce(sum(amount_minor + fee_minor) filter (
        where direction = 'OUTGOING' and ${isOpen}), 0)`.as('going'),
      sql<bigint>`coalesce(sum(amount_minor) filter (
        where direction = 'INCOMING' and status = 'COMPLETE' and withdrawable_on > ${today.toString()}::date), 0)`.as(
        'held',
      ),
    ])
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  return {
    pendingInMinor: row.coming as UsdMinor,
    pendingOutMinor: row.going as UsdMinor,
    heldDepositsMinor: row.held as UsdMinor,
  }
}

export function toTransfer(row: Selectable<DB['transfers']>): Transfer {
  return {
    id: row.id as TransferId,
    accountId: row.account_id as AccountId,
    counterpart:
      row.transfer_type === 'ach'
        ? { type: 'ach', relationshipId: row.relationship_id as RelationshipId }
        : { type: 'wire', bankId: row.bank_id as BankId },
    direction: row.direction as TransferDirection,
    amountMinor: row.amount_minor as UsdMinor,
    feeMinor: row.fee_minor as UsdMinor,
    billedFeeMinor: row.billed_fee_minor as UsdMinor,
    feePaymentMethod: row.fee_payment_method as FeePaymentMethod,
    instantMinor: row.instant_minor as UsdMinor,
    holdBankingDays: row.hold_banking_days,
    speed: row.speed as AchSpeed,
    representsId: (row.represents_id ?? undefined) as TransferId | undefined,
    presentation: row.presentation,
    status: row.status as TransferStatus,
    reason: row.reason ?? undefined,
    returnCode: row.return_code ?? undefined,
    additionalInformation: row.additional_information ?? undefined,
    cutoffAt: row.cutoff_at ?? undefined,
    settlesOn: row.settles_on ?? undefined,
    settlesAt: row.settles_at ?? undefined,
    withdrawableOn: row.withdrawable_on ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    expiresAt: row.expires_at,
  }
}
