import { newId } from '@paddock/kernel'
import type { UsdMinor } from '@paddock/money'
import { scheduleJob } from '@paddock/service'
import type { AccountId } from '../accounts/account.ts'
import type { BrokerContext } from '../context.ts'
import type { Db } from '../db/database.ts'
import type { JsonObject } from '../db/schema.ts'
import { transact } from '../db/transact.ts'
import { findAnswer, keepAnswer } from '../idempotency/idempotent-answer.ts'
import { batchDates } from './batch-dates.ts'
import { EXECUTE_INSTANT_FUNDING, type ExecuteJob } from './execute-instant-funding.ts'
import { type InstantFunding, type InstantFundingId, InstantFundingRejected } from './instant-funding.ts'
import { insertInstantFunding } from './instant-funding-store.ts'
import { refuseOverLimits } from './limits.ts'
import { lockInOrder } from './lock-accounts.ts'

export type InstantFundingRequest = {
  readonly accountNumber: string
  readonly sourceAccountNumber: string
  readonly amountMinor: UsdMinor
  readonly idempotencyKey: string | undefined
}

const EXECUTES_AFTER_SECONDS = 1

/**
 * Takes a request for an advance: PENDING, and executed a moment later. Or refuses it and changes nothing.
 * `present` makes the answer that a repetition of the same key will get again.
 */
export async function requestInstantFunding(
  ctx: BrokerContext,
  request: InstantFundingRequest,
  present: (funding: InstantFunding) => JsonObject,
): Promise<JsonObject> {
  const { accountNumber, sourceAccountNumber, amountMinor, idempotencyKey: key } = request
  const content = [accountNumber, sourceAccountNumber, String(amountMinor)]
  const named = key === undefined ? undefined : { scope: 'instant_funding', key, content }
  return transact(ctx, async (tx) => {
    const before = named === undefined ? undefined : await findAnswer(tx, named)
    if (before !== undefined) return before

    const account = await findByNumber(tx, accountNumber)
    if (account === undefined || account.isFirm) throw new InstantFundingRejected('instant_account_invalid')
    const source = await findByNumber(tx, sourceAccountNumber)
    if (source?.isFirm !== true) throw new InstantFundingRejected('instant_source_invalid')
    const locked = await lockInOrder(tx, [account.id, source.id])
    if (locked.get(account.id)?.status !== 'ACTIVE')
      throw new InstantFundingRejected('instant_account_invalid')
    await refuseOverLimits(tx, account.id, amountMinor)

    const now = ctx.clock.now()
    const funding: InstantFunding = {
      id: newId() as InstantFundingId,
      accountId: account.id,
      accountNumber,
      sourceAccountId: source.id,
      sourceAccountNumber,
      amountMinor,
      status: 'PENDING',
      ...batchDates(now),
      interests: [],
      createdAt: now,
    }
    await insertInstantFunding(tx, funding)
    const payload: ExecuteJob = { id: funding.id, accountId: account.id }
    const runAt = now.add({ seconds: EXECUTES_AFTER_SECONDS })
    await scheduleJob(tx, { queue: EXECUTE_INSTANT_FUNDING, key: funding.id, runAt, payload })
    const answer = present(funding)
    if (named !== undefined) await keepAnswer(tx, named, answer, now)
    return answer
  })
}

async function findByNumber(db: Db, number: string): Promise<{ id: AccountId; isFirm: boolean } | undefined> {
  const row = await db
    .selectFrom('accounts')
    .select(['id', 'account_type'])
    .where('account_number', '=', number)
    .executeTakeFirst()
  return row === undefined ? undefined : { id: row.id as AccountId, isFirm: row.account_type === 'firm' }
}
