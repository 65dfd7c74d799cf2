import type { Db } from '../db/database.ts'

/** Stores that a client asked; false where it has used the id before. */
export async function insertEvaluation(
  db: Db,
  asked: {
    clientId: string
    clientTransactionId: string
    itemId: string
    accountId: string
    amountMinor: bigint
    evaluatedAt: Temporal.Instant
  },
): Promise<boolean> {
  const inserted = await db
    .insertInto('signal_evaluations')
    .values({
      client_id: asked.clientId,
      client_transaction_id: asked.clientTransactionId,
      item_id: asked.itemId,
      account_id: asked.accountId,
      amount_minor: asked.amountMinor,
      evaluated_at: asked.evaluatedAt,
    })
    .onConflict((conflict) => conflict.columns(['client_id', 'client_transaction_id']).doNothing())
    .returning('client_id')
    .executeTakeFirst()
  return inserted !== undefined
}

export async function findEvaluation(
  db: Db,
  clientId: string,
  clientTransactionId: string,
): Promise<{ initiated: boolean | null } | undefined> {
  return db
    .selectFrom('signal_evaluations')
    .select('initiated')
    .where('client_id', '=', clientId)
    .where('client_transaction_id', '=', clientTransactionId)
    .executeTakeFirst()
}

/** False where the client never asked under this id. */
export async function noteDecision(
  db: Db,
  clientId: string,
  decision: { clientTransactionId: string; initiated: boolean; facts: object },
): Promise<boolean> {
  const noted = await db
    .updateTable('signal_evaluations')
    .set({ initiated: decision.initiated, decision: JSON.stringify(decision.facts) })
    .where('client_id', '=', clientId)
    .where('client_transaction_id', '=', decision.clientTransactionId)
    .executeTakeFirst()
  return noted.numUpdatedRows > 0n
}

export async function noteReturn(
  db: Db,
  clientId: string,
  {
    clientTransactionId,
    returnCode,
    at,
  }: { clientTransactionId: string; returnCode: string; at: Temporal.Instant },
): Promise<void> {
  await db
    .updateTable('signal_evaluations')
    .set({ return_code: returnCode, returned_at: at })
    .where('client_id', '=', clientId)
    .where('client_transaction_id', '=', clientTransactionId)
    .execute()
}
