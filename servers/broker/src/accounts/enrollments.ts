import { newYorkDate, newYorkInstant, nextBankingDay } from '@paddock/calendar'
import { scheduleJob } from '@paddock/service'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { JsonObject } from '../db/schema.ts'
import { transact } from '../db/transact.ts'
import type { Account, AccountId } from './account.ts'
import { getAccount, lockAccount } from './account-store.ts'
import { appendAccountNews } from './restrict-account.ts'
import { isFinal, isOpened } from './status-graph.ts'

export const SETTLE_ENROLLMENTS = 'settle-enrollments'

/** With the first work of the day (contracts/alpaca/accounts.md §1). */
const SETTLED_AT = Temporal.PlainTime.from('02:15')

/** What an account may take part in, and where: interest on its cash, and the lending of its shares. */
const enrollments = [
  ['cash_interest', 'USD'],
  ['fpsl', 'US'],
] as const

type Change = {
  readonly name: (typeof enrollments)[number][0]
  readonly market: string
  /** As it is, in wire form. */
  readonly before: JsonObject
  readonly to: 'ACTIVE' | 'INACTIVE'
}

/** Puts on the agenda what is to become of that which an account wants to take part in, where anything is. */
export async function scheduleEnrollments(
  tx: Tx,
  accountId: AccountId,
  now: Temporal.Instant,
): Promise<void> {
  if (changesOf(await getAccount(tx, accountId)).length === 0) return
  const day = nextBankingDay(newYorkDate(now))
  await scheduleJob(tx, {
    queue: SETTLE_ENROLLMENTS,
    key: `${accountId}:${day}`,
    runAt: newYorkInstant(day, SETTLED_AT),
    payload: { accountId },
  })
}

/** On the next business day what was wanted is in force; of an account that has ended nothing is any more. */
export async function settleEnrollments(
  ctx: BrokerContext,
  { accountId }: { readonly accountId: AccountId },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const locked = await lockAccount(tx, accountId)
    const account = await getAccount(tx, accountId)
    const changes = changesOf(account)
    if (changes.length === 0) return
    const now = ctx.clock.now()
    const after = changes.map(({ name, market, before, to }) => [
      name,
      { [market]: { ...before, status: to } },
    ])
    await tx
      .updateTable('accounts')
      .set({
        application: JSON.stringify({ ...account.parts, ...Object.fromEntries(after) }),
        updated_at: now,
      })
      .where('id', '=', accountId)
      .execute()
    await appendAccountNews(tx, locked, Object.assign({}, ...changes.map(newsOf)), now)
  })
}

/** What is not yet as the account's status wants it. Of an application nothing is decided. */
function changesOf({ status, parts }: Account): Change[] {
  const to = isFinal(status) ? 'INACTIVE' : isOpened(status) ? 'ACTIVE' : undefined
  if (to === undefined) return []
  return enrollments.flatMap(([name, market]) => {
    const before = (parts[name] as Readonly<Record<string, JsonObject>> | undefined)?.[market]
    return before === undefined || before.status === to ? [] : [{ name, market, before, to }]
  })
}

/** In the words of the vendor's account events. Only the status changes. */
function newsOf({ name, market, before, to }: Change): JsonObject {
  const status = { status_from: before.status, status_to: to }
  const { apr_tier_name: apr, tier_id: tier } = before
  return name === 'cash_interest'
    ? { [name]: { currency: market, apr_tier_name_from: apr, apr_tier_name_to: apr, ...status } }
    : { [name]: { [market]: { tier_from: tier, tier_to: tier, ...status } } }
}
