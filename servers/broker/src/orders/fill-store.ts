import type { UsdMinor } from '@paddock/money'
import type { Insertable } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { Db, Tx } from '../db/database.ts'
import type { Fills } from '../db/schema.ts'

export async function insertFill(tx: Tx, row: Insertable<Fills>): Promise<void> {
  await tx.insertInto('fills').values(row).execute()
}

/** Net proceeds of the sales that settle after `today`: cash that may buy, but not leave. */
export async function unsettledProceedsMinor(
  db: Db,
  accountId: AccountId,
  today: Temporal.PlainDate,
): Promise<UsdMinor> {
  const { total } = await db
    .selectFrom('fills')
    .select(({ fn, eb }) =>
      fn.sum<bigint | null>(eb('amount_minor', '-', eb.ref('commission_minor'))).as('total'),
    )
    .where('account_id', '=', accountId)
    .where('side', '=', 'sell')
    .where('settles_on', '>', today)
    .executeTakeFirstOrThrow()
  return (total ?? 0n) as UsdMinor
}
