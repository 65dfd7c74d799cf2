import type { Selectable } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { LinkOauthStates } from '../db/schema.ts'

export type OauthDecision = 'waiting' | 'shared' | 'refused'

/** One visit to a bank's own page. */
export interface OauthState {
  clientId: string
  id: string
  sessionId: string
  decision: OauthDecision
  accountKeys: readonly string[]
  returned: boolean
}

export async function insertOauthState(
  db: Db,
  state: Pick<OauthState, 'clientId' | 'id' | 'sessionId'>,
  at: Temporal.Instant,
): Promise<void> {
  await db
    .insertInto('link_oauth_states')
    .values({ client_id: state.clientId, id: state.id, session_id: state.sessionId, created_at: at })
    .execute()
}

/** The visit with this id, whosever it is: the bank's page knows no client. */
export async function findOauthState(db: Db | Tx, id: string): Promise<OauthState | undefined> {
  const row = await db.selectFrom('link_oauth_states').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : toState(row)
}

/** The accounts that the person shared last in a session. */
export async function sharedKeys(tx: Tx, clientId: string, sessionId: string): Promise<readonly string[]> {
  const row = await tx
    .selectFrom('link_oauth_states')
    .select('account_keys')
    .where('client_id', '=', clientId)
    .where('session_id', '=', sessionId)
    .where('decision', '=', 'shared')
    .orderBy('decided_at', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row?.account_keys ?? []
}

/** Writes what the person decided; false when that was decided before. */
export async function decideOauthState(
  tx: Tx,
  state: OauthState,
  decision: 'shared' | 'refused',
  accountKeys: readonly string[],
  at: Temporal.Instant,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('link_oauth_states')
    .set({ decision, account_keys: [...accountKeys], decided_at: at })
    .where('client_id', '=', state.clientId)
    .where('id', '=', state.id)
    .where('decision', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Notes that the app's page came back; false when it had before. */
export async function returnOauthState(db: Db, state: OauthState, at: Temporal.Instant): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('link_oauth_states')
    .set({ returned_at: at })
    .where('client_id', '=', state.clientId)
    .where('id', '=', state.id)
    .where('returned_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

function toState(row: Selectable<LinkOauthStates>): OauthState {
  return {
    clientId: row.client_id,
    id: row.id,
    sessionId: row.session_id,
    decision: (row.decision ?? 'waiting') as OauthDecision,
    accountKeys: row.account_keys,
    returned: row.returned_at !== null,
  }
}
