import { NANO_MICRO_PER_MINOR, type UsdMinor } from '@paddock/money'
import { sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { Db } from '../db/database.ts'

/** Shares of one symbol that came or went by journals, and what those that came were worth then. */
export type JournaledShares = {
  readonly accountId: AccountId
  readonly symbol: string
  readonly receivedNano: bigint
  readonly receivedMinor: bigint
  readonly givenNano: bigint
}

/** What came and went since then, by account and symbol. What was undone since then counts as if it had never been. */
export async function readJournaledShares(
  db: Db,
  accountIds: readonly AccountId[],
  symbols: readonly string[],
  since: Temporal.Instant,
): Promise<JournaledShares[]> {
  const rows = await journaledSince(db, accountIds, since)
    .where('line.symbol', 'in', [...symbols])
    .select(['line.account_id', 'line.symbol'])
    .select([
      sql<bigint>`coalesce(sum(line.quantity_nano) filter (where line.quantity_nano > 0), 0)`.as('received'),
      sql<bigint>`coalesce(sum(line.quantity_nano * line.price_micro) filter (where line.quantity_nano > 0), 0)`.as(
        'worth',
      ),
      sql<bigint>`coalesce(-sum(line.quantity_nano) filter (where line.quantity_nano < 0), 0)`.as('given'),
    ])
    .groupBy(['line.account_id', 'line.symbol'])
    .execute()
  return rows.map((row) => ({
    accountId: row.account_id as AccountId,
    symbol: row.symbol ?? '',
    receivedNano: row.received,
    receivedMinor: row.worth / NANO_MICRO_PER_MINOR,
    givenNano: row.given,
  }))
}

/** What the shares that came were worth then, less those that went: it changes equity, but is no gain or loss. */
export async function readJournaledValue(
  db: Db,
  accountId: AccountId,
  since: Temporal.Instant,
): Promise<UsdMinor> {
  const { worth } = await journaledSince(db, [accountId], since)
    .select(sql<bigint>`coalesce(sum(line.quantity_nano * line.price_micro), 0)`.as('worth'))
    .executeTakeFirstOrThrow()
  return (worth / NANO_MICRO_PER_MINOR) as UsdMinor
}

function journaledSince(db: Db, accountIds: readonly AccountId[], since: Temporal.Instant) {
  return db
    .selectFrom('activities as line')
    .where('line.account_id', 'in', [...accountIds])
    .where('line.activity_type', '=', 'JNLS')
    .where('line.at', '>', since)
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('activities as undoing')
            .select('undoing.id')
            .whereRef('undoing.account_id', '=', 'line.account_id')
            .whereRef('undoing.previous_id', '=', 'line.id')
            .where('undoing.status', '=', 'canceled'),
        ),
      ),
    )
    .where(({ eb, or, exists, selectFrom }) =>
      or([
        eb('line.status', '<>', 'canceled'),
        exists(
          selectFrom('activities as undone')
            .select('undone.id')
            .whereRef('undone.account_id', '=', 'line.account_id')
            .whereRef('undone.id', '=', 'line.previous_id')
            .where('undone.at', '<=', since),
        ),
      ]),
    )
}
