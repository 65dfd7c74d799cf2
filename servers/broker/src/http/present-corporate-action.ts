import type { AnnouncementBody, CorporateActionsBody } from '@paddock/broker-wire'
import { formatPrice } from '@paddock/money'
import { kindOf } from '../corporate-actions/action-kind.ts'
import type { CorporateAction } from '../corporate-actions/corporate-action.ts'
import { cusipOf } from '../corporate-actions/cusip.ts'
import { WireRefused } from './wire-error.ts'

/** An action as an announcement (contracts/alpaca/corporate-actions.md §1). */
export function presentAnnouncement(action: CorporateAction): AnnouncementBody {
  const { type, subType } = action
  if (type === 'name_change' || subType === 'name_change') {
    throw new WireRefused(404, 40410000, 'announcement not found')
  }
  return {
    id: action.id,
    corporate_action_id: action.publicId,
    ca_type: type,
    ca_sub_type: subType,
    initiating_symbol: action.symbol,
    initiating_original_cusip: cusipOf(action.symbol),
    target_symbol: action.targetSymbol,
    target_original_cusip: cusipOf(action.targetSymbol),
    declaration_date: action.declaredOn.toString(),
    ex_date: action.exOn.toString(),
    record_date: action.recordOn.toString(),
    payable_date: action.payableOn.toString(),
    cash: formatPrice(action.cashMicro),
    old_rate: formatPrice(action.oldRateMicro),
    new_rate: formatPrice(action.newRateMicro),
  }
}

type Groups = CorporateActionsBody['corporate_actions']
type KindName = keyof Groups

/** The list of the data host that an action is in. */
const listOf = (action: CorporateAction): KindName => `${kindOf(action)}s`

/** Actions in the lists of the data host; only lists with something in them are there. */
export function presentGroups(actions: readonly CorporateAction[]): Groups {
  const groups: Groups = {}
  for (const [kind, ofKind] of Map.groupBy(actions, listOf)) {
    Object.assign(groups, { [kind]: ofKind.map((action) => present[kind](action)) })
  }
  return groups
}

/** Printed from exact amounts; nothing is computed with them. */
const rateNumber = (micro: bigint) => Number(formatPrice(micro))

const daysOf = ({ exOn, recordOn, payableOn }: CorporateAction) => ({
  process_date: payableOn.toString(),
  ex_date: exOn.toString(),
  record_date: recordOn.toString(),
  payable_date: payableOn.toString(),
})
const nameOf = ({ id, symbol }: CorporateAction) => ({ id, symbol, cusip: cusipOf(symbol) })
const ratesOf = ({ oldRateMicro, newRateMicro }: CorporateAction) => ({
  old_rate: rateNumber(oldRateMicro),
  new_rate: rateNumber(newRateMicro),
})
const mergerOf = ({ id, symbol, targetSymbol, exOn, payableOn }: CorporateAction) => ({
  id,
  acquirer_symbol: targetSymbol,
  acquiree_symbol: symbol,
  acquiree_cusip: cusipOf(symbol),
  process_date: payableOn.toString(),
  effective_date: exOn.toString(),
  payable_date: payableOn.toString(),
})

const present: { [Kind in KindName]-?: (action: CorporateAction) => NonNullable<Groups[Kind]>[number] } = {
  cash_dividends: (action) => ({
    ...nameOf(action),
    ...daysOf(action),
    rate: rateNumber(action.cashMicro),
    special: false,
    foreign: false,
  }),
  forward_splits: (action) => ({ ...nameOf(action), ...daysOf(action), ...ratesOf(action) }),
  reverse_splits: (action) => ({
    id: action.id,
    symbol: action.symbol,
    old_cusip: cusipOf(action.symbol),
    new_cusip: cusipOf(action.symbol),
    ...daysOf(action),
    ...ratesOf(action),
  }),
  spin_offs: (action) => ({
    id: action.id,
    source_symbol: action.symbol,
    source_cusip: cusipOf(action.symbol),
    source_rate: rateNumber(action.oldRateMicro),
    new_symbol: action.targetSymbol,
    new_cusip: cusipOf(action.targetSymbol),
    new_rate: rateNumber(action.newRateMicro),
    ...daysOf(action),
  }),
  cash_mergers: (action) => ({ ...mergerOf(action), rate: rateNumber(action.cashMicro) }),
  stock_mergers: (action) => ({
    ...mergerOf(action),
    acquirer_cusip: cusipOf(action.targetSymbol),
    acquirer_rate: rateNumber(action.newRateMicro),
    acquiree_rate: rateNumber(action.oldRateMicro),
  }),
  name_changes: (action) => ({
    id: action.id,
    old_symbol: action.symbol,
    old_cusip: cusipOf(action.symbol),
    new_symbol: action.targetSymbol,
    new_cusip: cusipOf(action.targetSymbol),
    process_date: action.exOn.toString(),
  }),
}
