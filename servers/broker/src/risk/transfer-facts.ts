import type { UsdMinor } from '@paddock/money'
import { sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { Db } from '../db/database.ts'
import { openTransferStatuses, type TransferDirection } from '../transfers/transfer.ts'
import { spoilingCodes } from './return-groups.ts'
import { pastReturns } from './return-window.ts'

/** What an account's earlier transfers say about the next one. */
export type TransferFacts = {
  /** Asked for today in this direction, and within thirty days, less what was called off or refused. */
  readonly dayMinor: UsdMinor
  readonly monthMinor: UsdMinor
  /** Asked for today in both directions, whatever became of it. */
  readonly transfersToday: number
  /** Deposits under way or on hold. */
  readonly atRiskMinor: UsdMinor
  /** Given on deposits that are under way. */
  readonly creditMinor: UsdMinor
  readonly returnsIn30Days: number
  /** Whether a deposit ever came back for want of money or of authority. */
  readonly hasSpoiledCredit: boolean
  /** Whether a deposit has stayed beyond the day on which it could come back. */
  readonly isProven: boolean
}

const WINDOW_DAYS = 30

const calledOff = ['CANCELED', 'REJECTED', 'EXPIRED']

/** One statement over the account's ACH transfers; the account must be locked for the answer to stay true. */
export async function readTransferFacts(
  db: Db,
  accountId: AccountId,
  direction: TransferDirection,
  { today, now }: { today: Temporal.PlainDate; now: Temporal.Instant },
): Promise<TransferFacts> {
  const day = sql`${today.toString()}::date`
  const since = today.subtract({ days: WINDOW_DAYS - 1 }).toString()
  const isCounted = sql<boolean>`direction = ${direction} and status not in (${sql.join(calledOff)})`
  const isOpen = sql<boolean>`status in (${sql.join(openTransferStatuses)})`
  const isDeposit = sql<boolean>`direction = 'INCOMING'`
  const row = await db
    .selectFrom('transfers')
    .select([
      sql<bigint>`coalesce(sum(amount_minor) filter (where ${isCounted} and requested_on = ${day}), 0)`.as(
        'day',
      ),
      sql<bigint>`coalesce(sum(amount_minor) filter (where ${isCounted} and requested_on >= ${since}::date), 0)`.as(
        'month',
      ),
      sql<bigint>`count(*) filter (where requested_on = ${day})`.as('today'),
      sql<bigint>`coalesce(sum(amount_minor) filter (
        where ${isDeposit} and (${isOpen} or (status = 'COMPLETE' and withdrawable_on > ${day}))), 0)`.as(
        'risk',
      ),
      sql<bigint>`coalesce(sum(instant_minor) filter (where ${isOpen}), 0)`.as('credit'),
      sql<bigint>`count(*) filter (where ${isDeposit} and status = 'RETURNED' and return_code is not null
        and updated_at > ${now.subtract({ hours: 24 * WINDOW_DAYS }).toString()}::timestamptz)`.as('returns'),
      sql<boolean>`coalesce(bool_or(${isDeposit} and return_code in (${sql.join(spoilingCodes)})), false)`.as(
        'spoiled',
      ),
      sql<boolean>`coalesce(bool_or(${isDeposit} and status = 'COMPLETE'
        and settles_on <= ${pastReturns(today).toString()}::date), false)`.as('proven'),
    ])
    .where('account_id', '=', accountId)
    .where('transfer_type', '=', 'ach')
    .executeTakeFirstOrThrow()
  return {
    dayMinor: row.day as UsdMinor,
    monthMinor: row.month as UsdMinor,
    transfersToday: Number(row.today),
    atRiskMinor: row.risk as UsdMinor,
    creditMinor: row.credit as UsdMinor,
    returnsIn30Days: Number(row.returns),
    hasSpoiledCredit: row.spoiled,
    isProven: row.proven,
  }
}
