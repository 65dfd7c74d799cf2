import { newYorkDate } from '@paddock/calendar'
import type { AccountId } from '../accounts/account.ts'
import { activeRelationshipStatuses } from '../ach/relationship.ts'
import { findRelationship } from '../ach/relationship-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Db } from '../db/database.ts'
import type { AchSpeed } from '../origination/ach-file.ts'
import { type AchDates, datesWhenAsked, timetableOn } from '../origination/timetable.ts'
import { findBankStatus } from '../wires/bank-store.ts'
import { activeBankStatuses } from '../wires/recipient-bank.ts'
import { wireSchedule } from '../wires/wire-schedule.ts'
import type { Counterpart, Transfer } from './transfer.ts'

/** What the bank at the other end is to a transfer: it may go there now, it may later, or never. */
export type CounterpartState = 'ready' | 'awaited' | 'ended'

export async function readCounterpart(
  db: Db,
  accountId: AccountId,
  counterpart: Counterpart,
): Promise<CounterpartState> {
  const status =
    counterpart.type === 'ach'
      ? (await findRelationship(db, accountId, counterpart.relationshipId))?.status
      : await findBankStatus(db, accountId, counterpart.bankId)
  if (status === 'APPROVED') return 'ready'
  const active: readonly string[] =
    counterpart.type === 'ach' ? activeRelationshipStatuses : activeBankStatuses
  return status !== undefined && active.includes(status) ? 'awaited' : 'ended'
}

export type Schedule = AchDates & { readonly speed: AchSpeed }

/** When what is asked for at `now` leaves and settles, and how fast. */
export function scheduleOf(
  { ach }: Pick<BrokerContext, 'ach'>,
  transfer: Pick<Transfer, 'counterpart' | 'direction' | 'amountMinor'>,
  now: Temporal.Instant,
): Schedule {
  if (transfer.counterpart.type === 'wire') return { ...wireSchedule(now), speed: 'STANDARD' }
  const speed = speedOf(ach, transfer, now)
  return { ...datesWhenAsked(ach.timetables, now, speed), speed }
}

/** Larger than the limit goes the standard way: nothing is split to get under it (contracts/nacha/origination.md §2). */
function speedOf(
  { sameDay, timetables }: BrokerContext['ach'],
  { direction, amountMinor }: Pick<Transfer, 'direction' | 'amountMinor'>,
  now: Temporal.Instant,
): AchSpeed {
  const isWanted = sameDay === 'always' || (sameDay === 'withdrawals' && direction === 'OUTGOING')
  const { sameDayLimitMinor } = timetableOn(timetables, newYorkDate(now))
  return isWanted && amountMinor <= sameDayLimitMinor ? 'SAME_DAY' : 'STANDARD'
}
