import type { Brand } from '@paddock/kernel'
import { type Selectable, sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { Db, Tx } from '../db/database.ts'
import type { RebalancingSubscriptions } from '../db/schema.ts'
import type { PortfolioId } from './portfolio-store.ts'

export type SubscriptionId = Brand<string, 'SubscriptionId'>

/** An account that follows a portfolio. */
export type Subscription = {
  readonly id: SubscriptionId
  readonly accountId: AccountId
  readonly portfolioId: PortfolioId
  readonly createdAt: Temporal.Instant
  readonly lastRebalancedAt: Temporal.Instant | undefined
}

/** Writes it unless the account has one already; answers whether it did. */
export async function insertSubscription(tx: Tx, subscription: Subscription): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('rebalancing_subscriptions')
    .values({
      account_id: subscription.accountId,
      id: subscription.id,
      portfolio_id: subscription.portfolioId,
      created_at: subscription.createdAt,
    })
    .onConflict((conflict) => conflict.column('account_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows !== 0n
}

/** Which of these accounts follow a portfolio. */
export async function followersAmong(
  db: Db,
  accountIds: readonly AccountId[],
): Promise<ReadonlySet<AccountId>> {
  const rows = await db
    .selectFrom('rebalancing_subscriptions')
    .select('account_id')
    .where('account_id', '=', sql<AccountId>`any(${accountIds}::uuid[])`)
    .execute()
  return new Set(rows.map((row) => row.account_id as AccountId))
}

export async function findSubscription(db: Db, id: SubscriptionId): Promise<Subscription | undefined> {
  const row = await db
    .selectFrom('rebalancing_subscriptions')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toSubscription(row)
}

export async function findSubscriptionOf(db: Db, accountId: AccountId): Promise<Subscription | undefined> {
  const row = await db
    .selectFrom('rebalancing_subscriptions')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row && toSubscription(row)
}

export async function deleteSubscription(tx: Tx, { accountId, id }: Subscription): Promise<void> {
  await tx
    .deleteFrom('rebalancing_subscriptions')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute()
}

export async function noteRebalanced(
  tx: Tx,
  accountId: AccountId,
  portfolioId: PortfolioId,
  at: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('rebalancing_subscriptions')
    .set({ last_rebalanced_at: at })
    .where('account_id', '=', accountId)
    .where('portfolio_id', '=', portfolioId)
    .execute()
}

export async function hasSubscribers(db: Db, portfolioId: PortfolioId): Promise<boolean> {
  const row = await db
    .selectFrom('rebalancing_subscriptions')
    .select('id')
    .where('portfolio_id', '=', portfolioId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export type SubscriptionPage = {
  readonly accountId?: AccountId | undefined
  readonly portfolioId?: PortfolioId | undefined
  readonly limit: number
  /** The last one of the page before. */
  readonly after?: string | undefined
}

/** Newest first. */
export async function listSubscriptions(db: Db, page: SubscriptionPage): Promise<Subscription[]> {
  let query = db.selectFrom('rebalancing_subscriptions').selectAll()
  if (page.accountId !== undefined) query = query.where('account_id', '=', page.accountId)
  if (page.portfolioId !== undefined) query = query.where('portfolio_id', '=', page.portfolioId)
  if (page.after !== undefined) query = query.where('id', '<', page.after)
  const rows = await query.orderBy('id', 'desc').limit(page.limit).execute()
  return rows.map(toSubscription)
}

function toSubscription(row: Selectable<RebalancingSubscriptions>): Subscription {
  return {
    id: row.id as SubscriptionId,
    accountId: row.account_id as AccountId,
    portfolioId: row.portfolio_id as PortfolioId,
    createdAt: row.created_at,
    lastRebalancedAt: row.last_rebalanced_at ?? undefined,
  }
}
