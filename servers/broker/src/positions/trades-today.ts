import type { AccountId } from '../accounts/account.ts'
import type { Db } from '../db/database.ts'
import type { Market } from '../market/market.ts'
import { previousClose } from '../market/trading-hours.ts'
import type { Holding } from './holding.ts'

/** What was traded since the last close: shares and the cents they cost or brought. */
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
    const rows = await db
      .selectFrom('fills')
      .select(['account_id', 'symbol', 'side'])
      .select(({ fn }) => [
        fn.sum<bigint>('quantity_nano').as('quantity_nano'),
        fn.sum<bigint>('amount_minor').as('amount_minor'),
      ])
      .where('account_id', 'in', [...new Set(ofClass.map(({ accountId }) => accountId))])
      .where('symbol', 'in', [...new Set(ofClass.map(({ asset }) => asset.symbol))])
      .where('filled_at', '>', previousClose(market.marketHours, assetClass, now))
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
  }
  return found
}

export function keyOfHolding({ accountId, asset }: Holding): string {
  return keyOf(accountId, asset.symbol)
}

function keyOf(accountId: AccountId, symbol: string): string {
  return `${accountId} ${symbol}`
}
