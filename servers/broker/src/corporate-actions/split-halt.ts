import { newYorkDate, newYorkInstant } from '@paddock/calendar'
import type { AccountId } from '../accounts/account.ts'
import type { Db, Tx } from '../db/database.ts'
import { type Market, splitsOf } from '../market/splits.ts'
import { refreshMarket } from './corporate-action-store.ts'
import { hasActivity, heldAtBeginOf, splitActivityId } from './holders.ts'

/**
 * Whether an account still has shares of before a split whose day has come. From midnight on prices are those
 * of after it, so for the moment until its shares are split as well the account cannot trade in them.
 */
export async function awaitsSplit(
  tx: Tx,
  market: Market,
  accountId: AccountId,
  symbol: string,
  now: Temporal.Instant,
): Promise<boolean> {
  await refreshMarket(tx, market)
  const today = newYorkDate(now)
  for (const { actionId, exOn } of splitsOf(market, symbol)) {
    if (Temporal.PlainDate.compare(exOn, today) > 0) continue
    if (await hasActivity(tx, accountId, splitActivityId(actionId, accountId))) continue
    if ((await heldAtBeginOf(tx, accountId, symbol, exOn)) > 0n) return true
  }
  return false
}

/** The same for many accounts and assets at once, as `account|symbol`: hardly any asset has a split at all. */
export async function splittingPairs(
  tx: Tx,
  market: Market,
  pairs: readonly { readonly accountId: AccountId; readonly symbol: string }[],
  now: Temporal.Instant,
): Promise<ReadonlySet<string>> {
  await refreshMarket(tx, market)
  const splitting = new Set<string>()
  for (const { accountId, symbol } of pairs) {
    if (splitsOf(market, symbol).length === 0) continue
    if (await awaitsSplit(tx, market, accountId, symbol, now)) splitting.add(`${accountId}|${symbol}`)
  }
  return splitting
}

/**
 * Whether a split came into force after `since`: a number of shares that was named then means other shares now.
 * The market's prices know of it from here on.
 */
export async function wasSplitSince(
  db: Db,
  market: Market,
  symbol: string,
  since: Temporal.Instant,
  now: Temporal.Instant,
): Promise<boolean> {
  await refreshMarket(db, market)
  return isSplitBetween(market, symbol, since, now)
}

/** The same, as far as the market knows: for whoever has just refreshed what it knows. */
export function isSplitBetween(
  market: Market,
  symbol: string,
  since: Temporal.Instant,
  now: Temporal.Instant,
): boolean {
  return splitsOf(market, symbol).some(({ exOn }) => {
    const begin = newYorkInstant(exOn, new Temporal.PlainTime())
    return Temporal.Instant.compare(since, begin) < 0 && Temporal.Instant.compare(begin, now) <= 0
  })
}
