import type { Selectable } from 'kysely'
import type { AccountId } from '../applications/brokerage-account.ts'
import type { BrokerRefusal } from '../broker/refusal.ts'
import type { Db, Tx } from '../db/database.ts'
import type { Intents } from '../db/schema.ts'
import type { UserId } from '../identity/user.ts'
import type { Intent, IntentKind } from './intent.ts'

export async function insertIntent(db: Db, intent: Intent): Promise<void> {
  await db
    .insertInto('intents')
    .values({
      user_id: intent.userId,
      id: intent.id,
      kind: intent.kind,
      account_id: intent.accountId ?? null,
      direction: intent.direction ?? null,
      request: JSON.stringify(intent.request),
      secret_cipher: intent.secretCipher ?? null,
      request_hash: intent.requestHash,
      broker_key: intent.brokerKey,
      state: intent.state,
      created_at: intent.createdAt,
      asked_at: intent.askedAt,
      called_at: intent.calledAt,
    })
    .execute()
}

export async function findIntent(db: Db, userId: UserId, id: string): Promise<Intent | undefined> {
  const row = await db
    .selectFrom('intents')
    .selectAll()
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? undefined : toIntent(row)
}

/** The user's open intent of a kind of which there is one at a time. */
export async function findOpenIntent(db: Db, userId: UserId, kind: IntentKind): Promise<Intent | undefined> {
  const row = await db
    .selectFrom('intents')
    .selectAll()
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return row === undefined ? undefined : toIntent(row)
}

export async function findIntentByBrokerId(
  db: Db,
  userId: UserId,
  kind: IntentKind,
  brokerId: string,
): Promise<Intent | undefined> {
  const row = await db
    .selectFrom('intents')
    .selectAll()
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
    .where('broker_id', '=', brokerId)
    .executeTakeFirst()
  return row === undefined ? undefined : toIntent(row)
}

/** The intents of one account and kind, newest first. */
export async function listIntents(
  db: Db,
  accountId: AccountId,
  kind: IntentKind,
  limit: number,
): Promise<Intent[]> {
  const rows = await db
    .selectFrom('intents')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('kind', '=', kind)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toIntent)
}

/** Open intents whose call was made before `before`, the longest waiting first. */
export async function listOpenIntents(db: Db, before: Temporal.Instant, limit: number): Promise<Intent[]> {
  const rows = await db
    .selectFrom('intents')
    .selectAll()
    .where('state', '=', 'open')
    .where('called_at', '<', before)
    .orderBy('called_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toIntent)
}

/** Takes an open intent for another try; nothing when somebody else has just taken or settled it. */
export async function takeOpenIntent(
  db: Db,
  intent: Intent,
  now: Temporal.Instant,
): Promise<Intent | undefined> {
  const row = await db
    .updateTable('intents')
    .set((set) => ({ called_at: now, calls: set('calls', '+', 1) }))
    .where('user_id', '=', intent.userId)
    .where('id', '=', intent.id)
    .where('state', '=', 'open')
    .where('calls', '=', intent.calls)
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? undefined : toIntent(row)
}

/** Writes the outcome, once; answers whether this was the time. */
export async function settleIntent(
  db: Db | Tx,
  intent: Intent,
  outcome: { brokerId: string } | { refusal: BrokerRefusal },
  now: Temporal.Instant,
): Promise<boolean> {
  const result = await db
    .updateTable('intents')
    .set({
      ...('brokerId' in outcome
        ? { state: 'accepted', broker_id: outcome.brokerId }
        : { state: 'refused', refusal: JSON.stringify(outcome.refusal) }),
      secret_cipher: null,
      settled_at: now,
    })
    .where('user_id', '=', intent.userId)
    .where('id', '=', intent.id)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Which of the broker's objects already belong to an intent. */
export async function listClaimed(
  db: Db,
  kind: IntentKind,
  brokerIds: readonly string[],
): Promise<Set<string>> {
  if (brokerIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('intents')
    .select('broker_id')
    .where('kind', '=', kind)
    .where('broker_id', 'in', brokerIds)
    .execute()
  return new Set(rows.flatMap(({ broker_id: id }) => (id === null ? [] : [id])))
}

function toIntent(row: Selectable<Intents>): Intent {
  return {
    userId: row.user_id as UserId,
    id: row.id,
    kind: row.kind as IntentKind,
    accountId: (row.account_id ?? undefined) as AccountId | undefined,
    direction: (row.direction ?? undefined) as Intent['direction'],
    request: row.request,
    secretCipher: row.secret_cipher ?? undefined,
    requestHash: row.request_hash,
    brokerKey: row.broker_key,
    state: row.state as Intent['state'],
    brokerId: row.broker_id ?? undefined,
    refusal: (row.refusal ?? undefined) as BrokerRefusal | undefined,
    createdAt: row.created_at,
    askedAt: row.asked_at,
    calledAt: row.called_at,
    calls: row.calls,
  }
}
