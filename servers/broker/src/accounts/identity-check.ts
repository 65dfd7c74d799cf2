import { randomBytes } from 'node:crypto'
import { newId } from '@paddock/kernel'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import { type AccountId, AccountRejected, type AccountStatus } from './account.ts'
import { getAccount, lockAccount } from './account-store.ts'
import { changeStatus, scheduleSteps } from './change-status.ts'
import { beginReview } from './review-account.ts'
import { statusPath } from './status-path.ts'

export type CheckOutcome = 'NOT_STARTED' | 'USER_EXITED' | 'SDK_ERROR' | 'USER_COMPLETED'

/** Accounts that wait for their holder to show who he is. */
const waiting: readonly AccountStatus[] = ['ONBOARDING', 'ACTION_REQUIRED']

/** A token with which the vendor's window may check one holder. Only its hash is kept. */
export async function startIdentityCheck(ctx: BrokerContext, accountId: AccountId): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await transact(ctx, async (tx) => {
    const { status } = await lockAccount(tx, accountId)
    if (!waiting.includes(status)) throw new AccountRejected('identity_check_not_open', { status })
    const now = ctx.clock.now()
    await tx
      .insertInto('identity_checks')
      .values({
        account_id: accountId,
        id: newId(),
        token_hash: ctx.cipher.blindIndex(token),
        outcome: 'NOT_STARTED',
        created_at: now,
        updated_at: now,
      })
      .execute()
  })
  return token
}

/** Writes down how the window was left. A completed check sends the application on its way, once. */
export async function endIdentityCheck(
  ctx: BrokerContext,
  accountId: AccountId,
  { token, outcome, reason }: { token: string; outcome: CheckOutcome; reason: string | undefined },
): Promise<AccountStatus> {
  return transact(ctx, async (tx) => {
    const account = await lockAccount(tx, accountId)
    const now = ctx.clock.now()
    const { numUpdatedRows } = await tx
      .updateTable('identity_checks')
      .set({ outcome, reason: reason ?? null, updated_at: now })
      .where('account_id', '=', accountId)
      .where('token_hash', '=', ctx.cipher.blindIndex(token))
      // A check that was completed stays completed.
      .where((where) => where.or([where('outcome', '<>', 'USER_COMPLETED'), where('outcome', '=', outcome)]))
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new AccountRejected('sdk_token_invalid')
    if (outcome !== 'USER_COMPLETED') return account.status
    if (account.status === 'ONBOARDING') {
      await changeStatus(tx, account, { side: 'status', to: 'SUBMITTED' }, now)
      const path = statusPath(await getAccount(tx, accountId))
      await scheduleSteps(tx, { accountId, side: 'status', from: 'SUBMITTED', path }, now)
      return 'SUBMITTED'
    }
    await beginReview(tx, account, [], now)
    return account.status === 'ACTION_REQUIRED' ? 'APPROVAL_PENDING' : account.status
  })
}
