import { newId } from '@paddock/kernel'
import type { PlatformContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import { IdentityRefused } from './identity-refused.ts'
import { newSecret, secretHash } from './secret.ts'
import {
  endSession,
  findCaller,
  insertRefreshToken,
  insertSession,
  lockRefreshToken,
  markRefreshTokenUsed,
} from './sessions-store.ts'
import type { Caller, SessionId, User } from './user.ts'
import { toUser } from './users-store.ts'

/** From the sign-in, however busy: a stolen session must not live for ever. */
const LONGEST_SESSION = { hours: 24 }

export interface TokenPair {
  accessToken: string
  refreshToken: string
  user: User
}

/** Begins a browser's session; the answer is the cookie's value and is not stored. */
export async function startCookieSession({ db, clock }: PlatformContext, user: User): Promise<string> {
  const secret = newSecret()
  const now = clock.now()
  await insertSession(db, {
    id: newId() as SessionId,
    userId: user.id,
    secretHash: secretHash(secret),
    createdAt: now,
    expiresAt: now.add(LONGEST_SESSION),
  })
  return secret
}

/** Begins a program's session, held by an access token and the refresh token that renews it. */
export async function startTokenSession(ctx: PlatformContext, user: User): Promise<TokenPair> {
  const sessionId = newId() as SessionId
  const now = ctx.clock.now()
  const refreshToken = await ctx.db.transaction().execute(async (tx) => {
    const expiresAt = now.add(LONGEST_SESSION)
    await insertSession(tx, { id: sessionId, userId: user.id, secretHash: null, createdAt: now, expiresAt })
    return addRefreshToken(tx, sessionId, now, expiresAt)
  })
  return { accessToken: await ctx.tokens.issue(user, sessionId, now), refreshToken, user }
}

/** A new pair for a refresh token, which works once: a second use ends the whole session. */
export async function refreshSession(ctx: PlatformContext, refreshToken: string): Promise<TokenPair> {
  const now = ctx.clock.now()
  const hash = secretHash(refreshToken)
  const renewed = await ctx.db.transaction().execute(async (tx) => {
    const row = await lockRefreshToken(tx, hash)
    if (row === undefined || row.ended_at !== null) return undefined
    const sessionId = row.session_id as SessionId
    if (row.used_at !== null) {
      // Not thrown: the end of the session must be committed.
      await endSession(tx, sessionId, now)
      ctx.live.closeSession(sessionId)
      return undefined
    }
    if (Temporal.Instant.compare(row.expires_at, now) <= 0) return undefined
    if (Temporal.Instant.compare(row.token_expires_at, now) <= 0) return undefined
    await markRefreshTokenUsed(tx, hash, now)
    const next = await addRefreshToken(tx, sessionId, now, row.expires_at)
    return { user: toUser(row), sessionId, refreshToken: next }
  })
  if (renewed === undefined) throw new IdentityRefused('refresh_token_invalid')
  const { user, sessionId } = renewed
  return {
    user,
    refreshToken: renewed.refreshToken,
    accessToken: await ctx.tokens.issue(user, sessionId, now),
  }
}

/** Ends a session at once: its cookie, its tokens and its event streams. */
export async function signOut(ctx: PlatformContext, caller: Caller): Promise<void> {
  await endSession(ctx.db, caller.sessionId, ctx.clock.now())
  ctx.live.closeSession(caller.sessionId)
}

/** Who holds this access token, if its session still lives. */
export async function callerByToken(ctx: PlatformContext, token: string): Promise<Caller | undefined> {
  const now = ctx.clock.now()
  const claims = await ctx.tokens.read(token, now)
  if (claims === undefined) return undefined
  const caller = await findCaller(ctx.db, { id: claims.sessionId }, now)
  return caller?.id === claims.userId ? caller : undefined
}

/** Who holds this cookie, if its session still lives. */
export function callerByCookie({ db, clock }: PlatformContext, secret: string): Promise<Caller | undefined> {
  return findCaller(db, { secretHash: secretHash(secret) }, clock.now())
}

async function addRefreshToken(
  tx: Db | Tx,
  sessionId: SessionId,
  createdAt: Temporal.Instant,
  expiresAt: Temporal.Instant,
): Promise<string> {
  const token = newSecret()
  await insertRefreshToken(tx, { hash: secretHash(token), sessionId, createdAt, expiresAt })
  return token
}
