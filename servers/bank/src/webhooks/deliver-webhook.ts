import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { scheduleTry, WEBHOOK_QUEUE, type WebhookPayload } from './queue-webhook.ts'
import { signBody } from './sign-body.ts'
import { currentKey, realNow } from './signing-keys.ts'
import type { TryOutcome, Webhook } from './webhook.ts'
import { beginTry, countTries, endTry, endWebhook, findWebhook } from './webhook-store.ts'

const DEADLINE_MS = 10_000
const FIRST_WAIT_SECONDS = 30
const WAIT_GROWS_BY = 4
const LONGEST_LIFE = Temporal.Duration.from({ hours: 24 })
/** From so many tries a day on, an endpoint that refuses nine of ten gets each webhook once. */
const TRIES_TO_JUDGE = 20n

/** Makes one try of one webhook: noted, called, noted again. What is not accepted is tried again later. */
export async function deliverWebhook(ctx: BankContext, payload: WebhookPayload): Promise<void> {
  const { clientId, id, number } = payload
  const webhook = await ctx.db.transaction().execute(async (tx) => {
    const found = await findWebhook(tx, ctx.cipher, clientId, id)
    if (found?.status !== 'waiting') return undefined
    await beginTry(tx, found, number, ctx.clock.now())
    return found
  })
  if (webhook === undefined) return
  const key = await currentKey(ctx)
  const ending = await post(webhook, signBody(webhook.body, key, realNow()))
  await ctx.db.transaction().execute(async (tx) => {
    await endTry(tx, webhook, { number, ...ending })
    if (ending.outcome === 'accepted') await endWebhook(tx, webhook, 'delivered')
    else await tryAgain(ctx, tx, webhook, payload)
  })
}

export const webhookHandlers = { [WEBHOOK_QUEUE]: deliverWebhook }

/** Only 200 is a yes. A redirect is not followed: the address is the one that the client named. */
async function post(
  { url, body }: Webhook,
  jwt: string,
): Promise<{ outcome: TryOutcome; status: number | null }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'plaid-verification': jwt },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(DEADLINE_MS),
    })
    await response.body?.cancel()
    return { outcome: response.status === 200 ? 'accepted' : 'refused', status: response.status }
  } catch {
    return { outcome: 'unknown', status: null }
  }
}

async function tryAgain(
  ctx: BankContext,
  tx: Tx,
  webhook: Webhook,
  { clientId, id, number }: WebhookPayload,
): Promise<void> {
  const now = ctx.clock.now()
  const next = now.add({ seconds: FIRST_WAIT_SECONDS * WAIT_GROWS_BY ** (number - 1) })
  const isTooLate = Temporal.Instant.compare(next, webhook.queuedAt.add(LONGEST_LIFE)) > 0
  if (isTooLate || (await isDeaf(tx, clientId, now))) return endWebhook(tx, webhook, 'given_up')
  await scheduleTry(tx, { clientId, id, number: number + 1 }, webhook.url, next)
}

async function isDeaf(tx: Tx, clientId: string, now: Temporal.Instant): Promise<boolean> {
  const { all, failed } = await countTries(tx, clientId, now.subtract(LONGEST_LIFE))
  return all >= TRIES_TO_JUDGE && failed * 10n > all * 9n
}
