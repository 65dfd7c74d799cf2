import { post, readBalances, type Transfer } from '@paddock/ledger'
import type { UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { lockAccounts } from '../accounts/account-store.ts'
import { eventOf, insertActivities, type NewActivity } from '../activities/book-activity.ts'
import { nameBasedId } from '../assets/asset-id.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { appendEvents } from '../events/append-event.ts'
import type { DailyJob } from '../jobs/daily-jobs.ts'
import { cashAccount, FIRM_FEES } from '../ledger-accounts.ts'
import { FEES_BOOKED_AT, type FeeDay, type FeeType, feesOfDay, sumOfDay } from './fee-day.ts'
import { findAccountsOwingFees, markBooked, readOpenFeeDays } from './fee-store.ts'

const ACCOUNTS_AT_ONCE = 200

/** Books what the accounts owe for a day and for earlier days that they could not pay. */
async function bookFees(ctx: BrokerContext, day: Temporal.PlainDate): Promise<void> {
  let last: AccountId | undefined
  do {
    const accountIds = await findAccountsOwingFees(ctx.db, day, last, ACCOUNTS_AT_ONCE)
    if (accountIds.length > 0) await transact(ctx, (tx) => bookFeesOf(ctx, tx, accountIds, day))
    last = accountIds.length < ACCOUNTS_AT_ONCE ? undefined : accountIds.at(-1)
  } while (last !== undefined)
}

async function bookFeesOf(
  ctx: BrokerContext,
  tx: Tx,
  accountIds: readonly AccountId[],
  lastDay: Temporal.PlainDate,
): Promise<void> {
  await lockAccounts(tx, accountIds)
  const open = (await readOpenFeeDays(tx, accountIds)).filter(
    ({ day }) => Temporal.PlainDate.compare(day, lastDay) <= 0,
  )
  const days = await payable(tx, accountIds, open)
  const at = ctx.clock.now()
  const charges = days.flatMap(chargesOf)
  const lines = charges.map((charge) => lineOf(charge, at))
  await insertActivities(tx, lines)
  await appendEvents(tx, lines.map(eventOf))
  await post(
    tx,
    charges.map((charge) => transferOf(charge, at)),
  )
  await markBooked(tx, days, at)
}

/** A day is paid whole or waits: nobody's cash goes below zero for a cent of fees. */
async function payable(tx: Tx, accountIds: readonly AccountId[], days: readonly FeeDay[]): Promise<FeeDay[]> {
  const balances = await readBalances(tx, accountIds.map(cashAccount))
  const free = new Map(accountIds.map((id) => [id, balances.get(cashAccount(id))?.available ?? 0n]))
  return days.filter((day) => {
    const left = (free.get(day.accountId) ?? 0n) - sumOfDay(day)
    if (left < 0n) return false
    free.set(day.accountId, left)
    return true
  })
}

type Charge = {
  readonly accountId: AccountId
  readonly day: Temporal.PlainDate
  readonly type: FeeType
  readonly amountMinor: UsdMinor
}

function chargesOf(feeDay: FeeDay): Charge[] {
  const { accountId, day } = feeDay
  return Object.entries(feesOfDay(feeDay))
    .map(([type, amountMinor]) => ({ accountId, day, type: type as FeeType, amountMinor }))
    .filter(({ amountMinor }) => amountMinor > 0n)
}

const names: Record<FeeType, string> = {
  REG: 'SEC fee on the sales',
  TAF: 'FINRA trading activity fee on the sales',
  CAT: 'consolidated audit trail fee on the trades',
  CFEE: 'fee on the trades in coins',
}

function lineOf({ accountId, day, type, amountMinor }: Charge, at: Temporal.Instant): NewActivity {
  return {
    accountId,
    id: nameBasedId(`fees|${accountId}|${day}|${type}`),
    ...(type === 'CFEE' ? { type } : { type: 'FEE', subType: type }),
    at,
    settlesOn: day,
    netAmountMinor: -amountMinor as UsdMinor,
    description: `${names[type]} of ${day}`,
  }
}

function transferOf({ accountId, day, type, amountMinor }: Charge, at: Temporal.Instant): Transfer {
  const id = `${accountId}:${day}`
  return {
    type: 'post',
    id: `fees:${id}:${type}`,
    from: cashAccount(accountId),
    to: FIRM_FEES,
    amount: amountMinor,
    cause: { kind: 'fees', id, step: type },
    at,
  }
}

export const bookFeesDaily: DailyJob = { queue: 'book-fees', time: FEES_BOOKED_AT, run: bookFees }
