import { newYorkDate } from '@paddock/calendar'
import type { Clock } from '@paddock/kernel'
import { marketValue, type UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { Holdings, MarketValue } from '../context.ts'
import type { Db } from '../db/database.ts'
import { type Market, previousClosePrice, quoteOf } from '../market/market.ts'
import { unsettledProceedsMinor } from '../orders/fill-store.ts'
import { readHoldings } from './holding.ts'

/** What the cash side asks of the trading side. */
export function createHoldings({ db, clock, market }: { db: Db; clock: Clock; market: Market }): Holdings {
  return {
    marketValues: (accountIds) => readMarketValues(db, market, accountIds, clock.now()),
    unsettledProceedsMinor: (anyDb, accountId, now) =>
      unsettledProceedsMinor(anyDb, accountId, newYorkDate(now)),
  }
}

async function readMarketValues(
  db: Db,
  market: Market,
  accountIds: readonly AccountId[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<AccountId, MarketValue>> {
  const values = new Map<AccountId, MarketValue>()
  for (const { accountId, asset, quantityNano } of await readHoldings(db, accountIds)) {
    const nowMinor = marketValue(quantityNano, quoteOf(market, asset, now).lastMicro)
    const lastCloseMinor = marketValue(quantityNano, previousClosePrice(market, asset, now))
    const before = values.get(accountId)
    values.set(accountId, {
      nowMinor: ((before?.nowMinor ?? 0n) + nowMinor) as UsdMinor,
      lastCloseMinor: ((before?.lastCloseMinor ?? 0n) + lastCloseMinor) as UsdMinor,
    })
  }
  return values
}
