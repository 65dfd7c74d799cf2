import {
  RequestIdResponse,
  SandboxUserResetLoginRequest,
  UserCreateRequest,
  UserCreateResponse,
  UserGetRequest,
  UserGetResponse,
  UserItemsGetRequest,
  UserItemsGetResponse,
  UserRemoveRequest,
  UserUpdateRequest,
} from '@paddock/bank-wire'
import type { BankContext } from '../context.ts'
import { listItemsOfUser } from '../items/item-origin.ts'
import { readIdentity } from '../users/user.ts'
import { createUser, openUser, removeUser, resetLogins, updateUser } from '../users/users.ts'
import type { HttpApp } from './http-app.ts'
import { operation } from './operation.ts'
import { presentInstant, presentItem } from './present-item.ts'

/** People that a client tells about, to whom items belong (contracts/plaid/users.md). */
export function serveUsers(app: HttpApp, ctx: BankContext): void {
  operation(
    app,
    ctx,
    '/user/create',
    { request: UserCreateRequest, response: UserCreateResponse },
    async ({ client_user_id, ...told }, { clientId }) => {
      const { user, token } = await createUser(ctx, clientId, client_user_id, readIdentity(told))
      return { user_id: user.id, user_token: token }
    },
  )

  operation(
    app,
    ctx,
    '/user/get',
    { request: UserGetRequest, response: UserGetResponse },
    async (named, { clientId }) => {
      const user = await openUser(ctx, clientId, named)
      return {
        user_id: user.id,
        client_user_id: user.clientUserId,
        created_at: presentInstant(user.createdAt),
        updated_at: presentInstant(user.updatedAt),
        identity: user.identity,
      }
    },
  )

  operation(
    app,
    ctx,
    '/user/update',
    { request: UserUpdateRequest, response: RequestIdResponse },
    async (body, { clientId }) => {
      await updateUser(ctx, await openUser(ctx, clientId, body), readIdentity(body))
      return {}
    },
  )

  operation(
    app,
    ctx,
    '/user/remove',
    { request: UserRemoveRequest, response: RequestIdResponse },
    async (named, { clientId }) => {
      await removeUser(ctx, await openUser(ctx, clientId, named))
      return {}
    },
  )

  operation(
    app,
    ctx,
    '/user/items/get',
    { request: UserItemsGetRequest, response: UserItemsGetResponse },
    async (named, { clientId }) => {
      const items = await listItemsOfUser(ctx.db, await openUser(ctx, clientId, named))
      return { items: items.map(presentItem) }
    },
  )

  operation(
    app,
    ctx,
    '/sandbox/user/reset_login',
    { request: SandboxUserResetLoginRequest, response: RequestIdResponse },
    async ({ item_ids, ...named }, { clientId }) => {
      await resetLogins(ctx, await openUser(ctx, clientId, named), item_ids)
      return {}
    },
  )
}
