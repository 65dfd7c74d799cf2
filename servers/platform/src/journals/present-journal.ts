import type { Journal as JournalAnswered } from '@paddock/platform-wire'
import type { Journal } from '../broker/client.ts'
import { showPrice, showQuantity, showUsd } from '../decimal.ts'

/** The broker's journal in our own shape: dollars with two decimals, what does not apply null. */
export function presentJournal(journal: Journal): JournalAnswered {
  const isCash = journal.entry_type === 'JNLC'
  return {
    id: journal.id,
    entry_type: isCash ? 'JNLC' : 'JNLS',
    from_account: journal.from_account,
    to_account: journal.to_account,
    status: journal.status,
    net_amount: isCash ? showUsd(journal.net_amount) : null,
    symbol: isCash ? null : (journal.symbol ?? null),
    qty: isCash ? null : showQuantity(journal.qty),
    price: isCash ? null : showPrice(journal.price),
    description: journal.description,
    settle_date: journal.settle_date ?? null,
    created_at: journal.created_at ?? null,
  }
}
