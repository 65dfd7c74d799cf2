import { DomainError } from '@paddock/kernel'
import type { BodyProblem } from '@paddock/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { AccountRejection } from '../accounts/account.ts'
import type { RelationshipRejection } from '../ach/relationship.ts'
import type { ActivityRejection } from '../activities/activity-id.ts'
import type { AnswerRejection } from '../answers/decide-case.ts'
import type { BankRefusal } from '../bank/bank-client.ts'
import type { CorporateActionRejection } from '../corporate-actions/corporate-action.ts'
import type { DocumentRejection } from '../documents/document.ts'
import type { StreamRejection } from '../events/stream-query.ts'
import type { HistoryRejection } from '../history/history-span.ts'
import type { IdempotencyRefused } from '../idempotency/idempotent-answer.ts'
import type { InstantFundingRejection } from '../instant-funding/instant-funding.ts'
import type { JournalRejection } from '../journals/journal.ts'
import type { KeyRejection } from '../keys/api-key.ts'
import type { MarketDataRejection } from '../market-data/history-page.ts'
import type { OAuthRejection } from '../oauth/oauth-client.ts'
import type { OrderRejection } from '../orders/order.ts'
import type { ProofRejection } from '../origination/proof.ts'
import type { PositionRejection } from '../positions/position.ts'
import type { RebalancingRejection } from '../rebalancing/rebalancing.ts'
import type { ReconciliationRejection } from '../reconciliation/reconciliation.ts'
import type { TraceRejection } from '../reconciliation/trace-subject.ts'
import type { ReportRejection } from '../reporting/report-day.ts'
import type { RiskRejection } from '../risk/risk-rejection.ts'
import type { SimRejection } from '../sim/sim-rejection.ts'
import type { TransferRejection } from '../transfers/transfer.ts'
import type { WatchlistRejection } from '../watchlists/watchlist.ts'
import type { BankRejection } from '../wires/recipient-bank.ts'
import { accountErrors } from './account-errors.ts'
import { achErrors } from './ach-errors.ts'
import { corporateActionErrors } from './corporate-action-errors.ts'
import { bankErrors, relationshipErrors, transferErrors } from './funding-errors.ts'
import { instantFundingErrors } from './instant-funding-errors.ts'
import { journalErrors } from './journals-errors.ts'
import { keyErrors } from './key-errors.ts'
import { oauthErrors } from './oauth-errors.ts'
import { type Answer, answerOutsideRoutes } from './outside-routes.ts'
import { historyErrors } from './portfolio-history.ts'
import { rebalancingErrors } from './rebalancing-errors.ts'
import { reconciliationErrors, traceErrors } from './reconciliation-errors.ts'
import { reportErrors } from './report-errors.ts'
import { riskErrors } from './risk-errors.ts'
import { orderErrors } from './trading/order-errors.ts'
import { inputOf, refuseIssue, toIssue } from './validation-answer.ts'
import { watchlistErrors } from './watchlist-errors.ts'
import { type Details, type WireError, WireRefused } from './wire-error.ts'

export type Rejection =
  | AnswerRejection
  | ProofRejection
  | AccountRejection
  | ActivityRejection
  | RelationshipRejection
  | BankRejection
  | TransferRejection
  | InstantFundingRejection
  | IdempotencyRefused['code']
  | JournalRejection
  | KeyRejection
  | BankRefusal
  | StreamRejection
  | SimRejection
  | BodyProblem
  | DocumentRejection
  | HistoryRejection
  | MarketDataRejection
  | OAuthRejection
  | OrderRejection
  | PositionRejection
  | RebalancingRejection
  | CorporateActionRejection
  | WatchlistRejection
  | ReportRejection
  | ReconciliationRejection
  | TraceRejection
  | RiskRejection

const text = (details: Details, key: string) => String(details[key])

/** Every rejection has one wire answer. A new rejection without a row here does not compile. */
export const wireErrors: Record<Rejection, WireError> = {
  ...keyErrors,
  ...achErrors,
  ...oauthErrors,
  ...rebalancingErrors,
  ...accountErrors,
  ...orderErrors,
  ...corporateActionErrors,
  ...watchlistErrors,
  ...reportErrors,
  ...journalErrors,
  ...historyErrors,
  ...relationshipErrors,
  ...bankErrors,
  ...transferErrors,
  ...riskErrors,
  ...reconciliationErrors,
  ...traceErrors,
  ...instantFundingErrors,
  page_token_invalid: { status: 400, code: 40010001, message: 'page_token is invalid' },

  issued_document_not_found: { status: 404, code: 40410000, message: 'document not found' },
  activity_token_invalid: { status: 422, code: 40010001, message: 'page_token is invalid' },

  media_type_not_supported: {
    status: 415,
    code: 41510000,
    message: 'content-type must be application/json',
  },
  json_malformed: {
    status: 400,
    code: 40010000,
    message: 'request body format is invalid: it is not valid JSON',
  },
  text_not_storable: {
    status: 400,
    code: 40010000,
    message: 'request body format is invalid: text holds a character that cannot be stored',
  },

  processor_token_refused: {
    status: 422,
    code: 40010001,
    message: (details) => `processor_token was refused by the bank: ${text(details, 'errorCode')}`,
  },
  bank_account_unsuitable: {
    status: 422,
    code: 40010001,
    message: 'processor_token must stand for a US checking or savings account with ACH numbers',
  },
  bank_unreachable: { status: 503, code: 50310000, message: 'the bank did not answer; try again' },

  idempotency_key_reused: {
    status: 422,
    code: 40010001,
    message: 'Idempotency-Key was already used with another request body',
  },
  cursor_invalid: {
    status: 422,
    code: 40010001,
    message: (details) => `${text(details, 'parameter')} is invalid`,
  },
  cursors_mixed: {
    status: 422,
    code: 40010001,
    message: 'only one of since, since_id and since_ulid may be given',
  },
  until_without_since: {
    status: 422,
    code: 40010001,
    message: (details) => `${text(details, 'until')} needs ${text(details, 'since')}`,
  },
  cursor_ahead: {
    status: 422,
    code: 40010001,
    message: 'the cursor is ahead of the last event: it is not from this server',
  },
  since_without_until: {
    status: 422,
    code: 40010001,
    message: 'on this stream since needs until; since_id may stand alone',
  },
  until_ahead: { status: 422, code: 40010001, message: 'the end cannot be in the future' },
  filter_unknown: {
    status: 422,
    code: 40010001,
    message: (details) => `${text(details, 'parameter')} must be one of ${text(details, 'known')}`,
  },
  event_not_found: { status: 404, code: 40410000, message: 'event not found' },
  stream_retired: {
    status: 410,
    code: 41010000,
    message: (details) => `this stream is retired, use ${text(details, 'successor')}`,
  },
  too_many_streams: { status: 429, code: 42910000, message: 'too many requests' },

  clock_moves_forward_only: { status: 422, code: 40010001, message: 'the clock only moves forward' },
  clock_too_far: { status: 422, code: 40010001, message: 'the clock moves at most 400 days at once' },
  fill_above_order: {
    status: 422,
    code: 40010001,
    message: (details) => `only ${text(details, 'open')} of the order are open`,
  },
  fill_needs_cash: { status: 422, code: 40010001, message: 'the account cannot pay for this execution' },
  order_not_acknowledgeable: {
    status: 422,
    code: 40010001,
    message: (details) => `nobody waits for an answer to an order in status ${text(details, 'status')}`,
  },
  order_not_steerable: {
    status: 422,
    code: 40010001,
    message: (details) => `not possible with an order in status ${text(details, 'status')}`,
  },
  transfer_not_settleable: {
    status: 422,
    code: 40010001,
    message: (details) => `a transfer in status ${text(details, 'status')} cannot settle`,
  },
  transfer_not_returnable: {
    status: 422,
    code: 40010001,
    message: (details) => `a transfer in status ${text(details, 'status')} cannot be returned`,
  },
}

/** Turns whatever went wrong into `{code, message}`. What nobody expected stays in the log. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, body } = toAnswer(error, request)
  if (status >= 500) request.log.error({ err: error, route: request.routeOptions.url }, 'request failed')
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body))
}

/** What the table says about a rejection. */
export function messageOf({ code, details }: DomainError): string {
  const { message } = wireErrors[code as Rejection]
  return typeof message === 'string' ? message : message(details)
}

function toAnswer(error: unknown, request: FastifyRequest): Answer {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const { validation, validationContext = 'body' } = error
    const [first] = validation
    const issue = toIssue(first ?? { instancePath: '' })
    return toAnswer(refuseIssue(issue, validationContext, inputOf(request, validationContext)), request)
  }
  if (error instanceof WireRefused) {
    return { status: error.status, body: { code: error.wireCode, message: error.message } }
  }
  if (error instanceof DomainError && error.code in wireErrors) {
    const { status, code, fields } = wireErrors[error.code as Rejection]
    return { status, body: { code, message: messageOf(error), ...fields?.(error.details) } }
  }
  return answerOutsideRoutes(error)
}
