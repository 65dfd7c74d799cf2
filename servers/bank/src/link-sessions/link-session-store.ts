import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { LinkSessions } from '../db/schema.ts'
import type { LinkEvent, LinkOutcome, LinkSession } from './link-session.ts'
import type { LinkToken } from './link-token.ts'

export async function insertSession(db: Tx, session: LinkSession): Promise<void> {
  await db
    .insertInto('link_sessions')
    .values({
      client_id: session.clientId,
      id: session.id,
      link_token_hash: session.linkTokenHash,
      institution_id: session.institutionId,
      login_cipher: null,
      numbers_cipher: null,
      started_at: session.startedAt,
      finished_at: null,
      outcome: null,
      end_told_at: null,
    })
    .execute()
}

export async function findSession(
  db: Db,
  token: LinkToken,
  sessionId: string,
): Promise<LinkSession | undefined> {
  const row = await sessionById(db, token, sessionId).executeTakeFirst()
  return row === undefined ? undefined : toSession(row)
}

/** Locks a session, so that it ends once. */
export async function lockSession(
  tx: Tx,
  token: LinkToken,
  sessionId: string,
): Promise<LinkSession | undefined> {
  const row = await sessionById(tx, token, sessionId).forUpdate().executeTakeFirst()
  return row === undefined ? undefined : toSession(row)
}

export async function updateSession(
  db: Db | Tx,
  session: LinkSession,
  values: Partial<Pick<LinkSession, 'institutionId' | 'loginCipher' | 'numbersCipher'>>,
): Promise<void> {
  await db
    .updateTable('link_sessions')
    .set({
      ...(values.institutionId !== undefined && { institution_id: values.institutionId }),
      ...(values.loginCipher !== undefined && { login_cipher: values.loginCipher }),
      // They belong to the bank and the login that they were typed for.
      numbers_cipher: values.numbersCipher ?? null,
    })
    .where('client_id', '=', session.clientId)
    .where('id', '=', session.id)
    .where('finished_at', 'is', null)
    .execute()
}

/** Writes how a session ended, and forgets the login. */
export async function endSession(
  tx: Tx,
  session: LinkSession,
  outcome: LinkOutcome,
  at: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('link_sessions')
    .set({ outcome: JSON.stringify(outcome), finished_at: at, login_cipher: null, numbers_cipher: null })
    .where('client_id', '=', session.clientId)
    .where('id', '=', session.id)
    .execute()
}

/** False when the end was told before. */
export async function markEndTold(tx: Tx, session: LinkSession, at: Temporal.Instant): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('link_sessions')
    .set({ end_told_at: at })
    .where('client_id', '=', session.clientId)
    .where('id', '=', session.id)
    .where('end_told_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

const MOST_SESSIONS = 100

export async function listSessions(db: Db, token: LinkToken): Promise<LinkSession[]> {
  const rows = await db
    .selectFrom('link_sessions')
    .selectAll()
    .where('client_id', '=', token.clientId)
    .where('link_token_hash', '=', token.hash)
    .orderBy('started_at', 'desc')
    .orderBy('id')
    .limit(MOST_SESSIONS)
    .execute()
  return rows.map(toSession)
}

export async function appendEvents(
  db: Db,
  session: LinkSession,
  events: readonly Omit<LinkEvent, 'id'>[],
): Promise<void> {
  await db
    .insertInto('link_events')
    .values(
      events.map(({ name, metadata, at }) => ({
        client_id: session.clientId,
        id: randomUUID(),
        session_id: session.id,
        name,
        metadata: JSON.stringify(metadata),
        at,
      })),
    )
    .execute()
}

export async function countEvents(db: Db, session: LinkSession): Promise<number> {
  const { count } = await db
    .selectFrom('link_events')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('client_id', '=', session.clientId)
    .where('session_id', '=', session.id)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** What happened in a session, newest first. */
export async function listEvents(db: Db | Tx, session: LinkSession): Promise<LinkEvent[]> {
  const rows = await db
    .selectFrom('link_events')
    .select(['id', 'name', 'metadata', 'at'])
    .where('client_id', '=', session.clientId)
    .where('session_id', '=', session.id)
    .orderBy('position', 'desc')
    .execute()
  return rows.map(({ id, name, metadata, at }) => ({
    id,
    name,
    metadata: metadata as unknown as LinkEvent['metadata'],
    at,
  }))
}

function sessionById(db: Db | Tx, token: LinkToken, sessionId: string) {
  return db
    .selectFrom('link_sessions')
    .selectAll()
    .where('client_id', '=', token.clientId)
    .where('id', '=', sessionId)
    .where('link_token_hash', '=', token.hash)
}

function toSession(row: Selectable<LinkSessions>): LinkSession {
  return {
    clientId: row.client_id,
    id: row.id,
    linkTokenHash: row.link_token_hash,
    institutionId: row.institution_id,
    loginCipher: row.login_cipher,
    numbersCipher: row.numbers_cipher,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    outcome: row.outcome as unknown as LinkOutcome | null,
    endToldAt: row.end_told_at,
  }
}
