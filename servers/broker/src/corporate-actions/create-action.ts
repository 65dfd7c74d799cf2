import { isTradingDay, newYorkDate } from '@paddock/calendar'
import { newId } from '@paddock/kernel'
import type { PriceMicro } from '@paddock/money'
import { findAsset, getAsset } from '../assets/asset.ts'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import { factorOn, type Market, splitsOf } from '../market/splits.ts'
import { dividendsAfter, tellCreated } from './announce-actions.ts'
import {
  type CorporateAction,
  type CorporateActionId,
  CorporateActionRejected,
  type CorporateActionSubType,
  type CorporateActionType,
  ONE_MICRO,
} from './corporate-action.ts'
import { insertAction, refreshMarket } from './corporate-action-store.ts'
import { cusipOf } from './cusip.ts'

export interface NewAction {
  readonly type: CorporateActionType
  readonly symbol: string
  readonly targetSymbol?: string | undefined
  readonly exOn: Temporal.PlainDate
  readonly recordOn?: Temporal.PlainDate | undefined
  readonly payableOn?: Temporal.PlainDate | undefined
  readonly cashMicro?: PriceMicro | undefined
  readonly oldRateMicro?: bigint | undefined
  readonly newRateMicro?: bigint | undefined
}

/** Prices must still be prices after it: from a cent to a million dollars around which to wander. */
const LEAST_PRICE_MICRO = 10_000n
const MOST_PRICE_MICRO = 1_000_000n * ONE_MICRO
const LEAST_RATE_MICRO = ONE_MICRO / 10n
const MOST_RATE_MICRO = 1_000n * ONE_MICRO
const LONGEST_AHEAD_DAYS = 400

/**
 * Announces an action of today, or refuses it. Its ex date is tomorrow or later, so that prices and holdings
 * of the past stay what they were.
 */
export async function createAction(ctx: BrokerContext, request: NewAction): Promise<CorporateAction> {
  const now = ctx.clock.now()
  const action = readAction(request, newYorkDate(now))
  await transact(ctx, async (tx) => {
    await refreshMarket(tx, ctx.config)
    const isTaken =
      action.type === 'split' &&
      splitsOf(ctx.config, action.symbol).some(({ exOn }) => exOn.equals(action.exOn))
    if (action.type === 'split') refusePrice(ctx.config, action)
    const before = action.type === 'split' ? await dividendsAfter(tx, ctx.config, action) : []
    if (isTaken || !(await insertAction(tx, action, now))) throw new CorporateActionRejected('split_taken')
    await tellCreated(tx, ctx.config, action, { before, at: now })
  })
  await refreshMarket(ctx.db, ctx.config)
  return action
}

function readAction(request: NewAction, today: Temporal.PlainDate): CorporateAction {
  const { type, exOn } = request
  const asset = findAsset(request.symbol)
  if (asset?.assetClass !== 'us_equity') {
    throw new CorporateActionRejected('action_asset_unsuitable', { symbol: request.symbol })
  }
  const recordOn = request.recordOn ?? exOn
  const payableOn = request.payableOn ?? (type === 'split' ? exOn : recordOn)
  refuseDates([today.add({ days: 1 }), exOn, recordOn, payableOn, today.add({ days: LONGEST_AHEAD_DAYS })])
  // Holders get their new shares before an open, and prices change with it.
  if (type === 'split' && !isTradingDay(exOn)) throw new CorporateActionRejected('action_dates_out_of_order')
  const rates = readRates(request)
  const id = newId() as CorporateActionId
  return {
    id,
    publicId: `${cusipOf(asset.symbol)}_${id.slice(-12).toUpperCase()}`,
    type,
    subType: subTypeOf(type, rates),
    symbol: asset.symbol,
    targetSymbol: request.targetSymbol ?? asset.symbol,
    declaredOn: today,
    exOn,
    recordOn,
    payableOn,
    ...rates,
  }
}

type Rates = Pick<CorporateAction, 'cashMicro' | 'oldRateMicro' | 'newRateMicro'>

function readRates({ type, cashMicro, oldRateMicro, newRateMicro }: NewAction): Rates {
  const rates: Rates = {
    cashMicro: cashMicro ?? (0n as PriceMicro),
    oldRateMicro: oldRateMicro ?? ONE_MICRO,
    newRateMicro: newRateMicro ?? ONE_MICRO,
  }
  const isTooMuch = [rates.oldRateMicro, rates.newRateMicro].some(
    (rate) => rate < LEAST_RATE_MICRO || rate > MOST_RATE_MICRO,
  )
  const saysNothing =
    type === 'dividend'
      ? rates.cashMicro === 0n
      : type === 'split' && rates.oldRateMicro === rates.newRateMicro
  const isMixed = type === 'split' && rates.cashMicro !== 0n
  if (isTooMuch || saysNothing || isMixed) throw new CorporateActionRejected('action_rates_unsuitable')
  return rates
}

function refusePrice(market: Market, { symbol, exOn, oldRateMicro, newRateMicro }: CorporateAction): void {
  const factor = factorOn(market, symbol, exOn.add({ days: LONGEST_AHEAD_DAYS }))
  const { referencePriceMicro } = getAsset(symbol)
  const afterMicro = (referencePriceMicro * factor.old * oldRateMicro) / (factor.new * newRateMicro)
  if (afterMicro < LEAST_PRICE_MICRO || afterMicro > MOST_PRICE_MICRO) {
    throw new CorporateActionRejected('action_rates_unsuitable')
  }
}

function refuseDates(inOrder: readonly Temporal.PlainDate[]): void {
  for (const [index, date] of inOrder.entries()) {
    const next = inOrder[index + 1]
    if (next !== undefined && Temporal.PlainDate.compare(date, next) > 0) {
      throw new CorporateActionRejected('action_dates_out_of_order')
    }
  }
}

function subTypeOf(type: CorporateActionType, { oldRateMicro, newRateMicro }: Rates): CorporateActionSubType {
  if (type === 'split') return newRateMicro > oldRateMicro ? 'stock_split' : 'reverse_split'
  if (type === 'dividend') return 'cash'
  return type === 'merger' ? 'merger_completion' : type
}
