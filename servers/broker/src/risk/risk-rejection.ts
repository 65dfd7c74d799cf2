import { DomainError } from '@paddock/kernel'
import type { Decision } from './decision.ts'

/** Each rule that says no has a word of its own. */
export type RiskRejection =
  | 'account_limit_exceeded'
  | 'bank_balance_too_low'
  | 'bank_balance_unknown'
  | 'closed_loop'
  | 'daily_limit_exceeded'
  | 'rolling_limit_exceeded'
  | 'too_many_banks'
  | 'too_many_returns'
  | 'too_many_transfers'
  | 'transfer_limit_exceeded'

/** A rule says no. It carries the whole decision, which is kept although nothing else is. */
export class RiskRefused extends DomainError<RiskRejection> {
  override readonly name = 'RiskRefused'
  readonly decision: Decision

  constructor(code: RiskRejection, details: Readonly<Record<string, unknown>>, decision: Decision) {
    super(code, details)
    this.decision = decision
  }
}
