import { newYorkDate } from '@paddock/calendar'
import { newId } from '@paddock/kernel'
import type { QuantityNano, UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { bookActivity, type NewActivity } from '../activities/book-activity.ts'
import type { Tx } from '../db/database.ts'
import type { InstantFunding } from './instant-funding.ts'

/** The vendor's name for money that is a memo only. Nobody holds any of it: the amount is in the cash. */
const MEMO = { symbol: 'INSTANTUSD', quantityNano: 0n as QuantityNano }

/** The advance came into what the account can buy with. Its line has the funding's own id. */
export async function bookAdvance(tx: Tx, funding: InstantFunding, at: Temporal.Instant): Promise<void> {
  await bookActivity(tx, {
    ...MEMO,
    ...lineOf(funding.accountId, at),
    id: funding.id,
    type: 'MEM',
    settlesOn: funding.deadline,
    netAmountMinor: funding.amountMinor,
    details: { instant_funding_id: funding.id },
  })
}

/** The advance, or what is left of it, goes again. */
export async function bookMemoEnd(
  tx: Tx,
  funding: InstantFunding,
  amountMinor: UsdMinor,
  at: Temporal.Instant,
): Promise<void> {
  if (amountMinor === 0n) return
  await bookActivity(tx, {
    ...MEMO,
    ...lineOf(funding.accountId, at),
    type: 'MEM',
    netAmountMinor: -amountMinor as UsdMinor,
    previousId: funding.id,
    details: { instant_funding_id: funding.id },
  })
}

/** What an account owed for an advance that was called off, or a deposit that was returned, has been taken from it. */
export async function bookCollection(
  tx: Tx,
  accountId: AccountId,
  amountMinor: UsdMinor,
  at: Temporal.Instant,
): Promise<void> {
  await bookActivity(tx, {
    ...MEMO,
    ...lineOf(accountId, at),
    type: 'MEM',
    netAmountMinor: -amountMinor as UsdMinor,
    description: 'owed from before',
  })
}

/** The money has come: a deposit takes the memo's place. */
export async function bookArrival(tx: Tx, funding: InstantFunding, at: Temporal.Instant): Promise<void> {
  await bookMemoEnd(tx, funding, funding.amountMinor, at)
  await bookActivity(tx, {
    ...lineOf(funding.accountId, at),
    type: 'CSD',
    netAmountMinor: funding.amountMinor,
    description: 'instant funding',
    details: { instant_funding_id: funding.id },
  })
}

/** What the firm pays: the advances themselves, or interest on them. Nothing is no line. */
export async function bookFirmPayment(
  tx: Tx,
  firmId: AccountId,
  line: Pick<NewActivity, 'type' | 'description' | 'details'> & { amountMinor: bigint },
  at: Temporal.Instant,
): Promise<void> {
  const { amountMinor, ...rest } = line
  if (amountMinor === 0n) return
  await bookActivity(tx, { ...lineOf(firmId, at), ...rest, netAmountMinor: -amountMinor as UsdMinor })
}

const lineOf = (accountId: AccountId, at: Temporal.Instant) => ({
  accountId,
  id: newId(),
  at,
  settlesOn: newYorkDate(at),
})
