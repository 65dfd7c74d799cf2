import type { BankContext } from '../context.ts'
import { breakLogin } from '../items/break-login.ts'
import { listItemsOfUser } from '../items/item-origin.ts'
import { endItem } from '../items/remove-item.ts'
import { BankRefused } from '../refusals.ts'
import { randomId } from '../tokens/object-id.ts'
import { derivedUuid, hashToken, tokenOf } from '../tokens/secret-token.ts'
import type { Identity, User } from './user.ts'
import { deleteUser, findUser, insertUser, lockUser, saveIdentity } from './user-store.ts'

/** How a request names a user: in new integrations by its id, in older ones by its token. */
export interface UserNamed {
  user_id?: string | undefined
  user_token?: string | undefined
}

/** The user of this name of the client's own, made where there is none yet; its token is always the same. */
export async function createUser(
  ctx: BankContext,
  clientId: string,
  clientUserId: string,
  identity: Identity | undefined,
): Promise<{ user: User; token: string }> {
  const now = ctx.clock.now()
  const id = `usr_${randomId(14)}`
  const made: User = {
    clientId,
    id,
    clientUserId,
    identity: identity ?? null,
    createdAt: now,
    updatedAt: now,
  }
  const user = await ctx.db.transaction().execute(async (tx) => {
    const isNew = await insertUser(tx, ctx.cipher, made, hashToken(tokenOfUser(ctx, made)))
    return isNew ? made : await findUser(tx, ctx.cipher, clientId, { client_user_id: clientUserId })
  })
  // Somebody removed it between the two statements.
  if (user === undefined) return createUser(ctx, clientId, clientUserId, identity)
  return { user, token: tokenOfUser(ctx, user) }
}

/** Derived with the server's key, because whoever creates a user again is told it again and only its hash is kept. */
function tokenOfUser(ctx: BankContext, { clientId, id }: User): string {
  return tokenOf('user', derivedUuid(ctx.cipher, `user token of ${clientId} ${id}`))
}

/** The user that a request names, which must be the client's own; `undefined` where it names none. */
export async function findNamedUser(
  ctx: BankContext,
  clientId: string,
  { user_id: id, user_token: token }: UserNamed,
): Promise<User | undefined> {
  if (id === undefined && token === undefined) return undefined
  const user = await findUser(
    ctx.db,
    ctx.cipher,
    clientId,
    token === undefined ? { id: id ?? '' } : { token_hash: hashToken(token) },
  )
  if (user === undefined || (id !== undefined && user.id !== id)) {
    throw new BankRefused(token === undefined ? 'user_id_unknown' : 'user_token_unknown')
  }
  return user
}

export async function openUser(ctx: BankContext, clientId: string, named: UserNamed): Promise<User> {
  const user = await findNamedUser(ctx, clientId, named)
  if (user === undefined) throw new BankRefused('user_unnamed')
  return user
}

/** What is told takes the place of what was known; what is not told stays. */
export async function updateUser(
  ctx: BankContext,
  { clientId, id }: User,
  identity: Identity | undefined,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const user = await lockUser(tx, ctx.cipher, clientId, id)
    if (user === undefined) throw new BankRefused('user_id_unknown')
    const told = Object.fromEntries(Object.entries(identity ?? {}).filter(([, value]) => value !== undefined))
    const merged = identity === undefined ? user.identity : { ...user.identity, ...told }
    await saveIdentity(tx, ctx.cipher, { ...user, identity: merged, updatedAt: ctx.clock.now() })
  })
}

/** Forgets a user and ends the access to all its items. */
export async function removeUser(ctx: BankContext, { clientId, id }: User): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const user = await lockUser(tx, ctx.cipher, clientId, id)
    if (user === undefined) throw new BankRefused('user_id_unknown')
    for (const item of await listItemsOfUser(tx, user)) await endItem(ctx, tx, item)
    await deleteUser(tx, user)
  })
}

/** Breaks the logins of a user's items, all or those asked for. */
export async function resetLogins(
  ctx: BankContext,
  user: User,
  itemIds: readonly string[] | undefined,
): Promise<void> {
  const items = await listItemsOfUser(ctx.db, user)
  if (itemIds?.some((id) => !items.some((item) => item.id === id))) throw new BankRefused('user_lacks_item')
  for (const item of items) if (itemIds?.includes(item.id) ?? true) await breakLogin(ctx, item)
}
