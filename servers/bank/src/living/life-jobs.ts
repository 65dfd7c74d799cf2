import { newYorkDate, newYorkInstant } from '@paddock/calendar'
import { scheduleJob } from '@paddock/service'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { LoginRef } from './life-store.ts'
import { liveUpToNow } from './live.ts'

const QUEUE = 'live'
const MORNING = Temporal.PlainTime.from('06:00')

/** Books each morning what a living login did, whether anyone looks or not. */
export async function scheduleLife(tx: Tx, login: LoginRef, now: Temporal.Instant): Promise<void> {
  const { institutionId, loginKey } = login
  const today = newYorkDate(now)
  const morning = newYorkInstant(today, MORNING)
  const isOver = Temporal.Instant.compare(morning, now) <= 0
  const runAt = isOver ? newYorkInstant(today.add({ days: 1 }), MORNING) : morning
  const key = `${institutionId}.${loginKey}.${runAt}`
  await scheduleJob(tx, { queue: QUEUE, key, runAt, payload: { institutionId, loginKey } })
}

export const lifeHandlers = {
  async [QUEUE](ctx: BankContext, login: LoginRef): Promise<void> {
    await ctx.db.transaction().execute((tx) => liveUpToNow(ctx, tx, login))
  },
}
