import { newYorkDate, newYorkInstant } from '@paddock/calendar'
import type { AccountId } from '../accounts/account.ts'
import type { Activity, ActivityType } from '../activities/activity.ts'
import { listActivities } from '../activities/activity-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Db } from '../db/database.ts'

export type Stretch = { readonly from: Temporal.Instant; readonly until: Temporal.Instant }

const MIDNIGHT = new Temporal.PlainTime()

/** The instants of the days from `first` to `last`; `until` is the midnight after the last one. */
export function daysBetween(first: Temporal.PlainDate, last: Temporal.PlainDate): Stretch {
  return {
    from: newYorkInstant(first, MIDNIGHT),
    until: newYorkInstant(last.add({ days: 1 }), MIDNIGHT),
  }
}

/** The customers of whom there is a line of these types (of any type when there are none) in a stretch of time. */
export async function accountsWithActivity(
  db: Db,
  { from, until }: { from?: Temporal.Instant; until: Temporal.Instant },
  types: readonly ActivityType[] = [],
): Promise<AccountId[]> {
  let query = db
    .selectFrom('activities')
    .innerJoin('accounts', 'accounts.id', 'activities.account_id')
    .select('activities.account_id')
    .distinct()
    .where('accounts.account_type', '<>', 'firm')
    .where('activities.at', '<', until)
  if (from !== undefined) query = query.where('activities.at', '>=', from)
  if (types.length > 0) query = query.where('activities.activity_type', 'in', types)
  const rows = await query.orderBy('activities.account_id').execute()
  return rows.map(({ account_id }) => account_id as AccountId)
}

const BATCH = 1_000

/** All of an account's lines in a stretch of time, in their order. */
export async function readLines(
  db: Db,
  accountId: AccountId,
  stretch: Stretch,
  types?: readonly ActivityType[],
): Promise<Activity[]> {
  return listActivities(db, { accountId, types, ...stretch }, { direction: 'asc', limit: BATCH * BATCH })
}

export const issueDay = ({ clock }: Pick<BrokerContext, 'clock'>) => newYorkDate(clock.now()).toString()
