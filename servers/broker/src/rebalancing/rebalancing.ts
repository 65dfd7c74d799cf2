import { DomainError } from '@paddock/kernel'

export type RebalancingRejection =
  | 'account_is_rebalanced'
  | 'account_not_rebalanceable'
  | 'account_subscribed'
  | 'condition_invalid'
  | 'portfolio_has_subscribers'
  | 'portfolio_inactive'
  | 'portfolio_not_found'
  | 'run_active'
  | 'run_not_cancelable'
  | 'run_not_found'
  | 'subscription_not_found'
  | 'weights_invalid'

export class RebalancingRejected extends DomainError<RebalancingRejection> {
  override readonly name = 'RebalancingRejected'
}
