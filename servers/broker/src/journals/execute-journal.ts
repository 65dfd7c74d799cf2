import { newYorkDate } from '@paddock/calendar'
import { post } from '@paddock/ledger'
import { getAsset } from '../assets/asset.ts'
import type { BrokerContext } from '../context.ts'
import { wasSplitSince } from '../corporate-actions/split-halt.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { quoteOf } from '../market/market.ts'
import { bookJournal } from './book-journal.ts'
import { type Journal, type JournalId, JournalRejected } from './journal.ts'
import { moveJournal } from './journal-event.ts'
import { findJournal, getJournal, type JournalChange } from './journal-store.ts'
import { executionOf, releaseOf } from './ledger-steps.ts'
import { moveCost } from './move-cost.ts'
import { lockParties, type Parties, refusalByStatus } from './parties.ts'

export const EXECUTE_JOURNALS = 'execute-journals'

export type JournalsJob = { readonly journalIds: readonly JournalId[] }

/** Does what queued journals say, each by itself. Does nothing the second time. */
export async function executeJournals(ctx: BrokerContext, { journalIds }: JournalsJob): Promise<void> {
  for (const id of journalIds) await executeJournal(ctx, id)
}

async function executeJournal(ctx: BrokerContext, journalId: JournalId): Promise<void> {
  await transact(ctx, async (tx) => {
    const { journal, parties } = await lockJournal(tx, journalId)
    if (journal.status === 'queued') await clearJournal(ctx, tx, journal, parties)
  })
}

/** The journal with its two accounts locked: what it says stays true until the commit. */
export async function lockJournal(tx: Tx, id: JournalId): Promise<{ journal: Journal; parties: Parties }> {
  const before = await findJournal(tx, id)
  if (before === undefined) throw new JournalRejected('journal_not_found')
  const parties = await lockParties(tx, [before.from, before.to])
  return { journal: await getJournal(tx, id), parties }
}

/**
 * Moves what was set aside and books it on both sides. When the accounts may no longer give or take, or the shares
 * are no longer those that were meant, it is refused and what was set aside is free again.
 */
export async function clearJournal(
  ctx: BrokerContext,
  tx: Tx,
  journal: Journal,
  parties: Parties,
): Promise<Journal> {
  const now = ctx.clock.now()
  const reason = await whyRefused(ctx, tx, journal, parties)
  if (reason !== undefined) {
    await post(tx, [releaseOf(journal, now)])
    return moveJournal(tx, journal, { status: 'refused', reason }, now)
  }
  const sent = await moveJournal(tx, journal, { status: 'sent_to_clearing', ...priceNow(ctx, journal) }, now)
  await post(tx, [executionOf(sent, now)])
  const costs = await moveCostOf(tx, sent, now)
  const lines = await bookJournal(tx, sent, now)
  return finish(tx, sent, { ...costs, ...lines }, now)
}

async function whyRefused(
  { clock, config }: BrokerContext,
  tx: Tx,
  { from, to, moved, createdAt }: Journal,
  parties: Parties,
): Promise<string | undefined> {
  const refusal = refusalByStatus(parties, from, to)
  if (refusal !== undefined) return reasons[refusal]
  if (moved.entryType === 'JNLC') return undefined
  const wasSplit = await wasSplitSince(tx, config, moved.symbol, createdAt, clock.now())
  return wasSplit ? `${moved.symbol} was split while the journal waited` : undefined
}

const reasons = {
  journal_from_not_permitted: 'the account that gives is neither active nor closed',
  journal_to_not_permitted: 'the account that takes is not active',
}

/** Shares go over at the market's price of the moment. */
function priceNow({ clock, config }: BrokerContext, { moved }: Journal): Pick<JournalChange, 'price_micro'> {
  if (moved.entryType === 'JNLC') return {}
  return { price_micro: quoteOf(config, getAsset(moved.symbol), clock.now()).lastMicro }
}

async function moveCostOf(
  tx: Tx,
  { id, from, to, moved }: Journal,
  at: Temporal.Instant,
): Promise<Pick<JournalChange, 'cost_minor'>> {
  if (moved.entryType === 'JNLC') return {}
  const { symbol, quantityNano } = moved
  return { cost_minor: await moveCost(tx, { journalId: id, from, to, symbol, quantityNano, at }) }
}

/** Executed; of cash that was journaled alone the second generation's stream also hears that it was booked. */
export async function finish(
  tx: Tx,
  journal: Journal,
  booked: Omit<JournalChange, 'status' | 'reason'>,
  now: Temporal.Instant,
): Promise<Journal> {
  const settlesOn = newYorkDate(now)
  const executed = await moveJournal(
    tx,
    journal,
    { status: 'executed', ...booked, settles_on: settlesOn, executed_at: now },
    now,
  )
  const isBookedApart = executed.moved.entryType === 'JNLC' && executed.origin === 'single'
  return isBookedApart ? moveJournal(tx, executed, { status: 'activity_created' }, now) : executed
}
