import type { UsdMinor } from '@paddock/money'
import { type Selectable, sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { Db, Tx } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import {
  type InstantFunding,
  type InstantFundingId,
  type InstantFundingStatus,
  type Interest,
  unpaidStatuses,
} from './instant-funding.ts'

const MOST_LISTED = 1_000

export async function insertInstantFunding(tx: Tx, funding: InstantFunding): Promise<void> {
  await tx
    .insertInto('instant_fundings')
    .values({
      id: funding.id,
      account_id: funding.accountId,
      source_account_id: funding.sourceAccountId,
      amount_minor: funding.amountMinor,
      status: funding.status,
      system_date: funding.systemDate,
      deadline: funding.deadline,
      created_at: funding.createdAt,
      updated_at: funding.createdAt,
    })
    .execute()
}

export async function setInstantFundingStatus(
  tx: Tx,
  id: InstantFundingId,
  status: InstantFundingStatus,
  now: Temporal.Instant,
): Promise<void> {
  await tx.updateTable('instant_fundings').set({ status, updated_at: now }).where('id', '=', id).execute()
}

const select = (db: Db) =>
  db
    .selectFrom('instant_fundings as funding')
    .innerJoin('accounts as account', 'account.id', 'funding.account_id')
    .innerJoin('accounts as source', 'source.id', 'funding.source_account_id')
    .selectAll('funding')
    .select(['account.account_number as account_number', 'source.account_number as source_number'])

type Row = Selectable<DB['instant_fundings']> & { account_number: string; source_number: string }

/** As it is now. The account's row must be locked if the answer leads to a change. */
export async function findInstantFunding(db: Db, id: InstantFundingId): Promise<InstantFunding | undefined> {
  const [funding] = await withInterests(db, await select(db).where('funding.id', '=', id).execute())
  return funding
}

export async function findInstantFundings(
  db: Db,
  ids: readonly InstantFundingId[],
): Promise<InstantFunding[]> {
  if (ids.length === 0) return []
  return withInterests(db, await select(db).where('funding.id', 'in', ids).execute())
}

export type ListFilter = {
  readonly order: 'asc' | 'desc'
  readonly systemDate?: Temporal.PlainDate | undefined
}

export async function listInstantFundings(
  db: Db,
  { order, systemDate }: ListFilter,
): Promise<InstantFunding[]> {
  let query = select(db)
  if (systemDate !== undefined) query = query.where('funding.system_date', '=', systemDate)
  const rows = await query
    .orderBy('funding.created_at', order)
    .orderBy('funding.id', order)
    .limit(MOST_LISTED)
    .execute()
  return withInterests(db, rows)
}

/** What was executed and should have been paid for by the end of `day`. */
export async function listOverdue(db: Db, day: Temporal.PlainDate): Promise<InstantFunding[]> {
  const rows = await select(db)
    .where('funding.status', '=', 'EXECUTED')
    .where('funding.deadline', '<=', day)
    .orderBy('funding.id')
    .execute()
  return withInterests(db, rows)
}

/** The day of the latest batch that has anything in it. */
export async function findLastSystemDate(db: Db): Promise<Temporal.PlainDate | undefined> {
  const { last } = await db
    .selectFrom('instant_fundings')
    .select(({ fn }) => fn.max('system_date').as('last'))
    .executeTakeFirstOrThrow()
  return last ?? undefined
}

/** Credit that is taken, by account; those without any are left out. Without ids: of everybody together, under ''. */
export async function sumUnpaid(
  db: Db,
  accountIds?: readonly AccountId[],
): Promise<ReadonlyMap<string, UsdMinor>> {
  if (accountIds?.length === 0) return new Map()
  const owner = accountIds === undefined ? sql<string>`''` : sql<string>`account_id::text`
  let query = db
    .selectFrom('instant_fundings')
    .select([owner.as('owner'), sql<bigint>`coalesce(sum(amount_minor), 0)`.as('total')])
    .where('status', 'in', unpaidStatuses)
  if (accountIds !== undefined) query = query.where('account_id', 'in', accountIds)
  const rows = await query.groupBy(sql`1`).execute()
  return new Map(rows.map((row) => [row.owner, row.total as UsdMinor]))
}

/** Notes a day's interest once, however often it is told. */
export async function insertInterest(tx: Tx, id: InstantFundingId, interest: Interest): Promise<void> {
  await tx
    .insertInto('instant_funding_interests')
    .values({
      id: interest.id,
      instant_funding_id: id,
      day: interest.day,
      amount_minor: interest.amountMinor,
      status: interest.status,
      created_at: interest.createdAt,
    })
    .onConflict((conflict) => conflict.columns(['instant_funding_id', 'day']).doNothing())
    .execute()
}

export async function reconcileInterests(
  tx: Tx,
  ids: readonly InstantFundingId[],
  now: Temporal.Instant,
): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('instant_funding_interests')
    .set({ status: 'RECONCILED', reconciled_at: now })
    .where('instant_funding_id', 'in', ids)
    .where('status', '=', 'PENDING')
    .execute()
}

async function withInterests(db: Db, rows: readonly Row[]): Promise<InstantFunding[]> {
  if (rows.length === 0) return []
  const interests = await db
    .selectFrom('instant_funding_interests')
    .selectAll()
    .where(
      'instant_funding_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('day')
    .execute()
  return rows.map((row) => ({
    id: row.id as InstantFundingId,
    accountId: row.account_id as AccountId,
    accountNumber: row.account_number,
    sourceAccountId: row.source_account_id as AccountId,
    sourceAccountNumber: row.source_number,
    amountMinor: row.amount_minor as UsdMinor,
    status: row.status as InstantFundingStatus,
    systemDate: row.system_date,
    deadline: row.deadline,
    interests: interests.filter((one) => one.instant_funding_id === row.id).map(toInterest),
    createdAt: row.created_at,
  }))
}

const toInterest = (row: Selectable<DB['instant_funding_interests']>): Interest => ({
  id: row.id,
  day: row.day,
  amountMinor: row.amount_minor as UsdMinor,
  status: row.status as Interest['status'],
  createdAt: row.created_at,
  reconciledAt: row.reconciled_at ?? undefined,
})
