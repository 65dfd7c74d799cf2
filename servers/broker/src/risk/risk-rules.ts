import { USUAL_HOLD_BANKING_DAYS } from '@paddock/calendar'
import type { UsdMinor } from '@paddock/money'
import type { BrokerConfig } from '../config.ts'

/** The firm's rules for money that travels by ACH; the one place where they are configured (contracts/nacha/risk.md). */
export type RiskRules = {
  /** The most that one transfer moves. */
  readonly perTransferMinor: UsdMinor
  /** In one direction within a New York day. An account may have its own (contracts/alpaca/accounts.md §7). */
  readonly perDayMinor: UsdMinor
  /** In one direction within thirty days, today included. */
  readonly per30DaysMinor: UsdMinor
  /** Deposits of an account that are on their way or still on hold: what could come back at once. */
  readonly atRiskMinor: UsdMinor
  /** Banking days after settlement before a deposit may leave again. */
  readonly holdBankingDays: number
  /** Whether young deposits leave only to the bank that they came from. */
  readonly closedLoop: boolean
  readonly transfersPerDay: number
  readonly banksPerWeek: number
  /** With so many returned deposits within thirty days no further one is taken. */
  readonly returnsIn30Days: number
  /** Whether the bank is asked what the account holds, and whether too little refuses the deposit or is only noted. */
  readonly balanceCheck: 'off' | 'note' | 'refuse'
  /** What follows when the bank does not tell. */
  readonly balanceUnknown: 'let_through' | 'refuse'
  readonly balanceTimeoutMs: number
  /** Buying power for deposits under way, in all: of a new account, and of one whose first deposit can hardly come back. */
  readonly instantCredit: { readonly newMinor: UsdMinor; readonly provenMinor: UsdMinor }
}

const defaults: RiskRules = {
  perTransferMinor: 250_000_00n as UsdMinor,
  perDayMinor: 50_000_00n as UsdMinor,
  per30DaysMinor: 1_000_000_00n as UsdMinor,
  atRiskMinor: 500_000_00n as UsdMinor,
  holdBankingDays: USUAL_HOLD_BANKING_DAYS,
  closedLoop: false,
  transfersPerDay: 50,
  banksPerWeek: 10,
  returnsIn30Days: 5,
  // The vendor's test customers have less at their banks than one tries out: told, not refused.
  balanceCheck: 'note',
  balanceUnknown: 'let_through',
  balanceTimeoutMs: 3_000,
  instantCredit: { newMinor: 0n as UsdMinor, provenMinor: 0n as UsdMinor },
}

/** What may be configured: whatever is not set is the default. */
export type RiskSettings = { readonly [Rule in keyof RiskRules]?: RiskRules[Rule] | undefined }

export function riskRules({ risk = {} }: Pick<BrokerConfig, 'risk'>): RiskRules {
  const given = Object.fromEntries(Object.entries(risk).filter(([, value]) => value !== undefined))
  return { ...defaults, ...given }
}
