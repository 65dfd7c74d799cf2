import { randomUUID } from 'node:crypto'
import { signInAndOpen } from '../bank-accounts/open-accounts.ts'
import type { BankContext } from '../context.ts'
import type { Institution } from '../institutions/institution.ts'
import { DEFAULT_LOGIN } from '../personas/sign-in.ts'
import { BankRefused } from '../refusals.ts'
import { type AccountOffer, offerAccounts, pickAccounts } from './account-choice.ts'
import type { LinkToken } from './link-token.ts'
import { findLinkTokenOfSession } from './link-token-store.ts'
import {
  decideOauthState,
  findOauthState,
  insertOauthState,
  type OauthState,
  returnOauthState,
} from './oauth-store.ts'
import { type OpenSession, openSession, type SessionKey, sessionUnderWay } from './open-session.ts'
import { institutionOf, keepLogin } from './session-login.ts'

/** Sends the person to the bank's own page; `leavesPage` when it takes the place of the app's. */
export async function beginOauth(
  ctx: BankContext,
  key: SessionKey,
): Promise<{ stateId: string; leavesPage: boolean }> {
  const { token, session } = await openSession(ctx, key)
  if (!institutionOf(session).oauth) throw new BankRefused('institution_unknown')
  const stateId = randomUUID()
  await insertOauthState(
    ctx.db,
    { clientId: session.clientId, id: stateId, sessionId: session.id },
    ctx.clock.now(),
  )
  return { stateId, leavesPage: leavesPage(token) }
}

/** Hosted Link stays on its page: the app's page was never there. */
function leavesPage({ request }: LinkToken): boolean {
  return request.redirectUri !== null && request.hosted == null
}

/** What the bank's page shows: who asks, and the accounts that can be shared. */
export async function describeOauth(
  ctx: BankContext,
  stateId: string,
): Promise<{
  token: LinkToken
  institution: Institution
  offer: AccountOffer
}> {
  const { open } = await openState(ctx, stateId)
  const institution = institutionOf(open.session)
  const accounts = await ctx.db
    .transaction()
    .execute((tx) => signInAndOpen(ctx, tx, institution, DEFAULT_LOGIN))
  return { token: open.token, institution, offer: await offerAccounts(ctx, ctx.db, open.token, accounts) }
}

/** The person's decision at the bank, and the address to go back to when the app's page was left. */
export async function decideOauth(
  ctx: BankContext,
  stateId: string,
  accountKeys: readonly string[] | null,
): Promise<{ returnTo: string | null }> {
  const { state, open } = await openState(ctx, stateId)
  const { token, session } = open
  if (accountKeys !== null) {
    const { offer } = await describeOauth(ctx, stateId)
    if (offer.selection !== 'none') pickAccounts(offer, accountKeys)
  }
  const decision = accountKeys === null ? 'refused' : 'shared'
  await ctx.db.transaction().execute(async (tx) => {
    const first = await decideOauthState(tx, state, decision, accountKeys ?? [], ctx.clock.now())
    if (!first) throw new BankRefused('oauth_state_processed')
    if (decision === 'shared') await keepLogin(ctx, tx, session, { login: DEFAULT_LOGIN, step: 0 })
  })
  return { returnTo: leavesPage(token) ? `${token.request.redirectUri}?oauth_state_id=${stateId}` : null }
}

/** For Link, which waits beside the bank's window. */
export async function oauthDecision(ctx: BankContext, key: SessionKey, stateId: string): Promise<OauthState> {
  const { session } = await openSession(ctx, key)
  const state = await findOauthState(ctx.db, stateId)
  if (state === undefined || state.sessionId !== session.id) throw new BankRefused('oauth_state_unknown')
  return state
}

/** The session that goes on when the app's page comes back from the bank. It does so once. */
export async function returnFromOauth(
  ctx: BankContext,
  token: LinkToken,
  stateId: string,
): Promise<OpenSession & { institution: Institution; state: OauthState }> {
  const state = await findOauthState(ctx.db, stateId)
  if (state === undefined) throw new BankRefused('oauth_state_unknown')
  const owner = await findLinkTokenOfSession(ctx.db, state.clientId, state.sessionId)
  if (owner?.hash !== token.hash) throw new BankRefused('oauth_link_token_wrong')
  if (!(await returnOauthState(ctx.db, state, ctx.clock.now())))
    throw new BankRefused('oauth_state_processed')
  const { session } = await sessionUnderWay(ctx, token, state.sessionId)
  return { token, session, institution: institutionOf(session), state }
}

async function openState(
  ctx: BankContext,
  stateId: string,
): Promise<{ state: OauthState; open: OpenSession }> {
  const state = await findOauthState(ctx.db, stateId)
  const token =
    state === undefined ? undefined : await findLinkTokenOfSession(ctx.db, state.clientId, state.sessionId)
  if (state === undefined || token === undefined) throw new BankRefused('oauth_state_unknown')
  if (state.decision !== 'waiting') throw new BankRefused('oauth_state_processed')
  return { state, open: await sessionUnderWay(ctx, token, state.sessionId) }
}
