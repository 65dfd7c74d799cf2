import type { PriceMicro, QuantityNano } from '@paddock/money'
import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { MarketRules } from '../db/schema.ts'
import { instantOfSecond, secondOf } from './quote.ts'
import type { Market } from './splits.ts'
import { type FillMode, rememberRules, type SymbolRules, usualRules } from './symbol-rules.ts'

/** How far each market has read. */
const readUpTo = new WeakMap<Market, bigint>()

/** Makes the market know all that has been set for its symbols, by whichever process. Cheap: only what is new is read. */
export async function refreshRules(db: Db, market: Market): Promise<void> {
  const rows = await db
    .selectFrom('market_rules')
    .selectAll()
    .where('id', '>', readUpTo.get(market) ?? 0n)
    .orderBy('id')
    .execute()
  for (const row of rows) {
    // Another refresh may have been faster.
    if (row.id <= (readUpTo.get(market) ?? 0n)) continue
    rememberRules(market, row.symbol, toRules(row))
    readUpTo.set(market, row.id)
  }
}

/** Until the transaction ends nobody changes any rules: what is decided by those of now is found by those of later. */
export async function holdRules(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended('market rules', 0))`.execute(tx)
}

/** What is in force for a symbol; until the transaction ends nobody else changes any rules. */
export async function lockRules(tx: Tx, symbol: string): Promise<SymbolRules> {
  await sql`select pg_advisory_xact_lock(hashtextextended('market rules', 0))`.execute(tx)
  const row = await tx
    .selectFrom('market_rules')
    .selectAll()
    .where('symbol', '=', symbol)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? usualRules : toRules(row)
}

/** Needs the lock of `lockRules`. */
export async function insertRules(tx: Tx, symbol: string, rules: SymbolRules): Promise<void> {
  const { anchor, fillMode } = rules
  await tx
    .insertInto('market_rules')
    .values({
      symbol,
      from_at: instantOfSecond(rules.fromSecond),
      anchor_at: anchor === undefined ? null : instantOfSecond(anchor.second),
      anchor_price_micro: anchor?.priceMicro ?? null,
      volatility_percent: rules.volatilityPercent,
      drift_ppm_per_day: rules.driftPpmPerDay,
      spread_percent: rules.spreadPercent,
      halted: rules.isHalted,
      fill_mode: fillMode.kind,
      partial_quantity_nano: fillMode.kind === 'partial' ? fillMode.quantityNano : null,
    })
    .execute()
}

function toRules(row: Selectable<MarketRules>): SymbolRules {
  const { anchor_at, anchor_price_micro } = row
  return {
    fromSecond: secondOf(row.from_at),
    anchor:
      anchor_at === null || anchor_price_micro === null
        ? undefined
        : { second: secondOf(anchor_at), priceMicro: anchor_price_micro as PriceMicro },
    volatilityPercent: row.volatility_percent,
    driftPpmPerDay: row.drift_ppm_per_day,
    spreadPercent: row.spread_percent,
    isHalted: row.halted,
    fillMode: toFillMode(row),
  }
}

function toFillMode({ fill_mode, partial_quantity_nano }: Selectable<MarketRules>): FillMode {
  if (partial_quantity_nano !== null) {
    return { kind: 'partial', quantityNano: partial_quantity_nano as QuantityNano }
  }
  return { kind: fill_mode as Exclude<FillMode['kind'], 'partial'> }
}
