import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import type { JsonObject } from '../db/schema.ts'
import { transact } from '../db/transact.ts'
import { appendAdminEvent } from '../events/append-admin-event.ts'
import { findOwnRules, noOwnRules, type OwnRiskRules, writeOwnRules } from './account-rules.ts'

/** An operator gives an account rules of its own in the place of those it had; the admin stream tells both. */
export async function setOwnRules(
  ctx: BrokerContext,
  accountId: AccountId,
  rules: OwnRiskRules,
): Promise<void> {
  await transact(ctx, async (tx) => {
    await lockAccount(tx, accountId)
    const before = (await findOwnRules(tx, accountId)) ?? noOwnRules
    const now = ctx.clock.now()
    await writeOwnRules(tx, accountId, rules, now)
    await appendAdminEvent(tx, {
      type: 'note_admin_event',
      accountId,
      note: 'risk rules of the account changed',
      context: { from: toldOf(before), to: toldOf(rules) },
      at: now,
    })
  })
}

/** Only what is set; amounts as text. */
const toldOf = (rules: OwnRiskRules): JsonObject =>
  Object.fromEntries(
    Object.entries(rules)
      .filter(([, value]) => value !== undefined)
      .map(([rule, value]) => [rule, typeof value === 'bigint' ? String(value) : value]),
  )
