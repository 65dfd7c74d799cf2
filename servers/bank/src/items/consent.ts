import { scheduleJob } from '@paddock/service'
import type { BankContext } from '../context.ts'
import { findInstitution } from '../institutions/catalog.ts'
import { BankRefused } from '../refusals.ts'
import { queueItemWebhook } from '../webhooks/queue-webhook.ts'
import type { ItemEvent } from '../webhooks/webhook.ts'
import { breakLogin } from './break-login.ts'
import { findItem, lockItem, setConsentExpiry } from './item-store.ts'

export const CONSENT_QUEUE = 'consent'
const NOTICE = Temporal.Duration.from({ hours: 7 * 24 })

interface ConsentPayload {
  clientId: string
  itemId: string
  expiresAt: string
  step: 'notice' | 'end'
}

/** Lets the consent of an item end at an instant: told seven days before, and then its login is broken. */
export async function expireConsent(
  ctx: BankContext,
  { clientId, id }: { clientId: string; id: string },
  expiresAt: Temporal.Instant | null,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const locked = await lockItem(tx, clientId, id)
    if (locked === undefined || locked.removed) throw new BankRefused('item_removed')
    await setConsentExpiry(tx, locked.item, expiresAt)
    if (expiresAt === null) return
    for (const step of ['notice', 'end'] as const) {
      const payload: ConsentPayload = { clientId, itemId: id, expiresAt: expiresAt.toString(), step }
      const key = `${clientId}.${id}.${payload.expiresAt}.${step}`
      const runAt = step === 'notice' ? expiresAt.subtract(NOTICE) : expiresAt
      await scheduleJob(tx, { queue: CONSENT_QUEUE, key, runAt, payload })
    }
  })
  ctx.agenda.wake()
}

/** Does nothing where the consent was changed meanwhile. */
async function workConsent(ctx: BankContext, payload: ConsentPayload): Promise<void> {
  const found = await findItem(ctx.db, payload.clientId, payload.itemId)
  if (found === undefined || found.removed) return
  const { item } = found
  if (item.consentExpiresAt?.toString() !== payload.expiresAt) return
  if (payload.step === 'end') {
    await breakLogin(ctx, item, 'OAUTH_CONSENT_EXPIRED')
    return
  }
  const time = item.consentExpiresAt.toString({ smallestUnit: 'second' })
  const country = findInstitution(item.institutionId)?.countryCode ?? 'US'
  const event: ItemEvent = ['US', 'CA'].includes(country)
    ? {
        webhook_type: 'ITEM',
        webhook_code: 'PENDING_DISCONNECT',
        reason: 'INSTITUTION_TOKEN_EXPIRATION',
        disconnect_time: time,
      }
    : { webhook_type: 'ITEM', webhook_code: 'PENDING_EXPIRATION', consent_expiration_time: time }
  await ctx.db.transaction().execute((tx) => queueItemWebhook(ctx, tx, item, event))
}

export const consentHandlers = { [CONSENT_QUEUE]: workConsent }
