import { newYorkDate } from '@paddock/calendar'
import { assert } from '@paddock/kernel'
import { readBalances } from '@paddock/ledger'
import type { UsdMinor } from '@paddock/money'
import type { BrokerContext } from '../context.ts'
import type { Db } from '../db/database.ts'
import { readFeesOwed } from '../fees/accrued-fees.ts'
import { readAdvances } from '../instant-funding/memo-books.ts'
import { cashAccount } from '../ledger-accounts.ts'
import { sumFunding } from '../transfers/transfer-store.ts'
import type { AccountId } from './account.ts'

export type CashFigures = {
  /** Posted in the ledger, unsettled sale proceeds included; less what was advanced, so it may be below zero. */
  readonly cashMinor: UsdMinor
  /** What may buy now: cash and advances less what open orders and withdrawals have set aside. */
  readonly buyingPowerMinor: UsdMinor
  /** What may buy now and needs no sale to settle first. */
  readonly settledMinor: UsdMinor
  /** What may leave now: buying power less deposits that may still come back and sales that have not settled. */
  readonly withdrawableMinor: UsdMinor
  readonly pendingInMinor: UsdMinor
  readonly pendingOutMinor: UsdMinor
  /** Advanced by instant funding and not yet paid for (contracts/alpaca/instant-funding.md §3). */
  readonly memoMinor: UsdMinor
  /** Regulatory fees that are booked in the evening: they may neither buy nor leave any more. */
  readonly feesOwedMinor: UsdMinor
  readonly regAndTafOwedMinor: UsdMinor
}

/** The cash side of an account at this moment. Under the account's lock it stays true until the commit. */
export async function readCashFigures(
  { holdings, clock }: Pick<BrokerContext, 'holdings' | 'clock'>,
  db: Db,
  accountId: AccountId,
): Promise<CashFigures> {
  const now = clock.now()
  const id = cashAccount(accountId)
  const balance = (await readBalances(db, [id])).get(id)
  assert(balance !== undefined, 'every account has a cash account')
  const funding = await sumFunding(db, accountId, newYorkDate(now))
  const unsettledMinor = await holdings.unsettledProceedsMinor(db, accountId, now)
  const { memoMinor, debitMinor } = await readAdvances(db, accountId)
  const advancedMinor = memoMinor + debitMinor
  const fees = await readFeesOwed(db, accountId)
  const settledMinor = balance.available - unsettledMinor - advancedMinor - fees.totalMinor
  return {
    cashMinor: (balance.posted - advancedMinor) as UsdMinor,
    buyingPowerMinor: atLeastZero(balance.available - debitMinor - fees.totalMinor),
    settledMinor: atLeastZero(settledMinor),
    withdrawableMinor: atLeastZero(settledMinor - funding.heldDepositsMinor),
    pendingInMinor: funding.pendingInMinor,
    pendingOutMinor: funding.pendingOutMinor,
    memoMinor,
    feesOwedMinor: fees.totalMinor,
    regAndTafOwedMinor: fees.regAndTafMinor,
  }
}

const atLeastZero = (minor: bigint) => (minor > 0n ? minor : 0n) as UsdMinor
