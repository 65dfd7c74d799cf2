import {
  HostedLinkRequest,
  HostedLinkResponse,
  LinkCredentialsRequest,
  LinkCredentialsResponse,
  LinkEventsRequest,
  LinkExitRequest,
  LinkFinishRequest,
  LinkFinishResponse,
  LinkInstitutionsRequest,
  LinkInstitutionsResponse,
  LinkMfaRequest,
  LinkOauthBeginRequest,
  LinkOauthBeginResponse,
  LinkOauthDecisionRequest,
  LinkOauthDecisionResponse,
  LinkSelectInstitutionRequest,
  LinkSelectInstitutionResponse,
  RequestIdResponse,
  StartLinkSessionRequest,
  StartLinkSessionResponse,
} from '@paddock/bank-wire'
import type { BankContext } from '../context.ts'
import { exitSession } from '../link-sessions/exit-session.ts'
import { finishSession } from '../link-sessions/finish-session.ts'
import { beginOauth, oauthDecision, returnFromOauth } from '../link-sessions/oauth.ts'
import type { OauthState } from '../link-sessions/oauth-store.ts'
import {
  listSessionInstitutions,
  openHosted,
  openLinkToken,
  selectInstitution,
  startSession,
} from '../link-sessions/open-session.ts'
import { recordEvents } from '../link-sessions/record-events.ts'
import { answerMfa, type SignInAnswer, submitCredentials } from '../link-sessions/session-login.ts'
import { personBehind } from '../link-sessions/told-person.ts'
import { byHandOf } from '../verification/auth-flows.ts'
import { findTypedAccount } from '../verification/code.ts'
import type { HttpApp } from './http-app.ts'
import { call, keyOf } from './link-call.ts'
import { serveLinkNumbers } from './link-numbers.ts'
import { serveOauthPage } from './link-oauth.ts'
import {
  presentByHand,
  presentChoice,
  presentCountries,
  presentLinkInstitution,
  presentTyped,
} from './present-link.ts'

/** The calls of the Link page. Not part of the vendor's contract; the link token stands for the keys. */
export function serveLinkSessions(app: HttpApp, ctx: BankContext): void {
  call(app, 'start', StartLinkSessionRequest, StartLinkSessionResponse, async (body) => {
    const { link_token, oauth_state_id: stateId } = body
    const { token, session, institution, state } =
      stateId === undefined
        ? { ...(await startSession(ctx, link_token)), state: undefined }
        : await returnFromOauth(ctx, await openLinkToken(ctx, link_token), stateId)
    const { clientName, products, wantedProducts } = token.request
    return {
      link_session_id: session.id,
      client_name: clientName,
      is_update_mode: token.updateItemId !== null,
      institution: institution === undefined ? null : presentLinkInstitution(institution),
      products: [...products, ...wantedProducts],
      countries: presentCountries(token.request.countryCodes),
      oauth: state === undefined ? null : presentDecision(state),
      by_hand: presentByHand(byHandOf(token), personBehind(ctx, token)?.legalName),
      typed: presentTyped(await findTypedAccount(ctx, token)),
    }
  })

  call(app, 'hosted', HostedLinkRequest, HostedLinkResponse, async ({ link_token }) => {
    const { clientName, completionRedirectUri } = await openHosted(ctx, link_token)
    return { client_name: clientName, completion_redirect_uri: completionRedirectUri }
  })

  call(app, 'institutions', LinkInstitutionsRequest, LinkInstitutionsResponse, async (body) => {
    const found = await listSessionInstitutions(ctx, keyOf(body), body.query, body.country_code)
    return { institutions: found.map(presentLinkInstitution) }
  })

  call(app, 'institution', LinkSelectInstitutionRequest, LinkSelectInstitutionResponse, async (body) => {
    const institution = await selectInstitution(ctx, keyOf(body), body.institution_id)
    return { institution: presentLinkInstitution(institution) }
  })

  call(app, 'credentials', LinkCredentialsRequest, LinkCredentialsResponse, async (body) => {
    const { username, password } = body
    return presentSignIn(await submitCredentials(ctx, keyOf(body), { username, password }))
  })

  call(app, 'mfa', LinkMfaRequest, LinkCredentialsResponse, async (body) =>
    presentSignIn(await answerMfa(ctx, keyOf(body), body.answers)),
  )

  call(app, 'oauth-begin', LinkOauthBeginRequest, LinkOauthBeginResponse, async (body) => {
    const { stateId, leavesPage } = await beginOauth(ctx, keyOf(body))
    return { oauth_state_id: stateId, leaves_page: leavesPage }
  })

  call(app, 'oauth-decision', LinkOauthDecisionRequest, LinkOauthDecisionResponse, async (body) =>
    presentDecision(await oauthDecision(ctx, keyOf(body), body.oauth_state_id)),
  )

  call(app, 'finish', LinkFinishRequest, LinkFinishResponse, async (body) => {
    const { publicToken, metadata } = await finishSession(ctx, keyOf(body), body.account_keys)
    return { public_token: publicToken, metadata }
  })

  call(app, 'exit', LinkExitRequest, RequestIdResponse, async (body, requestId) => {
    const { status = null, error = null } = body
    await exitSession(ctx, keyOf(body), { status, error, requestId })
    return {}
  })

  call(app, 'events', LinkEventsRequest, RequestIdResponse, async (body) => {
    const events = body.events.map((event) => ({ name: event.event_name, metadata: event.event_metadata }))
    await recordEvents(ctx, keyOf(body), events)
    return {}
  })

  serveLinkNumbers(app, ctx)
  serveOauthPage(app, ctx)
}

function presentDecision({ decision, accountKeys }: OauthState) {
  return { decision, account_keys: [...accountKeys] }
}

function presentSignIn(answer: SignInAnswer) {
  if (answer.mfa === null) {
    const { selection, choices, asksNumbers: asks_numbers } = answer
    return { mfa: null, selection, accounts: choices.map(presentChoice), asks_numbers }
  }
  const { type, round, rounds, questions, hint } = answer.mfa
  const asked = questions.map(({ text, options }) => ({ text, options: [...options] }))
  const mfa = { type, round, rounds, questions: asked, hint }
  return { mfa, selection: 'none' as const, accounts: [], asks_numbers: false }
}
