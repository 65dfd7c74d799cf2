import { newYorkDate } from '@paddock/calendar'
import { newId } from '@paddock/kernel'
import { post, readBalances } from '@paddock/ledger'
import type { QuantityNano, UsdMinor } from '@paddock/money'
import { scheduleJob } from '@paddock/service'
import { bookActivity } from '../activities/book-activity.ts'
import type { Tx } from '../db/database.ts'
import { type Advance, advance, openMemoBooks, recall, repay } from '../instant-funding/memo-books.ts'
import { cashAccount } from '../ledger-accounts.ts'
import type { Transfer } from '../transfers/transfer.ts'

export const CLAW_BACK = 'claw-back'

type Deposit = Pick<Transfer, 'id' | 'accountId' | 'instantMinor'>

const toAdvance = ({ id, accountId, instantMinor }: Deposit): Advance => ({
  kind: 'instant_credit',
  id,
  accountId,
  sourceAccountId: accountId,
  amountMinor: instantMinor,
})

/**
 * Puts the credit on a deposit into the account's cash, against its memo: it buys like any money, so that no
 * order has to ask for it, and the memo keeps it from being withdrawn. The account must be locked.
 */
export async function giveInstantCredit(tx: Tx, deposit: Deposit, at: Temporal.Instant): Promise<void> {
  if (deposit.instantMinor === 0n) return
  await openMemoBooks(tx, deposit.accountId)
  await post(tx, [advance(toAdvance(deposit), at)])
  await bookLine(tx, deposit, deposit.instantMinor, at)
}

/**
 * The deposit has come, and pays for its credit; or it never will: what is left of the credit is taken, what
 * was spent is owed. Call it when the deposit itself is booked or released.
 */
export async function endInstantCredit(
  tx: Tx,
  deposit: Deposit,
  hasArrived: boolean,
  at: Temporal.Instant,
): Promise<void> {
  const given = toAdvance(deposit)
  if (hasArrived) {
    await post(tx, [repay(given, at)])
    return bookLine(tx, deposit, -deposit.instantMinor, at)
  }
  const cash = cashAccount(deposit.accountId)
  const availableMinor = (await readBalances(tx, [cash])).get(cash)?.available ?? 0n
  const { takenMinor, transfers } = recall(given, availableMinor, at)
  await post(tx, transfers)
  await bookLine(tx, deposit, -takenMinor, at)
  if (takenMinor < deposit.instantMinor) await scheduleClawBack(tx, deposit, at)
}

/** Soon after this commit the orders of an account that owes for this deposit are looked at. */
export async function scheduleClawBack(
  tx: Tx,
  { id, accountId }: Pick<Transfer, 'id' | 'accountId'>,
  at: Temporal.Instant,
): Promise<void> {
  await scheduleJob(tx, { queue: CLAW_BACK, key: id, runAt: at, payload: { accountId } })
}

/** The statement's line of a memo: the vendor's name for money that is not there yet. */
async function bookLine(
  tx: Tx,
  { id, accountId }: Deposit,
  amountMinor: bigint,
  at: Temporal.Instant,
): Promise<void> {
  if (amountMinor === 0n) return
  await bookActivity(tx, {
    accountId,
    id: newId(),
    type: 'MEM',
    at,
    settlesOn: newYorkDate(at),
    symbol: 'INSTANTUSD',
    quantityNano: 0n as QuantityNano,
    netAmountMinor: amountMinor as UsdMinor,
    description: 'instant credit on a deposit',
    details: { instant_credit_on: id },
  })
}
