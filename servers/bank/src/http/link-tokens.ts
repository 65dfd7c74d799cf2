import {
  LinkTokenCreateRequest,
  LinkTokenCreateResponse,
  LinkTokenGetRequest,
  LinkTokenGetResponse,
} from '@paddock/bank-wire'
import type { BankContext } from '../context.ts'
import { createLinkToken } from '../link-sessions/create-link-token.ts'
import { listEvents, listSessions } from '../link-sessions/link-session-store.ts'
import { findLinkToken } from '../link-sessions/link-token-store.ts'
import { BankRefused } from '../refusals.ts'
import { hashToken } from '../tokens/secret-token.ts'
import type { HttpApp } from './http-app.ts'
import { hostedLinkUrl } from './link-page.ts'
import { operation } from './operation.ts'
import { presentInstant } from './present-item.ts'
import { presentLinkMetadata, presentSession } from './present-link.ts'

export function serveLinkTokens(app: HttpApp, ctx: BankContext): void {
  operation(
    app,
    ctx,
    '/link/token/create',
    { request: LinkTokenCreateRequest, response: LinkTokenCreateResponse },
    async (body, { clientId }, origin) => {
      const { linkToken, expiresAt, userId, isHosted } = await createLinkToken(ctx, clientId, body)
      return {
        link_token: linkToken,
        expiration: presentInstant(expiresAt),
        ...(isHosted && { hosted_link_url: hostedLinkUrl(origin, linkToken) }),
        ...(userId !== null && { user_id: userId }),
      }
    },
  )

  operation(
    app,
    ctx,
    '/link/token/get',
    { request: LinkTokenGetRequest, response: LinkTokenGetResponse },
    async ({ link_token }, { clientId }) => {
      const token = await findLinkToken(ctx.db, hashToken(link_token))
      if (token === undefined || token.clientId !== clientId) throw new BankRefused('link_token_unusable')
      const sessions = await listSessions(ctx.db, token)
      const link_sessions = await Promise.all(
        sessions.map(async (session) => presentSession(ctx, session, await listEvents(ctx.db, session))),
      )
      return {
        link_token,
        created_at: presentInstant(token.createdAt),
        expiration: presentInstant(token.expiresAt),
        metadata: presentLinkMetadata(token.request),
        ...(token.request.userId != null && { user_id: token.request.userId }),
        link_sessions,
      }
    },
  )
}
