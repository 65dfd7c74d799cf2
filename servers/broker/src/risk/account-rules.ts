import { assert } from '@paddock/kernel'
import { parseUsd, type UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { LockedAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import { type RiskRules, riskRules } from './risk-rules.ts'

/** What an operator may set for one account; a day's limit has its home among the account's restrictions. */
export type OwnRiskRules = {
  readonly perTransferMinor: UsdMinor | undefined
  readonly per30DaysMinor: UsdMinor | undefined
  readonly atRiskMinor: UsdMinor | undefined
  readonly instantCreditMinor: UsdMinor | undefined
  readonly holdBankingDays: number | undefined
  readonly transfersPerDay: number | undefined
  readonly banksPerWeek: number | undefined
  readonly returnsIn30Days: number | undefined
  readonly closedLoop: boolean | undefined
}

export const noOwnRules: OwnRiskRules = {
  perTransferMinor: undefined,
  per30DaysMinor: undefined,
  atRiskMinor: undefined,
  instantCreditMinor: undefined,
  holdBankingDays: undefined,
  transfersPerDay: undefined,
  banksPerWeek: undefined,
  returnsIn30Days: undefined,
  closedLoop: undefined,
}

export async function findOwnRules(db: Db, accountId: AccountId): Promise<OwnRiskRules | undefined> {
  const row = await db
    .selectFrom('account_risk_rules')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    perTransferMinor: (row.per_transfer_minor ?? undefined) as UsdMinor | undefined,
    per30DaysMinor: (row.per_30_days_minor ?? undefined) as UsdMinor | undefined,
    atRiskMinor: (row.at_risk_minor ?? undefined) as UsdMinor | undefined,
    instantCreditMinor: (row.instant_credit_minor ?? undefined) as UsdMinor | undefined,
    holdBankingDays: row.hold_banking_days ?? undefined,
    transfersPerDay: row.transfers_per_day ?? undefined,
    banksPerWeek: row.banks_per_week ?? undefined,
    returnsIn30Days: row.returns_in_30_days ?? undefined,
    closedLoop: row.closed_loop ?? undefined,
  }
}

/** Puts these in the place of whatever the account had. */
export async function writeOwnRules(
  tx: Tx,
  accountId: AccountId,
  rules: OwnRiskRules,
  now: Temporal.Instant,
): Promise<void> {
  const columns = {
    per_transfer_minor: rules.perTransferMinor ?? null,
    per_30_days_minor: rules.per30DaysMinor ?? null,
    at_risk_minor: rules.atRiskMinor ?? null,
    instant_credit_minor: rules.instantCreditMinor ?? null,
    hold_banking_days: rules.holdBankingDays ?? null,
    transfers_per_day: rules.transfersPerDay ?? null,
    banks_per_week: rules.banksPerWeek ?? null,
    returns_in_30_days: rules.returnsIn30Days ?? null,
    closed_loop: rules.closedLoop ?? null,
    updated_at: now,
  }
  await tx
    .insertInto('account_risk_rules')
    .values({ account_id: accountId, ...columns })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(columns))
    .execute()
}

/** The rules as they are for one account: the firm's, its tier's, or its own. */
export type RulesInForce = Omit<RiskRules, 'instantCredit'> & {
  readonly instantCreditMinor: (tier: Tier) => UsdMinor
}

/** `proven`: a deposit has stayed so long that its bank could hardly take it back. */
export type Tier = 'new' | 'proven'

export async function readRules(
  { config }: Pick<BrokerContext, 'config'>,
  db: Db,
  account: LockedAccount,
): Promise<RulesInForce> {
  const { instantCredit, ...firms } = riskRules(config)
  const own = await findOwnRules(db, account.id)
  return {
    ...firms,
    perTransferMinor: own?.perTransferMinor ?? firms.perTransferMinor,
    perDayMinor: ownDailyLimit(account) ?? firms.perDayMinor,
    per30DaysMinor: own?.per30DaysMinor ?? firms.per30DaysMinor,
    atRiskMinor: own?.atRiskMinor ?? firms.atRiskMinor,
    holdBankingDays: own?.holdBankingDays ?? firms.holdBankingDays,
    transfersPerDay: own?.transfersPerDay ?? firms.transfersPerDay,
    banksPerWeek: own?.banksPerWeek ?? firms.banksPerWeek,
    returnsIn30Days: own?.returnsIn30Days ?? firms.returnsIn30Days,
    closedLoop: own?.closedLoop ?? firms.closedLoop,
    instantCreditMinor: (tier) =>
      own?.instantCreditMinor ?? (tier === 'proven' ? instantCredit.provenMinor : instantCredit.newMinor),
  }
}

/** The one that the broker has set in the vendor's own way (contracts/alpaca/accounts.md §7). */
function ownDailyLimit({ restrictions }: LockedAccount): UsdMinor | undefined {
  const { acct_daily_transfer_limit: own } = restrictions.adminConfigurations
  if (own === undefined) return undefined
  const limitMinor = parseUsd(String(own))
  assert(limitMinor !== undefined, 'a limit is an amount')
  return limitMinor
}
