import { scheduleJob } from '@paddock/service'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { queueLinkWebhook } from '../webhooks/queue-webhook.ts'
import type { LinkSession } from './link-session.ts'
import { listEvents, lockSession, markEndTold } from './link-session-store.ts'
import type { LinkToken } from './link-token.ts'
import { findLinkTokenOfSession } from './link-token-store.ts'
import { publicTokenOf } from './session-public-token.ts'

/** So long nothing has happened in a session that somebody walked away from. */
const SILENCE = Temporal.Duration.from({ minutes: 10 })
const QUEUE = 'link-silence'

interface SilencePayload {
  clientId: string
  sessionId: string
  /** Ciphertext: the webhook names the token, and the database has only its hash. */
  linkTokenCipher: string
}

const cell = (sessionId: string) => ({ table: 'bank.agenda', column: 'link_token', rowId: sessionId })

/** Where a session is told of by webhook: where its results reach the client by no other way (contracts/plaid/link.md §6). */
function listener({ clientId, request }: LinkToken): { clientId: string; url: string } | undefined {
  const isTold = request.hosted != null || request.multiItem === true
  return isTold && request.webhook !== null ? { clientId, url: request.webhook } : undefined
}

const keyOf = (session: LinkSession, linkToken: string, { request }: LinkToken) => ({
  link_session_id: session.id,
  link_token: linkToken,
  ...(request.userId != null && { user_id: request.userId }),
})

/** Tells that a session has made an item. */
export async function tellItemAdded(
  ctx: BankContext,
  tx: Tx,
  token: LinkToken,
  session: LinkSession,
  linkToken: string,
): Promise<void> {
  const to = listener(token)
  if (to === undefined) return
  await queueLinkWebhook(ctx, tx, to, {
    webhook_type: 'LINK',
    webhook_code: 'ITEM_ADD_RESULT',
    public_token: publicTokenOf(ctx, session),
    ...keyOf(session, linkToken, token),
  })
}

/** Tells how a locked session ended, and what happened in it; once, whatever brings the end. */
export async function tellSessionEnd(
  ctx: BankContext,
  tx: Tx,
  token: LinkToken,
  session: LinkSession,
  linkToken: string,
): Promise<void> {
  const to = listener(token)
  if (to === undefined || !(await markEndTold(tx, session, ctx.clock.now()))) return
  const isLinked = session.outcome?.kind === 'linked'
  const publicTokens = isLinked ? [publicTokenOf(ctx, session)] : []
  await queueLinkWebhook(ctx, tx, to, {
    webhook_type: 'LINK',
    webhook_code: 'SESSION_FINISHED',
    status: isLinked ? 'SUCCESS' : 'EXITED',
    ...keyOf(session, linkToken, token),
    public_tokens: publicTokens,
    ...(publicTokens[0] !== undefined && { public_token: publicTokens[0] }),
  })
  await tellEvents(ctx, tx, token, session, linkToken)
}

async function tellEvents(
  ctx: BankContext,
  tx: Tx,
  token: LinkToken,
  session: LinkSession,
  linkToken: string,
): Promise<void> {
  const to = listener(token)
  const events = await listEvents(tx, session)
  if (to === undefined || events.length === 0) return
  await queueLinkWebhook(ctx, tx, to, {
    webhook_type: 'LINK',
    webhook_code: 'EVENTS',
    ...keyOf(session, linkToken, token),
    events: events.toReversed().map(({ id, name, metadata, at }) => ({
      event_id: id,
      event_name: name,
      timestamp: at.toString({ smallestUnit: 'millisecond' }),
      event_metadata: metadata,
    })),
  })
}

/** Watches over a session that may be left without an end. */
export async function watchSession(
  ctx: BankContext,
  tx: Tx,
  token: LinkToken,
  session: LinkSession,
  linkToken: string,
): Promise<void> {
  if (listener(token) === undefined) return
  const { clientId, id: sessionId } = session
  const linkTokenCipher = ctx.cipher.encrypt(linkToken, cell(sessionId))
  await schedule(tx, { clientId, sessionId, linkTokenCipher }, session.startedAt)
}

async function schedule(tx: Tx, payload: SilencePayload, lastHeardAt: Temporal.Instant): Promise<void> {
  const runAt = lastHeardAt.add(SILENCE)
  const key = `${payload.clientId}.${payload.sessionId}.${runAt}`
  await scheduleJob(tx, { queue: QUEUE, key, runAt, payload })
}

async function lookForSilence(ctx: BankContext, payload: SilencePayload): Promise<void> {
  const { clientId, sessionId } = payload
  const token = await findLinkTokenOfSession(ctx.db, clientId, sessionId)
  if (token === undefined) return
  await ctx.db.transaction().execute(async (tx) => {
    const session = await lockSession(tx, token, sessionId)
    if (session === undefined || session.endToldAt !== null) return
    const heardAt = (await listEvents(tx, session))[0]?.at ?? session.startedAt
    if (Temporal.Instant.compare(heardAt.add(SILENCE), ctx.clock.now()) > 0) {
      await schedule(tx, payload, heardAt)
      return
    }
    const linkToken = ctx.cipher.decrypt(payload.linkTokenCipher, cell(sessionId))
    const tell = session.outcome === null ? tellEvents : tellSessionEnd
    await tell(ctx, tx, token, session, linkToken)
  })
}

export const silenceHandlers = { [QUEUE]: lookForSilence }
