import type { PriceMicro } from '@paddock/money'
import { sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import { lockAccounts } from '../accounts/account-store.ts'
import type { Asset } from '../assets/asset.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { openStatuses } from '../orders/order.ts'
import { quoteOf } from './market.ts'
import { secondOf } from './quote.ts'
import { insertRules, lockRules, refreshRules } from './rule-store.ts'
import { type FillMode, latestRules, type SymbolRules } from './symbol-rules.ts'
import { nextMatch } from './trading-hours.ts'

/** What is to be different from now on; nothing where it stays. */
export interface RulesChange {
  readonly priceMicro?: PriceMicro | undefined
  readonly volatilityPercent?: number | undefined
  readonly driftPpmPerDay?: number | undefined
  readonly spreadPercent?: number | undefined
  readonly isHalted?: boolean | undefined
  readonly fillMode?: FillMode | undefined
}

/**
 * Changes what is in force for a symbol from this second on; the past stays as it was. Orders that are at work are
 * looked at again, by whichever process comes first.
 */
export async function setRules(ctx: BrokerContext, asset: Asset, change: RulesChange): Promise<SymbolRules> {
  await refreshRules(ctx.db, ctx.config)
  await transact(ctx, async (tx) => {
    const before = await lockRules(tx, asset.symbol)
    const now = ctx.clock.now()
    await insertRules(tx, asset.symbol, rulesAfter(ctx, asset, before, change))
    await lookAgain(tx, asset.symbol, now)
  })
  await refreshRules(ctx.db, ctx.config)
  return latestRules(ctx.config, asset.symbol)
}

function rulesAfter(
  { config, clock }: BrokerContext,
  asset: Asset,
  before: SymbolRules,
  change: RulesChange,
): SymbolRules {
  const now = clock.now()
  const movesOtherwise = change.volatilityPercent !== undefined || change.driftPpmPerDay !== undefined
  // A price that nobody set goes on from where it is. In a market that is closed it is the next opening's.
  const priceMicro = change.priceMicro ?? (movesOtherwise ? quoteOf(config, asset, now).lastMicro : undefined)
  const anchorAt = nextMatch(config.marketHours, asset.assetClass, now)
  return {
    fromSecond: secondOf(now),
    anchor: priceMicro === undefined ? before.anchor : { second: secondOf(anchorAt), priceMicro },
    volatilityPercent: change.volatilityPercent ?? before.volatilityPercent,
    driftPpmPerDay: change.driftPpmPerDay ?? before.driftPpmPerDay,
    spreadPercent: change.spreadPercent ?? before.spreadPercent,
    isHalted: change.isHalted ?? before.isHalted,
    fillMode: change.fillMode ?? before.fillMode,
  }
}

/**
 * What was due before is still due then: what happened until now must not be lost. The accounts' locks wait for whoever
 * is at work on these orders by the rules of before.
 */
async function lookAgain(tx: Tx, symbol: string, now: Temporal.Instant): Promise<void> {
  const holders = await tx
    .selectFrom('orders')
    .select('account_id')
    .distinct()
    .where('symbol', '=', symbol)
    .where('status', 'in', openStatuses)
    .execute()
  if (holders.length === 0) return
  await lockAccounts(
    tx,
    holders.map((row) => row.account_id as AccountId),
  )
  await tx
    .updateTable('orders')
    .set({ look_at: sql`least(look_at, ${now.toString()}::timestamptz)` })
    .where('symbol', '=', symbol)
    .where('status', 'in', ['new', 'partially_filled'])
    .execute()
}
