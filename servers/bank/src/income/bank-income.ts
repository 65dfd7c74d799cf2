import { newYorkDate } from '@paddock/calendar'
import type { BankContext } from '../context.ts'
import { listAccounts } from '../items/account-store.ts'
import type { Account, Item } from '../items/item.ts'
import { findOrigin, listItemsOfUser } from '../items/item-origin.ts'
import { listPosted } from '../transactions/posted.ts'
import type { User } from '../users/user.ts'
import { findIncome, type IncomeSource } from './income.ts'

export const INCOME_PRODUCT = 'income_verification'
const USUAL_DAYS = 365

/** What one linking told of a person's income. */
export interface BankIncome {
  item: Item
  accounts: readonly Account[]
  sources: readonly IncomeSource[]
  daysRequested: number
  from: Temporal.PlainDate
  to: Temporal.PlainDate
  at: Temporal.Instant
}

/** The income of a user, one report for each item that shares it, the newest first; as it is now. */
export async function listBankIncome(ctx: BankContext, user: User, count: number): Promise<BankIncome[]> {
  const items = (await listItemsOfUser(ctx.db, user)).filter(({ products }) =>
    products.includes(INCOME_PRODUCT),
  )
  return Promise.all(
    items
      .reverse()
      .slice(0, count)
      .map((item) => incomeOf(ctx, item)),
  )
}

async function incomeOf(ctx: BankContext, item: Item): Promise<BankIncome> {
  const at = ctx.clock.now()
  const to = newYorkDate(at)
  const daysRequested = (await findOrigin(ctx, ctx.db, item)).incomeDays ?? USUAL_DAYS
  const from = to.subtract({ days: daysRequested })
  const all = await listAccounts(ctx, ctx.db, item)
  const accounts = all.filter(({ type }) => type === 'depository')
  const transactions = await ctx.db.transaction().execute((tx) => listPosted(ctx, tx, accounts, { from, to }))
  return { item, accounts, sources: findIncome(transactions, to), daysRequested, from, to, at }
}
