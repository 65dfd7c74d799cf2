import { newYorkDate, sessionOf } from '@paddock/calendar'
import { balancesAt } from '@paddock/ledger'
import type { UsdMinor } from '@paddock/money'
import type { BrokerContext } from '../context.ts'
import type { Db } from '../db/database.ts'
import { advanceBooks } from '../instant-funding/memo-books.ts'
import { readJournaledValue } from '../journals/journaled-shares.ts'
import { cashAccount } from '../ledger-accounts.ts'
import type { AccountId } from './account.ts'

/** The exchange's last close at or before `now`: what the `last_…` figures are from. */
export function lastClose(now: Temporal.Instant): { date: Temporal.PlainDate; at: Temporal.Instant } {
  for (let date = newYorkDate(now); ; date = date.subtract({ days: 1 })) {
    const session = sessionOf(date)
    if (session !== undefined && Temporal.Instant.compare(session.close, now) <= 0) {
      return { date, at: session.close }
    }
  }
}

export async function readLastCash(
  { clock }: Pick<BrokerContext, 'clock'>,
  db: Db,
  accountIds: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, UsdMinor>> {
  const books = (id: AccountId) => [cashAccount(id), ...advanceBooks(id)]
  const balances = await balancesAt(db, accountIds.flatMap(books), lastClose(clock.now()).at)
  return new Map(
    accountIds.map((id) => [
      id,
      books(id).reduce((sum, book) => sum + (balances.get(book)?.posted ?? 0n), 0n) as UsdMinor,
    ]),
  )
}

/** What transfers and journals have brought or taken since the last close: it changes equity, but is no gain or loss. */
export async function readTransferredSinceClose(
  { clock }: Pick<BrokerContext, 'clock'>,
  db: Db,
  accountId: AccountId,
): Promise<UsdMinor> {
  const since = lastClose(clock.now()).at
  const row = await db
    .selectFrom('ledger_entries as entry')
    .innerJoin('ledger_transfers as transfer', 'transfer.id', 'entry.transfer_id')
    .select(({ fn }) => fn.sum<bigint | null>('entry.amount').as('amount'))
    .where('entry.account_id', 'in', [cashAccount(accountId), ...advanceBooks(accountId)])
    .where('entry.at', '>', since)
    .where('transfer.cause_kind', 'in', ['transfer', 'journal', 'instant_funding'])
    .executeTakeFirstOrThrow()
  const sharesMinor = await readJournaledValue(db, accountId, since)
  return ((row.amount ?? 0n) + sharesMinor) as UsdMinor
}

/** Cash and positions as they were worth at the last close. */
export async function readLastEquities(
  ctx: Pick<BrokerContext, 'clock' | 'holdings'>,
  db: Db,
  accountIds: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, UsdMinor>> {
  const [cash, values] = await Promise.all([
    readLastCash(ctx, db, accountIds),
    ctx.holdings.marketValues(db, accountIds),
  ])
  return new Map(
    accountIds.map((id) => [id, ((cash.get(id) ?? 0n) + (values.get(id)?.lastCloseMinor ?? 0n)) as UsdMinor]),
  )
}
