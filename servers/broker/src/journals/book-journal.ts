import { newYorkDate } from '@paddock/calendar'
import { assert, newId } from '@paddock/kernel'
import type { QuantityNano, UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { bookActivity, type NewActivity } from '../activities/book-activity.ts'
import type { Tx } from '../db/database.ts'
import type { Journal } from './journal.ts'

export type Lines = { readonly from_activity_id: string; readonly to_activity_id: string }

/** The two lines of the statements: what one account gave and the other got. */
export async function bookJournal(tx: Tx, journal: Journal, at: Temporal.Instant): Promise<Lines> {
  return bookBoth(tx, journal, { at, sign: 1n, description: journal.description })
}

/** The two lines of a journal that takes the place of another. */
export async function bookCorrection(
  tx: Tx,
  journal: Journal,
  corrected: Journal,
  at: Temporal.Instant,
): Promise<Lines> {
  const { description } = journal
  return bookBoth(tx, journal, { at, sign: 1n, description, status: 'correct', previous: corrected })
}

/** The two lines that take back what a journal had moved. */
export async function bookUndoing(
  tx: Tx,
  journal: Journal,
  description: string,
  at: Temporal.Instant,
): Promise<void> {
  await bookBoth(tx, journal, { at, sign: -1n, description, status: 'canceled', previous: journal })
}

type Booking = {
  readonly at: Temporal.Instant
  /** As asked for, or the other way round. */
  readonly sign: 1n | -1n
  readonly description: string
  readonly status?: 'correct' | 'canceled'
  readonly previous?: Journal
}

async function bookBoth(tx: Tx, journal: Journal, booking: Booking): Promise<Lines> {
  const { at, sign, status, previous, description } = booking
  const line = (accountId: AccountId, side: bigint, previousId: string | undefined): NewActivity => ({
    accountId,
    id: newId(),
    type: journal.moved.entryType,
    at,
    settlesOn: newYorkDate(at),
    description,
    previousId,
    details: detailsOf(journal, at),
    ...(status === undefined ? {} : { status }),
    ...signed(journal, side * sign),
  })
  assert(previous === undefined || previous.fromActivityId !== undefined, 'what is undone was booked')
  const given = line(journal.from, -1n, previous?.fromActivityId)
  const got = line(journal.to, 1n, previous?.toActivityId)
  await bookActivity(tx, given)
  await bookActivity(tx, got)
  return { from_activity_id: given.id, to_activity_id: got.id }
}

function signed({ moved }: Journal, sign: bigint) {
  if (moved.entryType === 'JNLC') return { netAmountMinor: (sign * moved.amountMinor) as UsdMinor }
  const { symbol, quantityNano, priceMicro } = moved
  return {
    netAmountMinor: 0n as UsdMinor,
    symbol,
    quantityNano: (sign * quantityNano) as QuantityNano,
    priceMicro,
  }
}

const detailsOf = ({ id, moved }: Journal, at: Temporal.Instant) => ({
  journal_id: id,
  system_date: newYorkDate(at).toString(),
  ...(moved.entryType === 'JNLS' ? { symbol: moved.symbol } : {}),
})
