import type { LockedAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { readRules } from './account-rules.ts'
import { Assessment, type Decision } from './decision.ts'

const DAYS = 7

/** Whoever links bank after bank is trying out other people's numbers. The account must be locked. */
export async function assessNewBank(
  ctx: BrokerContext,
  tx: Tx,
  account: LockedAccount,
  now: Temporal.Instant,
): Promise<Decision> {
  const { banksPerWeek } = await readRules(ctx, tx, account)
  const { count } = await tx
    .selectFrom('ach_relationships')
    .select((e) => e.fn.countAll<bigint>().as('count'))
    .where('account_id', '=', account.id)
    .where('created_at', '>', now.subtract({ hours: 24 * DAYS }))
    .executeTakeFirstOrThrow()
  const linked = Number(count)
  const assessment = new Assessment({
    accountId: account.id,
    subject: 'bank',
    amountMinor: undefined,
    at: now,
  })
  assessment.require(
    linked < banksPerWeek,
    'velocity_banks',
    { linked, limit: banksPerWeek },
    { code: 'too_many_banks', told: { limit: banksPerWeek } },
  )
  return assessment.decision
}
