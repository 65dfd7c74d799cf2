import { DomainError } from '@paddock/kernel'
import type { ErrorBody } from '@paddock/platform-wire'
import type { BodyProblem } from '@paddock/service'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { AccountRefusal } from '../applications/account-refused.ts'
import type { BankRefusal } from '../bank/bank-refused.ts'
import { BrokerRefused, refusalOf } from '../broker/refusal.ts'
import { isBrokerUnavailable } from '../broker/unavailable.ts'
import { type FieldProblem, FieldsRefused } from '../fields-refused.ts'
import type { FundingRefusal } from '../funding/funding-refused.ts'
import type { IdentityRefusal } from '../identity/identity-refused.ts'
import type { IntentProblem } from '../intents/intent.ts'
import type { JournalRefusal } from '../journals/journal-refused.ts'
import type { OrderRefusal } from '../trading/order-refused.ts'
import { dataHeaders } from './headers.ts'

interface WireError {
  readonly status: number
  readonly message: string
}

export type RequestProblem =
  | 'body_too_large'
  | 'broker_unavailable'
  | 'internal_error'
  | 'invalid_input'
  | 'request_invalid'

type Refusal =
  | AccountRefusal
  | BankRefusal
  | BodyProblem
  | FundingRefusal
  | IdentityRefusal
  | IntentProblem
  | JournalRefusal
  | OrderRefusal
  | RequestProblem

/** Every rejection has one wire answer. A new rejection without a row here does not compile. */
export const wireErrors: Record<Refusal, WireError> = {
  // The request itself
  body_too_large: { status: 413, message: 'The request is too large.' },
  internal_error: { status: 500, message: 'Something went wrong on our side. Tell us the request id.' },
  invalid_input: { status: 422, message: 'Some fields need another look.' },
  json_malformed: { status: 400, message: 'The request body is not valid JSON.' },
  media_type_not_supported: { status: 415, message: 'The request body must be application/json.' },
  not_found: { status: 404, message: 'There is nothing here.' },
  request_invalid: { status: 400, message: 'The request could not be read.' },
  text_not_storable: { status: 400, message: 'A text holds a character that cannot be stored.' },

  // Identity
  credentials_wrong: { status: 401, message: 'E-mail or password is wrong.' },
  email_malformed: { status: 422, message: 'This is not an e-mail address.' },
  email_taken: {
    status: 409,
    message: 'This e-mail address cannot be used. If it is yours, sign in instead.',
  },
  no_demo_customer: { status: 404, message: 'There is no demo customer here.' },
  not_signed_in: { status: 401, message: 'Sign in first: there is no session, or it has ended.' },
  operators_only: { status: 403, message: 'Only operators may see this.' },
  origin_not_allowed: { status: 403, message: 'This page is not allowed to do that here.' },
  password_too_long: { status: 422, message: 'The password is too long: 128 characters at most.' },
  password_too_short: { status: 422, message: 'The password is too short: 8 characters at least.' },
  refresh_token_invalid: { status: 401, message: 'The refresh token is not valid. Sign in again.' },
  too_busy: { status: 429, message: 'Too many people are signing in just now. Try again in a moment.' },
  too_many_streams: { status: 429, message: 'Too many pages are open at once.' },
  too_many_attempts: { status: 429, message: 'Too many wrong passwords. Wait a while, then try again.' },

  // Accounts and banks
  account_exists: { status: 409, message: 'You have a brokerage account already.' },
  account_missing: { status: 404, message: 'You have no brokerage account yet. Open one first.' },
  sandbox_only: { status: 403, message: 'Sample data can be used in sandboxes only.' },
  bank_account_not_eligible: {
    status: 422,
    message:
      'Money can move only from and to a checking or savings account. Nothing was connected. Choose another one.',
  },
  bank_connected_already: {
    status: 409,
    message: 'A bank is connected already. Nothing was changed. Remove it first to connect another one.',
  },
  bank_connection_lost: { status: 409, message: 'The connection to the bank is lost. Link the bank again.' },
  bank_refused: { status: 422, message: 'The bank refused. Nothing was changed.' },
  processor_token_invalid: {
    status: 422,
    message: 'The bank does not know this processor token. Nothing was connected. Link the bank again.',
  },
  public_token_invalid: {
    status: 422,
    message: 'The link has expired or was used already. No bank was connected. Link again.',
  },

  // Money
  amount_not_valid: {
    status: 422,
    message: 'The amount must be dollars above zero with at most two decimals.',
  },
  transfer_too_small: {
    status: 422,
    message: 'The amount is below the smallest transfer. Nothing was moved. Choose $1 or more.',
  },
  commission_not_valid: { status: 422, message: 'The commission must be dollars with at most two decimals.' },
  notional_not_valid: {
    status: 422,
    message: 'The amount must be dollars above zero with at most two decimals.',
  },
  quantity_not_valid: {
    status: 422,
    message: 'The quantity must be above zero with at most nine decimals.',
  },
  cash_or_shares: {
    status: 422,
    message: 'Cash needs an amount and nothing else; shares need a symbol and a quantity. Nothing was moved.',
  },
  journal_account_unknown: {
    status: 404,
    message: 'No account goes by this name. Nothing was moved. Give its id or the e-mail of its owner.',
  },
  quantity_or_notional: { status: 422, message: 'Give either a quantity or an amount in dollars.' },
  request_id_taken: {
    status: 409,
    message: 'This id was used for another request before. Nothing new was done. Use a new id.',
  },
  request_under_way: {
    status: 409,
    message:
      'Another request is under way whose outcome is not known yet. This one was not sent. Try again in a moment.',
  },
  outcome_unknown: {
    status: 504,
    message: 'We do not know yet whether it went through. We are finding out; nothing will be done twice.',
  },

  // The other sides
  bank_unavailable: { status: 503, message: 'The bank does not answer just now. Try again in a moment.' },
  broker_unavailable: { status: 503, message: 'The broker does not answer just now. Try again in a moment.' },
}

type ErrorDetails = NonNullable<ErrorBody['error']['details']>

/** Turns whatever was thrown into the one shape; what we did not foresee stays in the log. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof FieldsRefused) return answer(request, reply, 'invalid_input', { fields: error.fields })
  if (hasZodFastifySchemaValidationErrors(error)) {
    return answer(request, reply, 'invalid_input', { fields: error.validation.map(toFieldProblem) })
  }
  if (error instanceof DomainError && error.code in wireErrors) {
    return answer(request, reply, error.code as Refusal, { details: toDetails(error.details) })
  }
  const refused = error instanceof BrokerRefused ? error : refusalOf(error)
  if (refused !== undefined) return answerRefusal(request, reply, refused)
  if (isBrokerUnavailable(error)) {
    request.log.warn({ err: error }, 'the broker does not answer')
    return answer(request, reply, 'broker_unavailable')
  }
  const { statusCode = 500, code } = error as FastifyError
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return answer(request, reply, 'body_too_large')
  if (statusCode >= 400 && statusCode < 500) return answer(request, reply, 'request_invalid', { statusCode })
  request.log.error({ err: error }, 'request failed')
  return answer(request, reply, 'internal_error')
}

export function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return answer(request, reply, 'not_found')
}

function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  code: Refusal,
  extra: { fields?: FieldProblem[]; details?: ErrorDetails | undefined; statusCode?: number } = {},
): FastifyReply {
  const { status, message } = wireErrors[code]
  const { fields, details, statusCode = status } = extra
  return send(request, reply, statusCode, { code, message, fields, details })
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  error: {
    code: string
    message: string
    fields?: FieldProblem[] | undefined
    details?: ErrorDetails | undefined
  },
): FastifyReply {
  const { code, message, fields, details } = error
  const body: ErrorBody = {
    error: {
      code,
      message,
      request_id: request.id,
      ...(fields === undefined ? {} : { fields }),
      ...(details === undefined ? {} : { details }),
    },
  }
  // Past the routes' response schemas: errors have their own shape everywhere.
  return (
    reply
      .code(status)
      // Here too, because a path that cannot be read never meets the hooks.
      .headers({ ...dataHeaders, 'x-request-id': request.id })
      .type('application/json; charset=utf-8')
      .serializer((payload: unknown) => JSON.stringify(payload))
      .send(body)
  )
}

/** A broker's no keeps its status. 401 never comes here: it speaks of our keys, not of the caller's. */
function answerRefusal(request: FastifyRequest, reply: FastifyReply, refused: BrokerRefused): FastifyReply {
  const { status, code, text } = refused
  if (status === 404) return answer(request, reply, 'not_found')
  return send(request, reply, status, { code, message: text, details: toDetails(refused.details) })
}

function toFieldProblem(issue: { instancePath: string; message?: string | undefined }): FieldProblem {
  const path = issue.instancePath.split('/').filter(Boolean).join('.')
  return { path, message: issue.message ?? 'is not valid' }
}

function toDetails(details: Readonly<Record<string, unknown>>): ErrorDetails | undefined {
  const entries = Object.entries(details)
  if (entries.length === 0) return undefined
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))
}
