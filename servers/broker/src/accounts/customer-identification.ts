import { newId } from '@paddock/kernel'
import type { BrokerContext } from '../context.ts'
import type { JsonObject } from '../db/schema.ts'
import { transact } from '../db/transact.ts'
import { type AccountId, AccountRejected } from './account.ts'
import { lockAccount, requireAccount } from './account-store.ts'

export type CustomerIdentification = {
  readonly id: string
  readonly accountId: AccountId
  /** In wire form; encrypted where it is kept. */
  readonly body: JsonObject
  readonly createdAt: Temporal.Instant
  readonly updatedAt: Temporal.Instant
}

const cellOf = (accountId: AccountId) => ({
  table: 'customer_identifications',
  column: 'body_cipher',
  rowId: accountId,
})

/** Keeps what a firm found out about its customer; a second time replaces the first. */
export async function saveIdentification(
  ctx: BrokerContext,
  accountId: AccountId,
  body: JsonObject,
): Promise<CustomerIdentification> {
  const now = ctx.clock.now()
  const sealed = ctx.cipher.encrypt(JSON.stringify(body), cellOf(accountId))
  return transact(ctx, async (tx) => {
    await lockAccount(tx, accountId)
    const row = await tx
      .insertInto('customer_identifications')
      .values({ account_id: accountId, id: newId(), body_cipher: sealed, created_at: now, updated_at: now })
      .onConflict((conflict) =>
        conflict.column('account_id').doUpdateSet({ body_cipher: sealed, updated_at: now }),
      )
      .returning(['id', 'created_at', 'updated_at'])
      .executeTakeFirstOrThrow()
    return { id: row.id, accountId, body, createdAt: row.created_at, updatedAt: row.updated_at }
  })
}

export async function getIdentification(
  { db, cipher }: BrokerContext,
  accountId: AccountId,
): Promise<CustomerIdentification> {
  await requireAccount(db, accountId)
  const row = await db
    .selectFrom('customer_identifications')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  if (row === undefined) throw new AccountRejected('cip_not_found')
  return {
    id: row.id,
    accountId,
    body: JSON.parse(cipher.decrypt(row.body_cipher, cellOf(accountId))),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
