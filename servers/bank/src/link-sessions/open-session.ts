import { randomUUID } from 'node:crypto'
import type { BankContext } from '../context.ts'
import { findInstitution } from '../institutions/catalog.ts'
import { listInstitutions, searchInstitutions } from '../institutions/find-institutions.ts'
import type { Institution } from '../institutions/institution.ts'
import { findItem } from '../items/item-store.ts'
import { BankRefused } from '../refusals.ts'
import { hashToken } from '../tokens/secret-token.ts'
import { canVerify } from '../verification/auth-flows.ts'
import type { LinkSession } from './link-session.ts'
import { findSession, insertSession, updateSession } from './link-session-store.ts'
import type { LinkToken } from './link-token.ts'
import { findLinkToken } from './link-token-store.ts'
import { watchSession } from './session-end.ts'

/** What the page shows with every call: the token and the session together are its key. */
export interface SessionKey {
  linkToken: string
  sessionId: string
}

export interface OpenSession {
  token: LinkToken
  session: LinkSession
}

/** The link token of this text, refused when it is unknown or over. */
export async function openLinkToken(ctx: BankContext, linkToken: string): Promise<LinkToken> {
  const token = await findLinkToken(ctx.db, hashToken(linkToken))
  if (token === undefined || Temporal.Instant.compare(token.expiresAt, ctx.clock.now()) <= 0) {
    throw new BankRefused('link_token_unusable')
  }
  return token
}

/** What the page of a hosted Link must know before it opens Link. */
export async function openHosted(
  ctx: BankContext,
  linkToken: string,
): Promise<{ clientName: string; completionRedirectUri: string | null }> {
  const { clientName, hosted } = (await openLinkToken(ctx, linkToken)).request
  if (hosted == null) throw new BankRefused('link_token_unusable')
  return { clientName, ...hosted }
}

/** Begins a session. In the sandbox a link token may be used again. */
export async function startSession(
  ctx: BankContext,
  linkToken: string,
): Promise<OpenSession & { institution: Institution | undefined }> {
  const token = await openLinkToken(ctx, linkToken)
  const institution = token.updateItemId === null ? undefined : await institutionOfItem(ctx, token)
  const session: LinkSession = {
    clientId: token.clientId,
    id: randomUUID(),
    linkTokenHash: token.hash,
    institutionId: institution?.id ?? null,
    loginCipher: null,
    numbersCipher: null,
    startedAt: ctx.clock.now(),
    finishedAt: null,
    outcome: null,
    endToldAt: null,
  }
  await ctx.db.transaction().execute(async (tx) => {
    await insertSession(tx, session)
    await watchSession(ctx, tx, token, session, linkToken)
  })
  return { token, session, institution }
}

/** A session that is under way. */
export async function openSession(ctx: BankContext, key: SessionKey): Promise<OpenSession> {
  return sessionUnderWay(ctx, await openLinkToken(ctx, key.linkToken), key.sessionId)
}

export async function sessionUnderWay(
  ctx: BankContext,
  token: LinkToken,
  sessionId: string,
): Promise<OpenSession> {
  const session = await findSession(ctx.db, token, sessionId)
  if (session === undefined || session.finishedAt !== null) throw new BankRefused('link_session_unknown')
  return { token, session }
}

/** The banks that sell what the client asked for, those that match `query` first. */
export async function listSessionInstitutions(
  ctx: BankContext,
  key: SessionKey,
  query: string,
  countryCode?: string,
): Promise<Institution[]> {
  const { request } = (await openSession(ctx, key)).token
  const countryCodes = request.countryCodes.filter((code) => (countryCode ?? code) === code)
  const filter = { countryCodes, products: request.products }
  const found = query.trim() === '' ? listInstitutions(filter) : searchInstitutions(query, filter)
  return found.filter((institution) => canVerify(request, institution))
}

/** Chooses the bank of a session; one that is down is refused before anyone types a password. */
export async function selectInstitution(
  ctx: BankContext,
  key: SessionKey,
  institutionId: string,
): Promise<Institution> {
  const { token, session } = await openSession(ctx, key)
  const { countryCodes, products } = token.request
  const institution = listInstitutions({ countryCodes, products }).find(({ id }) => id === institutionId)
  if (institution === undefined || token.updateItemId !== null) throw new BankRefused('institution_unknown')
  if (!canVerify(token.request, institution)) throw new BankRefused('institution_unknown')
  await updateSession(ctx.db, session, { institutionId, loginCipher: null })
  if (institution.health === 'DOWN') throw new BankRefused('institution_down')
  return institution
}

async function institutionOfItem(ctx: BankContext, token: LinkToken): Promise<Institution> {
  const found = await findItem(ctx.db, token.clientId, token.updateItemId ?? '')
  if (found === undefined || found.removed) throw new BankRefused('item_removed')
  const institution = findInstitution(found.item.institutionId)
  if (institution === undefined) throw new BankRefused('institution_no_longer_supported')
  return institution
}
