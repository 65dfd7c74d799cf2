import type { AccountId } from '../accounts/account.ts'
import type { BrokerContext } from '../context.ts'
import { rejectJournal } from '../journals/decide-journal.ts'
import { executeJournals } from '../journals/execute-journal.ts'
import { type JournalId, JournalRejected } from '../journals/journal.ts'

/**
 * Ends the journals of an account's shares that still wait, for an operator or for their turn: they name a number
 * of other shares.
 */
export async function stopShareJournals(
  ctx: BrokerContext,
  accountId: AccountId,
  symbol: string,
  before: Temporal.Instant,
): Promise<void> {
  const waiting = await ctx.db
    .selectFrom('journals')
    .select(['id', 'status'])
    .where('from_account', '=', accountId)
    .where('symbol', '=', symbol)
    .where('status', 'in', ['pending', 'queued'])
    .where('created_at', '<', before)
    .execute()
  const queued = waiting.filter(({ status }) => status === 'queued').map(({ id }) => id as JournalId)
  await executeJournals(ctx, { journalIds: queued })
  for (const { id } of waiting.filter(({ status }) => status === 'pending')) {
    try {
      await rejectJournal(ctx, id as JournalId, `${symbol} was split while the journal waited`)
    } catch (error) {
      // Somebody else has decided it in the meantime.
      if (!(error instanceof JournalRejected)) throw error
    }
  }
}
