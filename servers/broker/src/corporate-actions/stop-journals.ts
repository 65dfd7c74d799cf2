import type { AccountId } from '../accounts/account.ts'
import type { BrokerContext } from '../context.ts'
import { rejectJournal } from '../journals/decide-journal.ts'
import { type JournalId, JournalRejected } from '../journals/journal.ts'

/** Turns down the journals of an account's shares that still wait: they name a number of other shares. */
export async function stopShareJournals(
  ctx: BrokerContext,
  accountId: AccountId,
  symbol: string,
  before: Temporal.Instant,
): Promise<void> {
  const waiting = await ctx.db
    .selectFrom('journals')
    .select('id')
    .where('from_account', '=', accountId)
    .where('symbol', '=', symbol)
    .where('status', '=', 'pending')
    .where('created_at', '<', before)
    .execute()
  for (const { id } of waiting) {
    try {
      await rejectJournal(ctx, id as JournalId, `${symbol} was split while the journal waited`)
    } catch (error) {
      // Somebody else has decided it in the meantime.
      if (!(error instanceof JournalRejected)) throw error
    }
  }
}
