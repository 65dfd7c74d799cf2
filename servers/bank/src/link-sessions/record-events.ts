import type { BankContext } from '../context.ts'
import { BankRefused } from '../refusals.ts'
import { hashToken } from '../tokens/secret-token.ts'
import type { LinkEvent } from './link-session.ts'
import { appendEvents, countEvents, findSession, lockSession } from './link-session-store.ts'
import type { LinkToken } from './link-token.ts'
import { findLinkToken } from './link-token-store.ts'
import type { SessionKey } from './open-session.ts'
import { tellSessionEnd } from './session-end.ts'

/** A person makes a few dozen; more comes from a page that has gone wrong. */
const MOST_EVENTS = 500

/** The page is done with a session that has made an item. */
const LAST_EVENT = 'HANDOFF'

/** Keeps what happened in a session, also after it ended: the last events are told afterwards. */
export async function recordEvents(
  ctx: BankContext,
  key: SessionKey,
  events: readonly Pick<LinkEvent, 'name' | 'metadata'>[],
): Promise<void> {
  const token = await findLinkToken(ctx.db, hashToken(key.linkToken))
  const session = token === undefined ? undefined : await findSession(ctx.db, token, key.sessionId)
  if (token === undefined || session === undefined) throw new BankRefused('link_session_unknown')
  const room = MOST_EVENTS - (await countEvents(ctx.db, session))
  if (room <= 0) return
  const at = ctx.clock.now()
  await appendEvents(
    ctx.db,
    session,
    events.slice(0, room).map((event) => ({ ...event, at })),
  )
  if (events.some(({ name }) => name === LAST_EVENT)) await tellIfLinked(ctx, token, key)
}

async function tellIfLinked(ctx: BankContext, token: LinkToken, key: SessionKey): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const session = await lockSession(tx, token, key.sessionId)
    if (session?.outcome?.kind !== 'linked') return
    await tellSessionEnd(ctx, tx, token, session, key.linkToken)
  })
  ctx.agenda.wake()
}
