import { newYorkDate, newYorkInstant } from '@paddock/calendar'
import type { UsdMinor } from '@paddock/money'
import { sql } from 'kysely'
import type { BrokerContext } from '../context.ts'
import type { Db } from '../db/database.ts'
import { openStatuses } from '../orders/order.ts'
import type { AccountId } from './account.ts'
import { readCashFigures } from './cash-figures.ts'

export type TradingLimits = {
  /** What may still be bought. */
  readonly availableMinor: UsdMinor
  /** What today's purchases took beyond what today's sales brought, and what open purchases have set aside. */
  readonly usedMinor: UsdMinor
}

/** A cash account's limit is its own cash: what it may owe at settlement is what it has. */
export async function readTradingLimits(
  ctx: Pick<BrokerContext, 'holdings' | 'clock'>,
  db: Db,
  accountId: AccountId,
): Promise<TradingLimits> {
  const { buyingPowerMinor } = await readCashFigures(ctx, db, accountId)
  const midnight = newYorkInstant(newYorkDate(ctx.clock.now()), new Temporal.PlainTime())
  const { rows } = await sql<{ bought: bigint; held: bigint }>`
    select
      (select coalesce(sum(case side when 'buy' then amount_minor + commission_minor else commission_minor - amount_minor end), 0)
        from fills where account_id = ${accountId} and filled_at >= ${midnight.toString()}) as bought,
      (select coalesce(sum(held_amount), 0) from orders
        where account_id = ${accountId} and side = 'buy' and status in (${sql.join(openStatuses)})) as held`.execute(
    db,
  )
  const { bought = 0n, held = 0n } = rows[0] ?? {}
  const netMinor = BigInt(bought) + BigInt(held)
  return { availableMinor: buyingPowerMinor, usedMinor: (netMinor > 0n ? netMinor : 0n) as UsdMinor }
}
