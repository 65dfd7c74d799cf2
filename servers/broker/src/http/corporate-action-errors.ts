import type { CorporateActionRejection } from '../corporate-actions/corporate-action.ts'
import type { WireError } from './wire-error.ts'

const invalid = (message: string): WireError => ({ status: 422, code: 40010001, message })

/** What corporate actions are refused with (contracts/alpaca/corporate-actions.md). */
export const corporateActionErrors: Record<CorporateActionRejection, WireError> = {
  action_asset_unsuitable: {
    status: 422,
    code: 40010001,
    message: (details) => `${String(details.symbol)} is no share that could have a corporate action`,
  },
  action_dates_out_of_order: invalid(
    'ex_date must be after today and at most 400 days ahead, then record_date, then payable_date; a split is on a trading day',
  ),
  action_not_found: { status: 404, code: 40410000, message: 'announcement not found' },
  action_rates_unsuitable: invalid('cash, old_rate and new_rate do not make such an action'),
  split_taken: invalid('the symbol has a split on that day already'),
}
