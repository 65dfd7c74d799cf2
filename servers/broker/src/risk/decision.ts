import { newId } from '@paddock/kernel'
import type { UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { JsonObject } from '../db/schema.ts'
import { RiskRefused, type RiskRejection } from './risk-rejection.ts'

export type RiskRule =
  | 'balance'
  | 'closed_loop'
  | 'instant_credit'
  | 'limit_account'
  | 'limit_day'
  | 'limit_30_days'
  | 'limit_transfer'
  | 'velocity_banks'
  | 'velocity_returns'
  | 'velocity_transfers'

/** What one rule looked at and said. `note`: it would have said no, were it not configured to let through. */
export type Finding = {
  readonly rule: RiskRule
  readonly answer: 'pass' | 'note' | 'refuse'
  readonly figures: JsonObject
}

export type Decision = {
  readonly id: string
  readonly accountId: AccountId
  readonly subject: 'deposit' | 'withdrawal' | 'bank'
  readonly amountMinor: UsdMinor | undefined
  readonly findings: readonly Finding[]
  readonly at: Temporal.Instant
}

/** One decision while it is made: each rule adds what it found, and the first that says no ends it. */
export class Assessment {
  readonly #about: Omit<Decision, 'id' | 'findings'>
  readonly #findings: Finding[] = []

  constructor(about: Omit<Decision, 'id' | 'findings'>) {
    this.#about = about
  }

  get decision(): Decision {
    return { ...this.#about, id: newId(), findings: [...this.#findings] }
  }

  add(finding: Finding): void {
    this.#findings.push(finding)
  }

  /** Whether a rule had doubts, although it let through. */
  hasNoted(rule: RiskRule): boolean {
    return this.#findings.some((finding) => finding.rule === rule && finding.answer === 'note')
  }

  /** Goes on when `isKept`; otherwise the rule's word and what the caller is told. */
  require(
    isKept: boolean,
    rule: RiskRule,
    figures: JsonObject,
    refusal: { readonly code: RiskRejection; readonly told: Readonly<Record<string, unknown>> },
  ): void {
    this.add({ rule, answer: isKept ? 'pass' : 'refuse', figures })
    if (!isKept) throw new RiskRefused(refusal.code, refusal.told, this.decision)
  }
}
