import { randomUUID } from 'node:crypto'
import { scheduleJob } from '@paddock/service'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { readConduct } from './conduct.ts'
import type { IncomeEvent, ItemEvent, LinkEvent, ProcessorEvent } from './webhook.ts'
import { insertWebhook } from './webhook-store.ts'

export const WEBHOOK_QUEUE = 'webhook'

export interface WebhookPayload {
  clientId: string
  id: string
  number: number
}

/** An item as far as its webhooks need it. */
export interface WebhookItem {
  clientId: string
  id: string
  webhook: string | null
}

/**
 * Tells the item's client something, exactly when the caller's transaction commits; nothing where the item
 * has no address for it. Wake the agenda after the commit.
 */
export async function queueItemWebhook(
  ctx: BankContext,
  tx: Tx,
  item: WebhookItem,
  event: ItemEvent,
): Promise<void> {
  if (item.webhook === null) return
  const { webhook_type, webhook_code, ...rest } = event
  const user = await userOf(tx, item)
  const body = { webhook_type, webhook_code, item_id: item.id, ...user, ...rest, environment: 'sandbox' }
  await queue(ctx, tx, { clientId: item.clientId, itemId: item.id, accountId: null, url: item.webhook, body })
}

/** An item that was linked for a user names it. */
async function userOf(tx: Tx, { clientId, id }: WebhookItem): Promise<{ user_id?: string }> {
  const row = await tx
    .selectFrom('item_origins')
    .select('user_id')
    .where('client_id', '=', clientId)
    .where('item_id', '=', id)
    .executeTakeFirst()
  return row?.user_id == null ? {} : { user_id: row.user_id }
}

/** The same for a session of Link, whose link token names the address. */
export async function queueLinkWebhook(
  ctx: BankContext,
  tx: Tx,
  { clientId, url }: { clientId: string; url: string },
  event: LinkEvent,
): Promise<void> {
  const body = { ...event, environment: 'sandbox' }
  await queue(ctx, tx, { clientId, itemId: null, accountId: null, url, body })
}

/** The same for a user, who has no address of his own. */
export async function queueUserWebhook(
  ctx: BankContext,
  tx: Tx,
  { clientId, url }: { clientId: string; url: string },
  event: IncomeEvent,
): Promise<void> {
  const body = { ...event, environment: 'sandbox' }
  await queue(ctx, tx, { clientId, itemId: null, accountId: null, url, body })
}

/** The same for a processor; `clientId` is the one that named the address. */
export async function queueProcessorWebhook(
  ctx: BankContext,
  tx: Tx,
  { clientId, accountId, url }: { clientId: string; accountId: string; url: string },
  event: ProcessorEvent,
): Promise<void> {
  const { webhook_type, webhook_code, ...rest } = event
  const body = { webhook_type, webhook_code, account_id: accountId, ...rest, environment: 'sandbox' }
  await queue(ctx, tx, { clientId, itemId: null, accountId, url, body })
}

interface Sendable {
  clientId: string
  itemId: string | null
  accountId: string | null
  url: string
  body: { webhook_type: string; webhook_code: string; environment: string }
}

async function queue(ctx: BankContext, tx: Tx, { body, ...to }: Sendable): Promise<void> {
  const { duplicates, disorder } = await readConduct(tx)
  for (let copy = 0; copy <= (duplicates ? 1 : 0); copy += 1) {
    const id = randomUUID()
    const queuedAt = ctx.clock.now()
    const { webhook_type: type, webhook_code: code } = body
    // Indented by two, as the vendor writes it: who hashes a text of his own making must notice.
    const text = JSON.stringify(body, null, 2)
    const webhook = { ...to, id, type, code, body: text, queuedAt }
    const seq = await insertWebhook(tx, ctx.cipher, webhook)
    const lateSeconds = copy + (disorder ? 2 * Number(2n - (seq % 3n)) : 0)
    const attempt = { clientId: to.clientId, id, number: 1 }
    await scheduleTry(tx, attempt, to.url, queuedAt.add({ seconds: lateSeconds }))
  }
}

/** Tries at one address are made one after the other, and wait for no other address. */
export async function scheduleTry(
  tx: Tx,
  payload: WebhookPayload,
  url: string,
  runAt: Temporal.Instant,
): Promise<void> {
  const key = `${payload.clientId}.${payload.id}.${payload.number}`
  await scheduleJob(tx, { queue: WEBHOOK_QUEUE, key, runAt, payload, lane: url })
}
