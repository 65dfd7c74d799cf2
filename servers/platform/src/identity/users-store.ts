import type { Db, Tx } from '../db/database.ts'
import type { Email } from './email.ts'
import type { Role, User, UserId } from './user.ts'

const columns = ['id', 'email', 'role', 'created_at'] as const

/** Adds a user; nothing when the address is taken. */
export async function insertUser(
  db: Db | Tx,
  user: User & { passwordHash: string },
): Promise<User | undefined> {
  const row = await db
    .insertInto('users')
    .values({
      id: user.id,
      email: user.email,
      password_hash: user.passwordHash,
      role: user.role,
      created_at: user.createdAt,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning(columns)
    .executeTakeFirst()
  return row === undefined ? undefined : toUser(row)
}

export async function findUserByEmail(db: Db, email: Email) {
  const row = await db
    .selectFrom('users')
    .select([...columns, 'password_hash', 'password_is_public'])
    .where('email', '=', email)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return { ...toUser(row), passwordHash: row.password_hash, isPasswordPublic: row.password_is_public }
}

export async function findDemoUser(db: Db): Promise<User | undefined> {
  const row = await db.selectFrom('users').select(columns).where('is_demo', '=', true).executeTakeFirst()
  return row === undefined ? undefined : toUser(row)
}

/** Makes one user the demo customer, and no other. The demo's passwords are in the documentation. */
export async function setDemoUser(tx: Tx, id: UserId): Promise<void> {
  await tx.updateTable('users').set({ is_demo: false }).where('is_demo', '=', true).execute()
  await tx
    .updateTable('users')
    .set({ is_demo: true, password_is_public: true })
    .where('id', '=', id)
    .execute()
}

export async function setRoleAndPassword(
  db: Db,
  email: Email,
  { role, passwordHash, isPasswordPublic }: { role: Role; passwordHash: string; isPasswordPublic: boolean },
): Promise<void> {
  await db
    .updateTable('users')
    .set({ role, password_hash: passwordHash, password_is_public: isPasswordPublic })
    .where('email', '=', email)
    .execute()
}

export function toUser(row: { id: string; email: string; role: string; created_at: Temporal.Instant }): User {
  return {
    id: row.id as UserId,
    email: row.email as Email,
    role: row.role as Role,
    createdAt: row.created_at,
  }
}
