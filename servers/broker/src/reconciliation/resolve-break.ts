import { post } from '@paddock/ledger'
import type { UsdMinor } from '@paddock/money'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import { appendAdminEvent } from '../events/append-admin-event.ts'
import { ACH_CLEARING, ACH_EXPENSES, FIRM_BANK } from '../ledger-accounts.ts'
import { endBreak, lockBreak } from './break-store.ts'
import { type Break, type BreakId, ReconciliationRejected } from './reconciliation.ts'

/** The books between which a break may be booked away: the firm's own, and never what only the bank moves. */
export const journalAccounts = {
  ach_clearing: ACH_CLEARING,
  ach_expenses: ACH_EXPENSES,
  bank: FIRM_BANK,
} as const

export type JournalAccount = keyof typeof journalAccounts

export type Resolution =
  | { readonly by: 'note'; readonly note: string }
  | {
      readonly by: 'journal'
      readonly note: string
      readonly from: JournalAccount
      readonly to: JournalAccount
      /** The break's own amount, if it is not said. */
      readonly amountMinor: UsdMinor | undefined
    }

/** A person books a break, or says why it may stay as it is. What was accepted is not told again. */
export async function resolveBreak(ctx: BrokerContext, id: BreakId, resolution: Resolution): Promise<Break> {
  return transact(ctx, async (tx) => {
    const found = await lockBreak(tx, id)
    if (found === undefined) throw new ReconciliationRejected('break_not_found')
    if (found.state !== 'OPEN') throw new ReconciliationRejected('break_not_open', { state: found.state })
    const now = ctx.clock.now()
    const journal = resolution.by === 'journal' ? journalOf(found, resolution, now) : undefined
    if (journal !== undefined) await post(tx, [journal])
    const { note, by } = resolution
    const ledgerTransferId = journal?.id
    await endBreak(tx, id, { state: 'RESOLVED', resolution: by, note, ledgerTransferId }, now)
    await appendAdminEvent(tx, {
      type: 'note_admin_event',
      accountId: undefined,
      note: `break resolved: ${found.kind} of ${found.subject}: ${note}`,
      context: { break_id: id, resolution: by, ledger_transaction: ledgerTransferId ?? null },
      at: now,
    })
    const resolved = await lockBreak(tx, id)
    return resolved ?? found
  })
}

function journalOf(
  { id, amountMinor }: Break,
  resolution: Extract<Resolution, { by: 'journal' }>,
  at: Temporal.Instant,
) {
  const amount = resolution.amountMinor ?? (amountMinor < 0n ? -amountMinor : amountMinor)
  if (amount === 0n || resolution.from === resolution.to) {
    throw new ReconciliationRejected('journal_without_amount')
  }
  return {
    type: 'post' as const,
    id: `reconciliation:${id}:resolve`,
    from: journalAccounts[resolution.from],
    to: journalAccounts[resolution.to],
    amount,
    cause: { kind: 'reconciliation', id, step: 'resolve' },
    at,
  }
}
