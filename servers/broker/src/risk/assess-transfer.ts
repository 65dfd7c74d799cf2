import { newYorkDate } from '@paddock/calendar'
import { formatUsd, type UsdMinor } from '@paddock/money'
import type { LockedAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { TransferRequest } from '../transfers/request-transfer.ts'
import { type RulesInForce, readRules } from './account-rules.ts'
import type { BalanceAnswer } from './ask-balance.ts'
import { requireClosedLoop } from './closed-loop.ts'
import { Assessment, type Decision } from './decision.ts'
import { judgeBalance } from './judge-balance.ts'
import { readTransferFacts, type TransferFacts } from './transfer-facts.ts'

/** What was decided, and what the transfer gets with it. */
export type TransferTerms = {
  readonly decision: Decision
  /** Buying power before the money arrives. */
  readonly instantMinor: UsdMinor
  readonly holdBankingDays: number
}

const none = 0n as UsdMinor

/** Every rule about a transfer, in order; the first that says no ends it. The account must be locked. */
export async function assessTransfer(
  ctx: BrokerContext,
  tx: Tx,
  account: LockedAccount,
  request: TransferRequest,
  balance: BalanceAnswer | undefined,
): Promise<TransferTerms> {
  const now = ctx.clock.now()
  const { direction, amountMinor, counterpart } = request
  const isDeposit = direction === 'INCOMING'
  const assessment = new Assessment({
    accountId: account.id,
    subject: isDeposit ? 'deposit' : 'withdrawal',
    amountMinor,
    at: now,
  })
  const rules = await readRules(ctx, tx, account)
  let instantMinor = none
  if (counterpart.type === 'ach') {
    const facts = await readTransferFacts(tx, account.id, direction, { today: newYorkDate(now), now })
    requireLimits(assessment, request, rules, facts)
    requireVelocity(assessment, request, rules, facts)
    if (isDeposit) {
      judgeBalance(assessment, amountMinor, rules, balance)
      instantMinor = isOptedOut(account) ? none : creditFor(assessment, amountMinor, rules, facts)
    }
  }
  if (!isDeposit && rules.closedLoop) await requireClosedLoop(ctx, tx, assessment, request)
  return { decision: assessment.decision, instantMinor, holdBankingDays: rules.holdBankingDays }
}

function requireLimits(
  assessment: Assessment,
  { direction, amountMinor }: TransferRequest,
  rules: RulesInForce,
  facts: TransferFacts,
): void {
  const amount = formatUsd(amountMinor)
  assessment.require(
    amountMinor <= rules.perTransferMinor,
    'limit_transfer',
    { amount, limit: formatUsd(rules.perTransferMinor) },
    { code: 'transfer_limit_exceeded', told: { limit: formatUsd(rules.perTransferMinor) } },
  )
  const within = (
    rule: 'limit_day' | 'limit_30_days' | 'limit_account',
    code: 'daily_limit_exceeded' | 'rolling_limit_exceeded' | 'account_limit_exceeded',
    limitMinor: UsdMinor,
    usedMinor: UsdMinor,
  ) => {
    const limit = formatUsd(limitMinor)
    // A limit that was lowered may be below what has gone already.
    const remaining = formatUsd(limitMinor > usedMinor ? limitMinor - usedMinor : none)
    const figures = { amount, limit, used: formatUsd(usedMinor) }
    const told = { limit, remaining }
    assessment.require(amountMinor + usedMinor <= limitMinor, rule, figures, { code, told })
  }
  within('limit_day', 'daily_limit_exceeded', rules.perDayMinor, facts.dayMinor)
  within('limit_30_days', 'rolling_limit_exceeded', rules.per30DaysMinor, facts.monthMinor)
  if (direction === 'INCOMING') {
    within('limit_account', 'account_limit_exceeded', rules.atRiskMinor, facts.atRiskMinor)
  }
}

function requireVelocity(
  assessment: Assessment,
  { direction }: TransferRequest,
  rules: RulesInForce,
  facts: TransferFacts,
): void {
  const { transfersPerDay, returnsIn30Days } = rules
  assessment.require(
    facts.transfersToday < transfersPerDay,
    'velocity_transfers',
    { today: facts.transfersToday, limit: transfersPerDay },
    { code: 'too_many_transfers', told: { limit: transfersPerDay } },
  )
  // Whoever sent back too much may still take his own money out.
  if (direction === 'OUTGOING') return
  assessment.require(
    facts.returnsIn30Days < returnsIn30Days,
    'velocity_returns',
    { returns: facts.returnsIn30Days, limit: returnsIn30Days },
    { code: 'too_many_returns', told: { returns: facts.returnsIn30Days } },
  )
}

/** The vendor's own switch for it (contracts/alpaca/accounts.md §7). */
const isOptedOut = ({ restrictions }: LockedAccount) =>
  restrictions.adminConfigurations.allow_instant_ach === false

/** As much of the deposit as the account's tier has left, nothing after a return that cost trust. */
function creditFor(
  assessment: Assessment,
  amountMinor: UsdMinor,
  rules: RulesInForce,
  facts: TransferFacts,
): UsdMinor {
  const tier = facts.isProven ? 'proven' : 'new'
  const limitMinor = rules.instantCreditMinor(tier)
  if (limitMinor === 0n) return none
  const leftMinor = limitMinor > facts.creditMinor ? limitMinor - facts.creditMinor : 0n
  const isDoubtful = facts.hasSpoiledCredit || assessment.hasNoted('balance')
  const givenMinor = isDoubtful ? 0n : amountMinor < leftMinor ? amountMinor : leftMinor
  assessment.add({
    rule: 'instant_credit',
    answer: givenMinor > 0n ? 'pass' : 'note',
    figures: {
      tier,
      limit: formatUsd(limitMinor),
      in_use: formatUsd(facts.creditMinor),
      returned_before: facts.hasSpoiledCredit,
      given: formatUsd(givenMinor),
    },
  })
  return givenMinor as UsdMinor
}
