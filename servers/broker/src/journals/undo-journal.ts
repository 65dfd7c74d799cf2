import { newYorkDate } from '@paddock/calendar'
import { newId } from '@paddock/kernel'
import { LedgerRejected, type Transfer as LedgerTransfer, post, readBalances } from '@paddock/ledger'
import type { QuantityNano, UsdMinor } from '@paddock/money'
import { getAsset } from '../assets/asset.ts'
import type { BrokerContext } from '../context.ts'
import { wasSplitSince } from '../corporate-actions/split-halt.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { quoteOf } from '../market/market.ts'
import { bookCorrection, bookUndoing } from './book-journal.ts'
import { finish, lockJournal } from './execute-journal.ts'
import {
  executedStatuses,
  type Journal,
  type JournalId,
  JournalRejected,
  type Moved,
  worthOf,
} from './journal.ts'
import { appendCancelNote, appendJournalEvent, moveJournal } from './journal-event.ts'
import { insertJournals } from './journal-store.ts'
import { bookOfJournal, directExecutionOf, undoOf } from './ledger-steps.ts'
import { moveCost } from './move-cost.ts'

/** An operator takes an executed journal out of the books: what it moved goes back. */
export async function deleteJournal(ctx: BrokerContext, id: JournalId, reason: string): Promise<Journal> {
  return transact(ctx, async (tx) => {
    const journal = repriced(ctx, await lockExecuted(ctx, tx, id))
    const now = ctx.clock.now()
    await postOrRefuse(tx, [undoOf(journal, now)])
    const undone = await takeCostBack(tx, journal, now)
    await bookUndoing(tx, journal, reason, now)
    await appendCancelNote(tx, journal, `journal deleted: ${reason}`, now)
    return moveJournal(tx, journal, { status: 'deleted', reason, ...undone }, now)
  })
}

export type Correction = {
  readonly amountMinor: UsdMinor | undefined
  readonly quantityNano: QuantityNano | undefined
  readonly reason: string
}

/** An operator corrects how much was moved: the old journal is undone, a new one with an id of its own stays. */
export async function correctJournal(
  ctx: BrokerContext,
  id: JournalId,
  correction: Correction,
): Promise<Journal> {
  return transact(ctx, async (tx) => {
    const old = repriced(ctx, await lockExecuted(ctx, tx, id))
    const now = ctx.clock.now()
    const corrected = newJournal(old, correctedMove(old, correction), now)
    // Each of the two may need what the other one brings.
    const isNewFirst = await canGive(tx, corrected)
    const steps = [undoOf(old, now), directExecutionOf(corrected, now)]
    await insertJournals(tx, [corrected])
    await postOrRefuse(tx, isNewFirst ? steps.toReversed() : steps)

    const costs = await moveCosts(tx, { old, corrected, isNewFirst }, now)
    await bookUndoing(tx, old, correction.reason, now)
    await appendCancelNote(tx, old, `journal corrected by ${corrected.id}: ${correction.reason}`, now)
    const lines = await bookCorrection(tx, corrected, old, now)
    await moveJournal(tx, old, { status: 'correct', reason: correction.reason, ...costs.old }, now)
    await appendJournalEvent(tx, corrected, { from: undefined, to: 'queued' }, now)
    const sent = await moveJournal(tx, corrected, { status: 'sent_to_clearing' }, now)
    return finish(tx, sent, { ...costs.corrected, ...lines }, now)
  })
}

async function lockExecuted(ctx: BrokerContext, tx: Tx, id: JournalId): Promise<Journal> {
  const { journal } = await lockJournal(tx, id)
  const { status, moved, createdAt } = journal
  if (!executedStatuses.some((executed) => executed === status)) {
    throw new JournalRejected('journal_not_undoable', { status })
  }
  if (moved.entryType === 'JNLC') return journal
  // Nothing was split between asking and execution: then it would have been refused.
  if (await wasSplitSince(tx, ctx.config, moved.symbol, createdAt, ctx.clock.now())) {
    throw new JournalRejected('journal_shares_split')
  }
  return journal
}

/** What went over on an earlier day goes back at the price of today, or the day would show its gain once more. */
function repriced({ clock, config }: BrokerContext, journal: Journal): Journal {
  const { moved, settlesOn } = journal
  const now = clock.now()
  if (moved.entryType === 'JNLC' || settlesOn?.equals(newYorkDate(now))) return journal
  const priceMicro = quoteOf(config, getAsset(moved.symbol), now).lastMicro
  return { ...journal, moved: { ...moved, priceMicro } }
}

function correctedMove({ moved }: Journal, { amountMinor, quantityNano }: Correction): Moved {
  if (moved.entryType === 'JNLC') {
    if (amountMinor === undefined || quantityNano !== undefined) {
      throw new JournalRejected('correction_not_fitting', { wanted: 'amount' })
    }
    if (amountMinor === moved.amountMinor) throw new JournalRejected('correction_changes_nothing')
    return { ...moved, amountMinor }
  }
  if (quantityNano === undefined || amountMinor !== undefined) {
    throw new JournalRejected('correction_not_fitting', { wanted: 'qty' })
  }
  if (quantityNano === moved.quantityNano) throw new JournalRejected('correction_changes_nothing')
  return { ...moved, quantityNano }
}

function newJournal(old: Journal, moved: Moved, now: Temporal.Instant): Journal {
  return {
    ...old,
    id: newId() as JournalId,
    moved,
    status: 'queued',
    valueMinor: worthOf(moved),
    origin: 'correction',
    idempotencyKey: undefined,
    reason: undefined,
    correctsId: old.id,
    requestedOn: newYorkDate(now),
    settlesOn: undefined,
    fromActivityId: undefined,
    toActivityId: undefined,
    createdAt: now,
    updatedAt: now,
  }
}

async function canGive(tx: Tx, journal: Journal): Promise<boolean> {
  const { from, amount } = bookOfJournal(journal)
  return ((await readBalances(tx, [from])).get(from)?.available ?? 0n) >= amount
}

/** What was spent or sold in the meantime cannot be taken back. */
async function postOrRefuse(tx: Tx, transfers: readonly LedgerTransfer[]): Promise<void> {
  try {
    await post(tx, transfers)
  } catch (error) {
    const isSpent = error instanceof LedgerRejected && error.code === 'insufficient_funds'
    throw isSpent ? new JournalRejected('journal_undo_needs_balance') : error
  }
}

/** The lots that it brought go back, or the oldest when those are gone. */
async function takeCostBack(tx: Tx, { id, from, to, moved }: Journal, at: Temporal.Instant) {
  if (moved.entryType === 'JNLC') return {}
  const { symbol, quantityNano } = moved
  return {
    undone_cost_minor: await moveCost(tx, { journalId: id, from: to, to: from, symbol, quantityNano, at }),
  }
}

/** The cost goes the way of the shares, in the same order. */
async function moveCosts(
  tx: Tx,
  { old, corrected, isNewFirst }: { old: Journal; corrected: Journal; isNewFirst: boolean },
  at: Temporal.Instant,
) {
  const { from, to, moved } = corrected
  if (moved.entryType === 'JNLC') return { old: {}, corrected: {} }
  const { symbol, quantityNano } = moved
  const make = async () => ({
    cost_minor: await moveCost(tx, { journalId: corrected.id, from, to, symbol, quantityNano, at }),
  })
  if (isNewFirst) {
    const made = await make()
    return { old: await takeCostBack(tx, old, at), corrected: made }
  }
  const undone = await takeCostBack(tx, old, at)
  return { old: undone, corrected: await make() }
}
