import type { BankContext } from '../context.ts'
import { BankRefused } from '../refusals.ts'
import type { LinkFailure } from './link-session.ts'
import { endSession, lockSession } from './link-session-store.ts'
import { openLinkToken, type SessionKey } from './open-session.ts'
import { tellSessionEnd } from './session-end.ts'

export interface LinkExit {
  status: string | null
  error: LinkFailure | null
  requestId: string
}

/** Ends a session without an item. One that has ended already stays as it ended. */
export async function exitSession(ctx: BankContext, key: SessionKey, exit: LinkExit): Promise<void> {
  const token = await openLinkToken(ctx, key.linkToken)
  await ctx.db.transaction().execute(async (tx) => {
    const session = await lockSession(tx, token, key.sessionId)
    if (session === undefined) throw new BankRefused('link_session_unknown')
    if (session.finishedAt === null) {
      await endSession(tx, session, { kind: 'exited', ...exit }, ctx.clock.now())
    }
    await tellSessionEnd(ctx, tx, token, session, key.linkToken)
  })
  ctx.agenda.wake()
}
