import type { Db, Tx } from '../db/database.ts'
import type { Caller, SessionId, UserId } from './user.ts'
import { toUser } from './users-store.ts'

export interface NewSession {
  id: SessionId
  userId: UserId
  secretHash: string | null
  createdAt: Temporal.Instant
  expiresAt: Temporal.Instant
}

export async function insertSession(tx: Db | Tx, session: NewSession): Promise<void> {
  await tx
    .insertInto('sessions')
    .values({
      id: session.id,
      user_id: session.userId,
      secret_hash: session.secretHash,
      created_at: session.createdAt,
      expires_at: session.expiresAt,
    })
    .execute()
}

/** The living session with this id or this secret, and whose it is. */
export async function findCaller(
  db: Db,
  by: { id: SessionId } | { secretHash: string },
  now: Temporal.Instant,
): Promise<Caller | undefined> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(['users.id', 'users.email', 'users.role', 'users.created_at', 'sessions.id as session_id'])
    .where('sessions.ended_at', 'is', null)
    .where('sessions.expires_at', '>', now)
    .$if('id' in by, (query) => query.where('sessions.id', '=', 'id' in by ? by.id : ''))
    .$if('secretHash' in by, (query) =>
      query.where('sessions.secret_hash', '=', 'secretHash' in by ? by.secretHash : ''),
    )
    .executeTakeFirst()
  return row === undefined ? undefined : { ...toUser(row), sessionId: row.session_id as SessionId }
}

export async function endSession(db: Db | Tx, id: SessionId, now: Temporal.Instant): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ ended_at: now })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
}

/** Ends the sessions that a password which everybody knows may have begun. */
export async function endSessionsOfPublicPasswords(db: Db, now: Temporal.Instant): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ ended_at: now })
    .where('ended_at', 'is', null)
    .where('user_id', 'in', (users) =>
      users.selectFrom('users').select('id').where('password_is_public', '=', true),
    )
    .execute()
}

export async function insertRefreshToken(
  tx: Db | Tx,
  token: { hash: string; sessionId: SessionId; createdAt: Temporal.Instant; expiresAt: Temporal.Instant },
): Promise<void> {
  await tx
    .insertInto('refresh_tokens')
    .values({
      token_hash: token.hash,
      session_id: token.sessionId,
      created_at: token.createdAt,
      expires_at: token.expiresAt,
    })
    .execute()
}

/** Locks the token, so that two uses of it cannot both be the first. */
export async function lockRefreshToken(tx: Tx, hash: string) {
  return tx
    .selectFrom('refresh_tokens')
    .innerJoin('sessions', 'sessions.id', 'refresh_tokens.session_id')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select([
      'refresh_tokens.session_id',
      'refresh_tokens.used_at',
      'refresh_tokens.expires_at as token_expires_at',
      'sessions.ended_at',
      'sessions.expires_at',
      'users.id',
      'users.email',
      'users.role',
      'users.created_at',
    ])
    .where('refresh_tokens.token_hash', '=', hash)
    .forUpdate('refresh_tokens')
    .executeTakeFirst()
}

export async function markRefreshTokenUsed(tx: Tx, hash: string, now: Temporal.Instant): Promise<void> {
  await tx.updateTable('refresh_tokens').set({ used_at: now }).where('token_hash', '=', hash).execute()
}
