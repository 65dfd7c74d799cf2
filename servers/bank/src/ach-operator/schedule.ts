import { scheduleJob } from '@paddock/service'
import type { Db, Tx } from '../db/database.ts'

export const queues = {
  window: 'ach-window',
  settlement: 'ach-settlement',
  output: 'ach-output',
  statement: 'ach-statement',
} as const

export interface AtPayload {
  at: string
}

/** One job of a queue at each instant. */
export async function scheduleAt(
  db: Db | Tx,
  queue: keyof typeof queues,
  at: Temporal.Instant,
): Promise<void> {
  const payload: AtPayload = { at: at.toString() }
  await scheduleJob(db, { queue: queues[queue], key: payload.at, runAt: at, payload })
}
