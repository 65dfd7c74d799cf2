import {
  LinkCredentialsRequest,
  LinkCredentialsResponse,
  LinkEventsRequest,
  LinkExitRequest,
  LinkFinishRequest,
  LinkFinishResponse,
  LinkInstitutionsRequest,
  LinkInstitutionsResponse,
  LinkSelectInstitutionRequest,
  LinkSelectInstitutionResponse,
  RequestIdResponse,
  StartLinkSessionRequest,
  StartLinkSessionResponse,
} from '@paddock/bank-wire'
import { formatUsd } from '@paddock/money'
import type { FastifySchema } from 'fastify'
import type { z } from 'zod'
import type { BankContext } from '../context.ts'
import type { AccountChoice } from '../link-sessions/account-choice.ts'
import { exitSession } from '../link-sessions/exit-session.ts'
import { finishSession } from '../link-sessions/finish-session.ts'
import { listSessionInstitutions, selectInstitution, startSession } from '../link-sessions/open-session.ts'
import { recordEvents } from '../link-sessions/record-events.ts'
import { submitCredentials } from '../link-sessions/session-login.ts'
import type { HttpApp } from './http-app.ts'
import { presentLinkInstitution } from './present-link.ts'

/** The calls of the Link page. Not part of the vendor's contract; the link token stands for the keys. */
export function serveLinkSessions(app: HttpApp, ctx: BankContext): void {
  call(app, 'start', StartLinkSessionRequest, StartLinkSessionResponse, async ({ link_token }) => {
    const { token, session, institution } = await startSession(ctx, link_token)
    const { clientName, products, wantedProducts } = token.request
    return {
      link_session_id: session.id,
      client_name: clientName,
      is_update_mode: token.updateItemId !== null,
      institution: institution === undefined ? null : presentLinkInstitution(institution),
      products: [...products, ...wantedProducts],
    }
  })

  call(app, 'institutions', LinkInstitutionsRequest, LinkInstitutionsResponse, async (body) => {
    const found = await listSessionInstitutions(ctx, keyOf(body), body.query)
    return { institutions: found.map(presentLinkInstitution) }
  })

  call(app, 'institution', LinkSelectInstitutionRequest, LinkSelectInstitutionResponse, async (body) => {
    const institution = await selectInstitution(ctx, keyOf(body), body.institution_id)
    return { institution: presentLinkInstitution(institution) }
  })

  call(app, 'credentials', LinkCredentialsRequest, LinkCredentialsResponse, async (body) => {
    const { username, password } = body
    const { selection, choices } = await submitCredentials(ctx, keyOf(body), { username, password })
    return { selection, accounts: choices.map(presentChoice) }
  })

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
}

function keyOf(body: { link_token: string; link_session_id: string }) {
  return { linkToken: body.link_token, sessionId: body.link_session_id }
}

const reasons: Record<NonNullable<AccountChoice['reason']>, string> = {
  not_payable: 'Cannot send or receive transfers',
}

function presentChoice({ key, account, reason }: AccountChoice) {
  const balanceMinor = account.availableMinor ?? account.currentMinor
  return {
    account_key: key,
    name: account.name,
    mask: account.mask,
    subtype: account.subtype,
    balance: balanceMinor === null ? null : formatUsd(balanceMinor),
    currency: account.currency,
    reason: reason === null ? null : reasons[reason],
  }
}

function call<Request extends z.ZodType, Response extends z.ZodType>(
  app: HttpApp,
  name: string,
  request: Request,
  response: Response,
  answer: (body: z.output<Request>, requestId: string) => Promise<Omit<z.input<Response>, 'request_id'>>,
): void {
  const schema: FastifySchema = { body: request, response: { 200: response } }
  app.post(`/link/session/${name}`, { schema }, async (req) => {
    const body = await answer(req.body as z.output<Request>, req.plaidRequestId)
    return { ...body, request_id: req.plaidRequestId }
  })
}
