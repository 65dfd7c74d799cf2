import type { AccountId } from '../accounts/account.ts'
import type { Db } from '../db/database.ts'
import { readJournaledShares } from '../journals/journaled-shares.ts'
import type { Market } from '../market/market.ts'
import { previousClose } from '../market/trading-hours.ts'
import type { Holding } from './holding.ts'

/** What was traded since the last close, or came and went by journals: shares, and the cents they cost or were worth. */
export interface TradesToday {
  readonly boughtNano: bigint
  readonly boughtMinor: bigint
  readonly soldNano: bigint
}

export const noTrades: TradesToday = { boughtNano: 0n, boughtMinor: 0n, soldNano: 0n }

/** The trades since the last close in what is held, by account and symbol (`keyOfHolding`). */
export async function readTradesToday(
  db: Db,
  market: Market,
  holdings: readonly Holding[],
  now: Temporal.Instant,
): Promise<Map<string, TradesToday>> {
  const found = new Map<string, TradesToday>()
  for (const [assetClass, ofClass] of Map.groupBy(holdings, ({ asset }) => asset.assetClass)) {
    const accountIds = [...new Set(ofClass.map(({ accountId }) => accountId))]
    const symbols = [...new Set(ofClass.map(({ asset }) => asset.symbol))]
    const since = previousClose(market.marketHours, assetClass, now)
    const rows = await db
      .selectFrom('fills')
      .select(['account_id', 'symbol', 'side'])
      .select(({ fn }) => [
        fn.sum<bigint>('quantity_nano').as('quantity_nano'),
        fn.sum<bigint>('amount_minor').as('amount_minor'),
      ])
      .where('account_id', 'in', accountIds)
      .where('symbol', 'in', symbols)
      .where('filled_at', '>', since)
      .groupBy(['account_id', 'symbol', 'side'])
      .execute()
    for (const row of rows) {
      const key = keyOf(row.account_id as AccountId, row.symbol)
      const before = found.get(key) ?? noTrades
      const change =
        row.side === 'buy'
          ? { boughtNano: row.quantity_nano, boughtMinor: row.amount_minor }
          : { soldNano: row.quantity_nano }
      found.set(key, { ...before, ...change })
    }
    // What was given counts as bought at the price of then: a gift is neither gain nor loss.
    for (const shares of await readJournaledShares(db, accountIds, symbols, since)) {
      const key = keyOf(shares.accountId, shares.symbol)
      const before = found.get(key) ?? noTrades
      found.set(key, {
        boughtNano: before.boughtNano + shares.receivedNano,
        boughtMinor: before.boughtMinor + shares.receivedMinor,
        soldNano: before.soldNano + shares.givenNano,
      })
    }
  }
  return found
}

export function keyOfHolding({ accountId, asset }: Holding): string {
  return keyOf(accountId, asset.symbol)
}

function keyOf(accountId: AccountId, symbol: string): string {
  return `${accountId} ${symbol}`
}
