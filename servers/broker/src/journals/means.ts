import { openAccounts, readBalances } from '@paddock/ledger'
import { formatQuantity, formatUsd } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { readCashFigures } from '../accounts/cash-figures.ts'
import type { BrokerContext } from '../context.ts'
import { awaitsSplit } from '../corporate-actions/split-halt.ts'
import type { Tx } from '../db/database.ts'
import { booksOf } from '../positions/books.ts'
import { JournalRejected, type Moved } from './journal.ts'

type Wish = { readonly from: AccountId; readonly to: AccountId; readonly moved: Moved }

type Details = Readonly<Record<string, unknown>>

/**
 * Throws unless whoever gives has it and may let it go, for all the wishes together. The accounts must be
 * locked. `detailsOf` tells what to say about the wish that is too much.
 */
export async function requireMeans(
  ctx: BrokerContext,
  tx: Tx,
  wishes: readonly Wish[],
  detailsOf: (index: number) => Details,
): Promise<void> {
  const left = new Map<string, bigint>()
  for (const [index, { from, moved }] of wishes.entries()) {
    const isCash = moved.entryType === 'JNLC'
    const source = isCash ? from : booksOf(from, moved.symbol).shares
    const available =
      left.get(source) ?? (isCash ? await readCash(ctx, tx, from) : await readShares(tx, source))
    const wanted = isCash ? moved.amountMinor : moved.quantityNano
    if (wanted > available) throw tooLittle(moved, available, detailsOf(index))
    left.set(source, available - wanted)
  }
}

/** Throws when one of these accounts still has shares of before a split: nobody could say which are meant. */
export async function requireSplitsDone(
  { clock, config }: BrokerContext,
  tx: Tx,
  wishes: readonly Wish[],
  detailsOf: (index: number) => Details,
): Promise<void> {
  const asked = new Set<string>()
  for (const [index, { from, to, moved }] of wishes.entries()) {
    if (moved.entryType === 'JNLC') continue
    const { symbol } = moved
    for (const accountId of [from, to]) {
      const book = booksOf(accountId, symbol).shares
      if (asked.has(book)) continue
      asked.add(book)
      if (await awaitsSplit(tx, config, accountId, symbol, clock.now())) {
        throw new JournalRejected('journal_asset_splitting', { ...detailsOf(index), symbol })
      }
    }
  }
}

/** What may leave: neither deposits that may still come back nor sales that have not settled. */
async function readCash(ctx: BrokerContext, tx: Tx, accountId: AccountId): Promise<bigint> {
  return (await readCashFigures(ctx, tx, accountId)).withdrawableMinor
}

async function readShares(tx: Tx, book: string): Promise<bigint> {
  return (await readBalances(tx, [book])).get(book)?.available ?? 0n
}

function tooLittle(moved: Moved, available: bigint, details: Details): JournalRejected {
  return moved.entryType === 'JNLC'
    ? new JournalRejected('journal_cash_insufficient', {
        ...details,
        requested: formatUsd(moved.amountMinor),
        available: formatUsd(available),
      })
    : new JournalRejected('journal_shares_insufficient', {
        ...details,
        symbol: moved.symbol,
        requested: formatQuantity(moved.quantityNano),
        available: formatQuantity(available),
      })
}

/** Whoever gets shares has an account for them in the ledger, though there was none of these before. */
export async function openShareBooks(tx: Tx, wishes: readonly Wish[]): Promise<void> {
  const books = wishes.flatMap(({ to, moved }) =>
    moved.entryType === 'JNLC'
      ? []
      : [{ id: booksOf(to, moved.symbol).shares, owner: to, kind: 'shares', asset: moved.symbol, floor: 0n }],
  )
  await openAccounts(tx, books)
}
