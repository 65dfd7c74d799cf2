import { newId } from '@paddock/kernel'
import { formatQuantity, formatUsd, parseQuantity } from '@paddock/money'
import type { JournalBatchRequest, JournalRequest } from '@paddock/platform-wire'
import type { Journal } from '../broker/client.ts'
import {
  type JournalAsked,
  type JournalBatch,
  submitJournal,
  submitJournalBatch,
} from '../broker/submit-journal.ts'
import { readWorldTime } from '../broker/world-time.ts'
import type { PlatformContext } from '../context.ts'
import { plainNumber, readAmount } from '../decimal.ts'
import type { User } from '../identity/user.ts'
import type { Outcome } from '../intents/intent.ts'
import { runIntent } from '../intents/run-intent.ts'
import { findParty } from './find-party.ts'
import { JournalRefused } from './journal-refused.ts'

/** Asks the broker to move cash or shares, once for each id. `id` is made by whoever asks: again it is a retry. */
export async function requestJournal(
  ctx: PlatformContext,
  operator: User,
  id: string,
  wish: JournalRequest,
): Promise<Outcome<Journal>> {
  const moved = readMoved(wish)
  const from = await findParty(ctx, wish.from_account)
  const to = await findParty(ctx, wish.to_account)
  return runIntent(ctx, submitJournal, {
    userId: operator.id,
    id,
    accountId: from,
    brokerKey: newId(),
    request: {
      from_account: from,
      to_account: to,
      entry_type: wish.entry_type,
      ...moved,
      ...(wish.description === undefined ? {} : { description: wish.description }),
    },
    askedAt: await readWorldTime(ctx),
  })
}

/** The same from one account to many: every entry is read before any is sent. */
export async function requestJournalBatch(
  ctx: PlatformContext,
  operator: User,
  id: string,
  wish: JournalBatchRequest,
): Promise<Outcome<JournalBatch>> {
  const amounts = wish.entries.map(({ amount }, entry) => readCash(amount, { entry: String(entry) }))
  const from = await findParty(ctx, wish.from_account)
  const entries: { to_account: string; amount: string }[] = []
  for (const [index, { to_account: name }] of wish.entries.entries()) {
    entries.push({ to_account: await findParty(ctx, name), amount: amounts[index] ?? '' })
  }
  return runIntent(ctx, submitJournalBatch, {
    userId: operator.id,
    id,
    accountId: from,
    brokerKey: newId(),
    request: {
      from_account: from,
      entry_type: 'JNLC',
      entries,
      ...(wish.description === undefined ? {} : { description: wish.description }),
    },
    askedAt: await readWorldTime(ctx),
  })
}

function readMoved(wish: JournalRequest): Pick<JournalAsked, 'amount' | 'symbol' | 'qty'> {
  const { entry_type: entryType, amount, symbol, qty } = wish
  if (entryType === 'JNLC') {
    if (amount === undefined || symbol !== undefined || qty !== undefined)
      throw new JournalRefused('cash_or_shares')
    return { amount: readCash(amount) }
  }
  if (amount !== undefined || symbol === undefined || qty === undefined)
    throw new JournalRefused('cash_or_shares')
  return { symbol: symbol.toUpperCase(), qty: readShares(qty) }
}

function readShares(value: number | string): string {
  const quantityNano = parseQuantity(plainNumber(value))
  if (quantityNano === undefined || quantityNano === 0n) throw new JournalRefused('quantity_not_valid')
  return formatQuantity(quantityNano)
}

function readCash(amount: number | string, details: Record<string, string> = {}): string {
  const minor = readAmount(amount)
  if (minor === undefined) throw new JournalRefused('amount_not_valid', details)
  return formatUsd(minor)
}
