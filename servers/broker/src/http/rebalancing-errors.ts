import type { RebalancingRejection } from '../rebalancing/rebalancing.ts'
import type { WireError } from './wire-error.ts'

const invalid = (message: WireError['message']): WireError => ({ status: 422, code: 40010001, message })
const unprocessable = (message: WireError['message']): WireError => ({ status: 422, code: 42210000, message })
const notFound = (message: string): WireError => ({ status: 404, code: 40410000, message })

/** What rebalancing is refused with (contracts/alpaca/rebalancing.md §5). */
export const rebalancingErrors: Record<RebalancingRejection, WireError> = {
  account_is_rebalanced: unprocessable('account follows a portfolio: manual runs are not allowed'),
  account_not_rebalanceable: { status: 403, code: 40310000, message: 'account is not active' },
  account_subscribed: unprocessable('account is already subscribed to a portfolio'),
  condition_invalid: invalid((details) => `rebalance_conditions: ${String(details.what)}`),
  portfolio_has_subscribers: unprocessable('portfolio has active subscriptions'),
  portfolio_inactive: unprocessable('portfolio is inactive'),
  portfolio_not_found: notFound('portfolio not found'),
  run_active: unprocessable('account has another run that is not finished'),
  run_not_cancelable: unprocessable((details) => `run is not cancelable in status ${String(details.status)}`),
  run_not_found: notFound('run not found'),
  subscription_not_found: notFound('subscription not found'),
  weights_invalid: invalid((details) => `weights: ${String(details.what)}`),
}
