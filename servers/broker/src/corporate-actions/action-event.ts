import { formatPrice } from '@paddock/money'
import type { Tx } from '../db/database.ts'
import type { JsonObject } from '../db/schema.ts'
import { appendEvents, type NewEvent } from '../events/append-event.ts'
import { type ActionKind, kindOf } from './action-kind.ts'
import type { CorporateAction } from './corporate-action.ts'
import { cusipOf } from './cusip.ts'

/** What became of the record of an action; ours are never deleted. */
export type ActionChange = 'insert' | 'update'

/** Tells of actions in the transaction that announces or changes them (contracts/alpaca/corporate-actions.md §6). */
export async function appendActionEvents(
  tx: Tx,
  change: ActionChange,
  actions: readonly CorporateAction[],
  at: Temporal.Instant,
): Promise<void> {
  if (actions.length > 0)
    await appendEvents(
      tx,
      actions.map((action) => eventOf(change, action, at)),
    )
}

function eventOf(change: ActionChange, action: CorporateAction, at: Temporal.Instant): NewEvent {
  const kind = kindOf(action)
  const ca = { id: action.id, currency: 'USD', ...facts[kind](action) }
  return {
    accountId: undefined,
    stream: 'corporate_action',
    entityId: action.id,
    statusTo: change,
    at,
    payload: { event_type: `${kind}_corporateaction_event`, region: 'us', ca },
  }
}

/** Which of the actions have been told of before. */
export async function findTold(
  tx: Tx,
  actions: readonly Pick<CorporateAction, 'id'>[],
): Promise<ReadonlySet<string>> {
  if (actions.length === 0) return new Set()
  const rows = await tx
    .selectFrom('events')
    .select('entity_id')
    .distinct()
    .where('stream', '=', 'corporate_action')
    .where(
      'entity_id',
      'in',
      actions.map(({ id }) => id),
    )
    .execute()
  return new Set(rows.map(({ entity_id }) => entity_id))
}

const nameOf = ({ symbol }: CorporateAction) => ({ symbol, cusip: cusipOf(symbol) })

const daysOf = ({ exOn, recordOn, payableOn }: CorporateAction) => ({
  process_date: payableOn.toString(),
  ex_date: exOn.toString(),
  record_date: recordOn.toString(),
  payable_date: payableOn.toString(),
})

const ratesOf = ({ oldRateMicro, newRateMicro }: CorporateAction) => ({
  old_rate: formatPrice(oldRateMicro),
  new_rate: formatPrice(newRateMicro),
})

const mergerOf = ({ symbol, targetSymbol, exOn, payableOn }: CorporateAction) => ({
  acquirer_symbol: targetSymbol,
  acquirer_cusip: cusipOf(targetSymbol),
  acquiree_symbol: symbol,
  acquiree_cusip: cusipOf(symbol),
  process_date: payableOn.toString(),
  effective_date: exOn.toString(),
  payable_date: payableOn.toString(),
})

/** The same facts as in the lists of the data host, with rates as text. */
const facts: { readonly [Kind in ActionKind]: (action: CorporateAction) => JsonObject } = {
  cash_dividend: (action) => ({
    ...nameOf(action),
    ...daysOf(action),
    rate: formatPrice(action.cashMicro),
    special: false,
    foreign: false,
  }),
  forward_split: (action) => ({ ...nameOf(action), ...daysOf(action), ...ratesOf(action) }),
  reverse_split: (action) => ({
    symbol: action.symbol,
    old_cusip: cusipOf(action.symbol),
    new_cusip: cusipOf(action.symbol),
    ...daysOf(action),
    ...ratesOf(action),
  }),
  spin_off: (action) => ({
    source_symbol: action.symbol,
    source_cusip: cusipOf(action.symbol),
    source_rate: formatPrice(action.oldRateMicro),
    new_symbol: action.targetSymbol,
    new_cusip: cusipOf(action.targetSymbol),
    new_rate: formatPrice(action.newRateMicro),
    ...daysOf(action),
  }),
  cash_merger: (action) => ({ ...mergerOf(action), rate: formatPrice(action.cashMicro) }),
  stock_merger: (action) => ({
    ...mergerOf(action),
    acquirer_rate: formatPrice(action.newRateMicro),
    acquiree_rate: formatPrice(action.oldRateMicro),
  }),
  name_change: (action) => ({
    old_symbol: action.symbol,
    old_cusip: cusipOf(action.symbol),
    new_symbol: action.targetSymbol,
    new_cusip: cusipOf(action.targetSymbol),
    process_date: action.exOn.toString(),
  }),
}
