import type { PriceMicro } from '@paddock/money'
import type { Selectable } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { CorporateActions } from '../db/schema.ts'
import { refreshRules } from '../market/rule-store.ts'
import { type Market, rememberSplits, type Split } from '../market/splits.ts'
import type {
  ActionDay,
  CorporateAction,
  CorporateActionId,
  CorporateActionSubType,
  CorporateActionType,
} from './corporate-action.ts'

const COLUMNS = {
  declaredOn: 'declared_on',
  exOn: 'ex_on',
  recordOn: 'record_on',
  payableOn: 'payable_on',
} as const satisfies Record<ActionDay, keyof CorporateActions>

/** Writes an action that somebody created; false when the symbol has a split on that day already. */
export async function insertAction(tx: Tx, action: CorporateAction, now: Temporal.Instant): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('corporate_actions')
    .values({
      id: action.id,
      public_id: action.publicId,
      ca_type: action.type,
      ca_sub_type: action.subType,
      symbol: action.symbol,
      target_symbol: action.targetSymbol,
      declared_on: action.declaredOn,
      ex_on: action.exOn,
      record_on: action.recordOn,
      payable_on: action.payableOn,
      cash_micro: action.cashMicro,
      old_rate_micro: action.oldRateMicro,
      new_rate_micro: action.newRateMicro,
      created_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function listCreatedActions(
  db: Db,
  day: ActionDay,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): Promise<CorporateAction[]> {
  const rows = await db
    .selectFrom('corporate_actions')
    .selectAll()
    .where(COLUMNS[day], '>=', from)
    .where(COLUMNS[day], '<=', to)
    .execute()
  return rows.map(toAction)
}

export async function findCreatedAction(db: Db, id: string): Promise<CorporateAction | undefined> {
  const row = await db.selectFrom('corporate_actions').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toAction(row)
}

/** Makes the market's prices know every split that the database has, and all that was set for its symbols. Cheap: there are few. */
export async function refreshMarket(db: Db, market: Market): Promise<void> {
  await refreshRules(db, market)
  const rows = await db
    .selectFrom('corporate_actions')
    .select(['id', 'symbol', 'ex_on', 'old_rate_micro', 'new_rate_micro'])
    .where('ca_type', '=', 'split')
    .execute()
  const splits: Split[] = rows.map((row) => ({
    actionId: row.id,
    symbol: row.symbol,
    exOn: row.ex_on,
    oldRate: row.old_rate_micro,
    newRate: row.new_rate_micro,
  }))
  rememberSplits(market, splits)
}

function toAction(row: Selectable<CorporateActions>): CorporateAction {
  return {
    id: row.id as CorporateActionId,
    publicId: row.public_id,
    type: row.ca_type as CorporateActionType,
    subType: row.ca_sub_type as CorporateActionSubType,
    symbol: row.symbol,
    targetSymbol: row.target_symbol,
    declaredOn: row.declared_on,
    exOn: row.ex_on,
    recordOn: row.record_on,
    payableOn: row.payable_on,
    cashMicro: row.cash_micro as PriceMicro,
    oldRateMicro: row.old_rate_micro,
    newRateMicro: row.new_rate_micro,
  }
}
