import { formatUsd, type UsdMinor } from '@paddock/money'
import type { RulesInForce } from './account-rules.ts'
import type { BalanceAnswer } from './ask-balance.ts'
import type { Assessment } from './decision.ts'

/** What follows from the bank's answer: enough passes, too little and no answer are noted or refused as configured. */
export function judgeBalance(
  assessment: Assessment,
  amountMinor: UsdMinor,
  { balanceCheck, balanceUnknown }: RulesInForce,
  balance: BalanceAnswer | undefined,
): void {
  if (balance === undefined) return
  const rule = 'balance'
  const amount = formatUsd(amountMinor)
  if (balance.ending !== 'told') {
    const figures = { amount, available: balance.ending === 'refused' ? balance.reason : 'unknown' }
    if (balanceUnknown === 'let_through') assessment.add({ rule, answer: 'note', figures })
    else assessment.require(false, rule, figures, { code: 'bank_balance_unknown', told: {} })
    return
  }
  const figures = { amount, available: formatUsd(balance.availableMinor) }
  const isEnough = amountMinor <= balance.availableMinor
  if (!isEnough && balanceCheck === 'note') assessment.add({ rule, answer: 'note', figures })
  // The customer knows his balance; whoever took over his account must not learn it here.
  else assessment.require(isEnough, rule, figures, { code: 'bank_balance_too_low', told: {} })
}
