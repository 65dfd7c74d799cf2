import type { Db, Tx } from '../db/database.ts'
import type { Intent } from '../intents/intent.ts'

/** Writes which journals a batch became, in the transaction that accepts it. */
export async function insertBatchJournals(
  tx: Tx,
  { userId, id }: Intent,
  brokerIds: readonly string[],
): Promise<void> {
  await tx
    .insertInto('intent_journals')
    .values(
      brokerIds.map((brokerId, position) => ({
        user_id: userId,
        intent_id: id,
        position,
        broker_id: brokerId,
      })),
    )
    .execute()
}

export async function listBatchJournals(db: Db, { userId, id }: Intent): Promise<string[]> {
  const rows = await db
    .selectFrom('intent_journals')
    .select('broker_id')
    .where('user_id', '=', userId)
    .where('intent_id', '=', id)
    .orderBy('position')
    .execute()
  return rows.map(({ broker_id: brokerId }) => brokerId)
}

/** Which of the broker's journals already belong to an intent. */
export async function listClaimedJournals(db: Db, brokerIds: readonly string[]): Promise<Set<string>> {
  if (brokerIds.length === 0) return new Set()
  const single = await db
    .selectFrom('intents')
    .select('broker_id')
    .where('kind', '=', 'journal')
    .where('broker_id', 'in', brokerIds)
    .execute()
  const ofBatches = await db
    .selectFrom('intent_journals')
    .select('broker_id')
    .where('broker_id', 'in', brokerIds)
    .execute()
  return new Set([...single, ...ofBatches].flatMap(({ broker_id: id }) => (id === null ? [] : [id])))
}
