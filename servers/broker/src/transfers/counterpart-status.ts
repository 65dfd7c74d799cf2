import { achSchedule } from '@paddock/calendar'
import type { AccountId } from '../accounts/account.ts'
import { activeRelationshipStatuses } from '../ach/relationship.ts'
import { findRelationship } from '../ach/relationship-store.ts'
import type { Db } from '../db/database.ts'
import { findBankStatus } from '../wires/bank-store.ts'
import { activeBankStatuses } from '../wires/recipient-bank.ts'
import { wireSchedule } from '../wires/wire-schedule.ts'
import type { Counterpart } from './transfer.ts'

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

/** When what is asked for at `now` leaves and settles. */
export const scheduleOf = ({ type }: Counterpart, now: Temporal.Instant) =>
  type === 'ach' ? achSchedule(now) : wireSchedule(now)
