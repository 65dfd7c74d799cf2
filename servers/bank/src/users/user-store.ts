import type { FieldCipher } from '@paddock/service'
import type { Selectable } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { Users } from '../db/schema.ts'
import type { Identity, User } from './user.ts'

const cell = (userId: string) => ({ table: 'bank.users', column: 'identity_cipher', rowId: userId })

/** Adds a user unless the client has one of that name; answers whether it did. */
export async function insertUser(
  tx: Tx,
  cipher: FieldCipher,
  user: User,
  tokenHash: string,
): Promise<boolean> {
  const inserted = await tx
    .insertInto('users')
    .values({
      client_id: user.clientId,
      id: user.id,
      client_user_id: user.clientUserId,
      token_hash: tokenHash,
      identity_cipher: writeIdentity(cipher, user),
      created_at: user.createdAt,
      updated_at: user.updatedAt,
    })
    .onConflict((conflict) => conflict.columns(['client_id', 'client_user_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** The client's user with this id, this token or this name of the client's own. */
export async function findUser(
  db: Db | Tx,
  cipher: FieldCipher,
  clientId: string,
  by: { id: string } | { token_hash: string } | { client_user_id: string },
): Promise<User | undefined> {
  const [column, value] = Object.entries(by)[0] as ['id' | 'token_hash' | 'client_user_id', string]
  const row = await db
    .selectFrom('users')
    .selectAll()
    .where('client_id', '=', clientId)
    .where(column, '=', value)
    .executeTakeFirst()
  return row === undefined ? undefined : toUser(cipher, row)
}

/** Locks a user, so that it is not removed while something is added to it. */
export async function lockUser(
  tx: Tx,
  cipher: FieldCipher,
  clientId: string,
  id: string,
): Promise<User | undefined> {
  const row = await tx
    .selectFrom('users')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row === undefined ? undefined : toUser(cipher, row)
}

export async function saveIdentity(tx: Tx, cipher: FieldCipher, user: User): Promise<void> {
  await tx
    .updateTable('users')
    .set({ identity_cipher: writeIdentity(cipher, user), updated_at: user.updatedAt })
    .where('client_id', '=', user.clientId)
    .where('id', '=', user.id)
    .execute()
}

export async function deleteUser(tx: Tx, { clientId, id }: User): Promise<void> {
  await tx.deleteFrom('users').where('client_id', '=', clientId).where('id', '=', id).execute()
}

function writeIdentity(cipher: FieldCipher, { id, identity }: User): string | null {
  return identity === null ? null : cipher.encrypt(JSON.stringify(identity), cell(id))
}

function toUser(cipher: FieldCipher, row: Selectable<Users>): User {
  const stored = row.identity_cipher
  return {
    clientId: row.client_id,
    id: row.id,
    clientUserId: row.client_user_id,
    identity: stored === null ? null : (JSON.parse(cipher.decrypt(stored, cell(row.id))) as Identity),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
