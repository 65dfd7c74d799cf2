import { newYorkDate } from '@paddock/calendar'
import type { Clock } from '@paddock/kernel'
import { balancesAt } from '@paddock/ledger'
import { marketValue, type QuantityNano, type UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { lastClose } from '../accounts/equity.ts'
import { getAsset } from '../assets/asset.ts'
import type { Holdings, MarketValue } from '../context.ts'
import { refreshMarket } from '../corporate-actions/corporate-action-store.ts'
import type { Db } from '../db/database.ts'
import { type Market, quoteOf } from '../market/market.ts'
import { unsettledProceedsMinor } from '../orders/fill-store.ts'
import { booksOf } from './books.ts'
import { readHoldings } from './holding.ts'

/** What the cash side asks of the trading side. */
export function createHoldings({ clock, market }: { clock: Clock; market: Market }): Holdings {
  return {
    marketValues: (db, accountIds) => readMarketValues(db, market, accountIds, clock.now()),
    unsettledProceedsMinor: (db, accountId, now) => unsettledProceedsMinor(db, accountId, newYorkDate(now)),
  }
}

/** What is held now at present prices, and what was held at the exchange's last close at the prices of then. */
async function readMarketValues(
  db: Db,
  market: Market,
  accountIds: readonly AccountId[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<AccountId, MarketValue>> {
  await refreshMarket(db, market)
  const nowMinor = new Map<AccountId, bigint>()
  for (const { accountId, asset, quantityNano } of await readHoldings(db, accountIds)) {
    const valueMinor = marketValue(quantityNano, quoteOf(market, asset, now).lastMicro)
    nowMinor.set(accountId, (nowMinor.get(accountId) ?? 0n) + valueMinor)
  }
  const lastCloseMinor = await readValuesAt(db, market, accountIds, lastClose(now).at)
  return new Map(
    accountIds.map((id) => [
      id,
      {
        nowMinor: (nowMinor.get(id) ?? 0n) as UsdMinor,
        lastCloseMinor: (lastCloseMinor.get(id) ?? 0n) as UsdMinor,
      },
    ]),
  )
}

async function readValuesAt(
  db: Db,
  market: Market,
  accountIds: readonly AccountId[],
  at: Temporal.Instant,
): Promise<Map<AccountId, bigint>> {
  const values = new Map<AccountId, bigint>()
  if (accountIds.length === 0) return values
  // Everything ever held: what was sold since then counted then.
  const rows = await db
    .selectFrom('positions')
    .select(['account_id', 'symbol'])
    .where('account_id', 'in', [...accountIds])
    .execute()
  const held = rows.map((row) => {
    const accountId = row.account_id as AccountId
    return { accountId, asset: getAsset(row.symbol), book: booksOf(accountId, row.symbol).shares }
  })
  const balances = await balancesAt(
    db,
    held.map(({ book }) => book),
    at,
  )
  for (const { accountId, asset, book } of held) {
    const quantityNano = (balances.get(book)?.posted ?? 0n) as QuantityNano
    const valueMinor = marketValue(quantityNano, quoteOf(market, asset, at).lastMicro)
    values.set(accountId, (values.get(accountId) ?? 0n) + valueMinor)
  }
  return values
}
