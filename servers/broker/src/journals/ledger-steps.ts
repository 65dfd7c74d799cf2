import type { Transfer as LedgerTransfer } from '@paddock/ledger'
import { cashAccount } from '../ledger-accounts.ts'
import { booksOf } from '../positions/books.ts'
import type { Journal } from './journal.ts'

/** Each step of a journal in the ledger happens once: its id and its cause say which one it is. */
type Step = 'hold' | 'execute' | 'release' | 'undo'

const named = ({ id }: Journal, step: Step, at: Temporal.Instant) => ({
  id: `journal:${id}:${step}`,
  cause: { kind: 'journal', id, step },
  at,
})

/** The ledger accounts between which it moves, and how much. */
export function bookOfJournal({ from, to, moved }: Pick<Journal, 'from' | 'to' | 'moved'>) {
  return moved.entryType === 'JNLC'
    ? { from: cashAccount(from), to: cashAccount(to), amount: moved.amountMinor }
    : {
        from: booksOf(from, moved.symbol).shares,
        to: booksOf(to, moved.symbol).shares,
        amount: moved.quantityNano,
      }
}

/** Sets it aside: whoever gives can spend it no more, whoever takes has nothing yet. */
export const holdOf = (journal: Journal, at: Temporal.Instant): LedgerTransfer => ({
  ...named(journal, 'hold', at),
  type: 'pend',
  ...bookOfJournal(journal),
})

export const executionOf = (journal: Journal, at: Temporal.Instant): LedgerTransfer => ({
  ...named(journal, 'execute', at),
  type: 'post_pending',
  pendingId: named(journal, 'hold', at).id,
})

/** Of a correction, which takes another one's place at once and was never held. */
export const directExecutionOf = (journal: Journal, at: Temporal.Instant): LedgerTransfer => ({
  ...named(journal, 'execute', at),
  type: 'post',
  ...bookOfJournal(journal),
})

export const releaseOf = (journal: Journal, at: Temporal.Instant): LedgerTransfer => ({
  ...named(journal, 'release', at),
  type: 'void_pending',
  pendingId: named(journal, 'hold', at).id,
})

/** Takes back what was executed. Refused by the ledger when it is there no more. */
export function undoOf(journal: Journal, at: Temporal.Instant): LedgerTransfer {
  const { from, to, amount } = bookOfJournal(journal)
  return { ...named(journal, 'undo', at), type: 'post', from: to, to: from, amount }
}
