import type { CorporateAction } from './corporate-action.ts'

/** What the vendor's data host calls the actions that ours can be. */
export type ActionKind =
  | 'cash_dividend'
  | 'forward_split'
  | 'reverse_split'
  | 'spin_off'
  | 'cash_merger'
  | 'stock_merger'
  | 'name_change'

export function kindOf({ type, subType, cashMicro }: CorporateAction): ActionKind {
  if (type === 'dividend') return 'cash_dividend'
  if (type === 'split') return subType === 'stock_split' ? 'forward_split' : 'reverse_split'
  if (type === 'merger') return cashMicro > 0n ? 'cash_merger' : 'stock_merger'
  return type === 'spinoff' ? 'spin_off' : 'name_change'
}
