import { scheduleJob } from '@paddock/service'
import type { Tx } from '../db/database.ts'
import type { WebhookItem } from '../webhooks/queue-webhook.ts'
import { type Beginning, insertFeed, lockFeed, type Phase } from './feed-store.ts'

export const READINESS_QUEUE = 'feed-ready'
/** How long after its beginning an item has its last days, and when all that was asked for. */
export const READY_AFTER_MS = { initial: 2_000, historical: 6_000 }
/** As much of the past as the vendor gives where nobody asked for more. */
export const USUAL_DAYS = 90

export interface ReadinessPayload {
  clientId: string
  itemId: string
  step: Exclude<Phase, 'not_ready'>
}

/** Begins to feed an item that got the product; its client will be told when the first days and the rest are there. */
export async function beginFeed(tx: Tx, item: WebhookItem, beginning: Beginning): Promise<void> {
  if (await insertFeed(tx, item, beginning)) await scheduleReadiness(tx, item, beginning.startedAt)
}

/** An address that an item gets while it becomes ready is told of it as well. */
export async function tellReadinessTo(tx: Tx, item: WebhookItem, now: Temporal.Instant): Promise<void> {
  const feed = await lockFeed(tx, item)
  if (feed === undefined) return
  const ageMs = now.epochMilliseconds - feed.startedAt.epochMilliseconds
  if (ageMs < READY_AFTER_MS.historical) await scheduleReadiness(tx, item, feed.startedAt)
}

async function scheduleReadiness(
  tx: Tx,
  { clientId, id, webhook }: WebhookItem,
  startedAt: Temporal.Instant,
): Promise<void> {
  if (webhook === null) return
  for (const step of ['initial', 'historical'] as const) {
    const payload: ReadinessPayload = { clientId, itemId: id, step }
    const runAt = startedAt.add({ milliseconds: READY_AFTER_MS[step] })
    await scheduleJob(tx, { queue: READINESS_QUEUE, key: `${clientId}.${id}.${step}`, runAt, payload })
  }
}
