import { newYorkDate, newYorkInstant } from '@paddock/calendar'
import { scheduleJob } from '@paddock/service'
import type { Tx } from '../db/database.ts'
import { scriptNamed } from '../personas/routines.ts'
import { insertLife, type LoginRef, type NewLife } from './life-store.ts'

export const LIFE_QUEUE = 'live'
const MORNING = Temporal.PlainTime.from('06:00')

/** Begins the life of a login when its accounts are opened; one that goes on is booked from the next morning on. */
export async function beginLife(tx: Tx, life: NewLife): Promise<void> {
  await insertLife(tx, life)
  if (scriptNamed(life.script).isAlive) await scheduleLife(tx, life, life.openedAt)
}

/** Books each morning what a living login did, whether anyone looks or not. */
export async function scheduleLife(tx: Tx, login: LoginRef, now: Temporal.Instant): Promise<void> {
  const { institutionId, loginKey } = login
  const today = newYorkDate(now)
  const morning = newYorkInstant(today, MORNING)
  const isOver = Temporal.Instant.compare(morning, now) <= 0
  const runAt = isOver ? newYorkInstant(today.add({ days: 1 }), MORNING) : morning
  const key = `${institutionId}.${loginKey}.${runAt}`
  await scheduleJob(tx, { queue: LIFE_QUEUE, key, runAt, payload: { institutionId, loginKey } })
}
