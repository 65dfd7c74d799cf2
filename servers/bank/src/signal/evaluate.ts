import type { BankContext } from '../context.ts'
import type { Account } from '../items/item.ts'
import { isPayable } from '../personas/draft-account.ts'
import { type BankRefusal, BankRefused } from '../refusals.ts'
import { insertEvaluation } from './signal-store.ts'

export interface SignalQuestion {
  clientId: string
  clientTransactionId: string
  amountMinor: bigint
  rulesetKey: string | undefined
}

export interface Evaluation {
  /** 1 to 99, higher is riskier; null where the ruleset looks at balances only. */
  scores: { customer: number; bank: number } | null
  result: 'ACCEPT' | 'REROUTE' | 'REVIEW'
  rulesetKey: string
  note: string | null
}

/** One that looks at balances only. Any other key that is not refused is taken as a full ruleset. */
const BALANCE_ONLY = 'balance-only'

/** Keys for trying out what the vendor refuses to clients whose contract or dashboard lacks something. */
const refusedKeys: ReadonlyMap<string, BankRefusal> = new Map([
  ['ruleset-not-found', 'signal_ruleset_unknown'],
  ['addendum-not-signed', 'signal_addendum_unsigned'],
  ['scores-not-enabled', 'signal_scores_not_enabled'],
])

/** Says how likely a debit of this amount is to come back (contracts/plaid/signal.md). */
export async function evaluate(
  ctx: BankContext,
  account: Account,
  { clientId, clientTransactionId, amountMinor, rulesetKey = 'default' }: SignalQuestion,
): Promise<Evaluation> {
  assertPayable(account)
  const refusal = refusedKeys.get(rulesetKey)
  if (refusal !== undefined) throw new BankRefused(refusal)
  const isNew = await insertEvaluation(ctx.db, {
    clientId,
    clientTransactionId,
    itemId: account.itemId,
    accountId: account.id,
    amountMinor,
    evaluatedAt: ctx.clock.now(),
  })
  if (!isNew) throw new BankRefused('signal_transaction_taken')
  const availableMinor = availableIn(account)
  const scores = scoresOf(amountMinor, availableMinor)
  return {
    scores: rulesetKey === BALANCE_ONLY ? null : scores,
    rulesetKey,
    ...judge(amountMinor, availableMinor),
  }
}

/** Debits are of accounts that can be paid. */
export function assertPayable(account: Account): void {
  if (!isPayable(account)) throw new BankRefused('products_not_supported', { products: ['signal'] })
}

export const availableIn = ({ availableMinor, currentMinor }: Account): bigint =>
  availableMinor ?? currentMinor ?? 0n

/** The share of the money that the debit takes decides what the bank would do; the amount, what the customer would. */
function scoresOf(amountMinor: bigint, availableMinor: bigint) {
  const share = availableMinor <= 0n ? 100n : (amountMinor * 60n) / availableMinor
  const thousands = amountMinor / 1000_00n
  return { bank: clamp(1n + share), customer: clamp(5n + thousands * 3n) }
}

export function judge(amountMinor: bigint, availableMinor: bigint): Pick<Evaluation, 'result' | 'note'> {
  if (amountMinor > availableMinor) return { result: 'REROUTE', note: 'the amount is more than is available' }
  if (amountMinor * 10n > availableMinor * 9n) {
    return { result: 'REVIEW', note: 'the amount is nearly all that is available' }
  }
  return { result: 'ACCEPT', note: null }
}

const clamp = (score: bigint) => Number(score < 1n ? 1n : score > 99n ? 99n : score)
