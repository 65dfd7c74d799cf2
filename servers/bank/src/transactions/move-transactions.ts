import { newYorkDate } from '@paddock/calendar'
import type { BookedAccount } from '../bank-accounts/bank-account.ts'
import { listAccountsOfLogin } from '../bank-accounts/bank-account-store.ts'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { findLoginOf, type Life } from '../living/life-store.ts'
import { liveUpToNow } from '../living/live.ts'
import { stir, type Written, writeDown } from '../living/stir.ts'
import { BankRefused } from '../refusals.ts'
import { announceChanges } from './announce.ts'
import { hasTransactions } from './feed-item.ts'
import { feedSubject, type Subject } from './read-transactions.ts'

const DYNAMIC = 'dynamic'
/** A developer may write into the last two weeks. */
const WRITABLE_DAYS = 14

/** Looks at the bank now. The dynamic user's transactions move by it; everybody's are brought up to date. */
export async function refreshTransactions(ctx: BankContext, subject: Subject): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    // What was there before is no news.
    await feedSubject(ctx, tx, subject)
    const { life, accounts } = await openLife(ctx, tx, subject)
    if (life.script === DYNAMIC) await stir(tx, life, accounts, ctx.clock.now())
    await feedAndAnnounce(ctx, tx, subject)
  })
  ctx.agenda.wake()
}

/** Adds what a developer wrote down to the dynamic user's account; the books move at once. */
export async function createTransactions(
  ctx: BankContext,
  subject: Subject,
  written: readonly Written[],
): Promise<void> {
  const today = newYorkDate(ctx.clock.now())
  const first = today.subtract({ days: WRITABLE_DAYS })
  const isWritable = (day: Temporal.PlainDate) =>
    Temporal.PlainDate.compare(day, first) >= 0 && Temporal.PlainDate.compare(day, today) <= 0
  const areRight = written.every(
    ({ authorizedOn, postedOn }) =>
      isWritable(authorizedOn) &&
      isWritable(postedOn) &&
      Temporal.PlainDate.compare(authorizedOn, postedOn) <= 0,
  )
  if (!areRight) throw new BankRefused('transaction_dates_wrong')
  await ctx.db.transaction().execute(async (tx) => {
    const { life, accounts } = await openLife(ctx, tx, subject)
    if (life.script !== DYNAMIC) throw new BankRefused('user_not_dynamic')
    await feedSubject(ctx, tx, subject)
    await writeDown(tx, life, accounts, written, ctx.clock.now())
    await feedAndAnnounce(ctx, tx, subject)
  })
  ctx.agenda.wake()
}

async function openLife(
  ctx: BankContext,
  tx: Tx,
  { accounts }: Subject,
): Promise<{ life: Life; accounts: BookedAccount[] }> {
  const first = accounts.find(hasTransactions)
  const login = first === undefined ? undefined : await findLoginOf(tx, first.bankAccountId)
  if (login === undefined) throw new BankRefused('products_not_supported', { products: ['transactions'] })
  const life = await liveUpToNow(ctx, tx, login)
  return { life, accounts: await listAccountsOfLogin(tx, login.institutionId, login.loginKey) }
}

/** Brings the item up to date and tells its client by webhook what changed by that. */
async function feedAndAnnounce(ctx: BankContext, tx: Tx, subject: Subject): Promise<void> {
  await announceChanges(ctx, tx, subject.item, await feedSubject(ctx, tx, subject))
}
