import type { ClientError } from '@paddock/service'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { type BankRefusal, BankRefused } from '../refusals.ts'
import { newRequestId } from '../tokens/object-id.ts'
import { LOGIN_REQUIRED_MESSAGE } from '../webhooks/item-errors.ts'
import { input, institution, item, list, request, row, sandbox, signal } from './error-rows.ts'
import { rateLimitCodes } from './rate-limit-codes.ts'
import { readIssues } from './read-issues.ts'
import { presentError, type RequestProblem, RequestRefused, type WireError } from './wire-error.ts'

/** Every refusal has one wire answer. A new refusal without a row here does not compile. */
export const wireErrors: Record<BankRefusal | RequestProblem, WireError> = {
  body_not_json: request('INVALID_BODY', 'body could not be parsed as a JSON object'),
  body_too_large: row(413, 'INVALID_REQUEST', 'INVALID_BODY', 'body is too large'),
  fields_missing: request(
    'MISSING_FIELDS',
    (details) => `the following required fields are missing: ${list(details, 'fields')}`,
  ),
  fields_unknown: request(
    'UNKNOWN_FIELDS',
    (details) => `the following fields are not recognized by this endpoint: ${list(details, 'fields')}`,
  ),
  field_invalid: request('INVALID_FIELD', (details) => list(details, 'problem')),
  header_invalid: request('INVALID_HEADERS', 'the content-type header must be application/json'),
  path_unknown: row(404, 'INVALID_REQUEST', 'NOT_FOUND', 'there is no operation at this path'),
  balance_age_missing: request(
    'INVALID_FIELD',
    'options.min_last_updated_datetime: must be given for cards and loans of this institution',
  ),
  balance_too_old: row(
    400,
    'INVALID_RESULT',
    'LAST_UPDATED_DATETIME_OUT_OF_RANGE',
    (details) => `the balances are older than asked for; the newest is of ${list(details, 'newest')}`,
  ),
  products_missing: request('MISSING_FIELDS', 'the following required fields are missing: products'),
  webhook_type_missing: request(
    'MISSING_FIELDS',
    'the following required fields are missing: webhook_type (several types have this code)',
  ),
  webhook_type_wrong: request('INVALID_FIELD', 'webhook_type: must be a type that has this webhook_code'),
  webhook_missing: sandbox('SANDBOX_WEBHOOK_INVALID', 'the item has no webhook address to fire at'),
  sandbox_product_not_enabled: sandbox(
    'SANDBOX_PRODUCT_NOT_ENABLED',
    (details) => `the item lacks the product of this webhook: ["${list(details, 'product')}"]`,
  ),
  signal_transaction_unknown: request(
    'INVALID_FIELD',
    'client_transaction_id: no evaluation was made under this id',
  ),
  signal_transaction_taken: signal(
    'CLIENT_TRANSACTION_ID_ALREADY_IN_USE',
    'this client_transaction_id has been used before',
  ),
  signal_ruleset_unknown: signal('RULESET_NOT_FOUND', 'there is no ruleset with this key'),
  signal_addendum_unsigned: signal(
    'ADDENDUM_NOT_SIGNED',
    'the addendum of this product was not signed by the client',
    403,
  ),
  signal_scores_not_enabled: signal(
    'NOT_ENABLED_FOR_SIGNAL_TRANSACTION_SCORE_RULESETS',
    'the client may use rulesets of balances only',
    403,
  ),
  signal_not_initiated: signal(
    'SIGNAL_TRANSACTION_NOT_INITIATED',
    'a return can be reported only of a transaction that was reported as initiated',
  ),
  consent_missing: input(
    'ADDITIONAL_CONSENT_REQUIRED',
    (details) =>
      `client does not have user consent to access the PRODUCT_${list(details, 'product')} product`,
  ),
  user_missing: request('MISSING_FIELDS', 'the following required fields are missing: user'),
  statement_unknown: request('INVALID_FIELD', 'statement_id: the item has no statement with this id'),
  statements_range_missing: request(
    'MISSING_FIELDS',
    'the following required fields are missing: statements',
  ),
  statements_range_wrong: request('INVALID_FIELD', 'start_date: must not be after end_date'),
  user_unnamed: request('MISSING_FIELDS', 'the following required fields are missing: user_id'),
  user_lacks_item: request('INVALID_FIELD', 'item_ids: the user has no item with one of these ids'),
  product_repeated: request(
    'INVALID_FIELD',
    (details) => `the following products are listed more than once: ${list(details, 'products')}`,
  ),
  redirect_uri_invalid: request(
    'INVALID_FIELD',
    'redirect_uri: must be an http or https address without query and fragment',
  ),
  completion_uri_invalid: request(
    'INVALID_FIELD',
    'hosted_link.completion_redirect_uri: must be an http or https address, or one of an app',
  ),
  user_id_is_personal: request(
    'INVALID_FIELD',
    'user.client_user_id: must not be personal data such as an e-mail address or a phone number',
  ),
  custom_user_unreadable: request(
    'INVALID_FIELD',
    (details) => `override_password: ${list(details, 'problem')}`,
    'The password must be the JSON of a custom user, with amounts of at most two decimals.',
  ),

  cursor_unusable: request('INVALID_FIELD', 'cursor: is malformed or belongs to another item or account'),
  transaction_dates_wrong: request(
    'INVALID_FIELD',
    'transactions: both dates must lie within the last 14 days, date_posted not before date_transacted',
  ),
  user_not_dynamic: request(
    'INVALID_FIELD',
    'access_token: transactions can be created only for an item of user_transactions_dynamic',
  ),
  sync_mutated: row(
    400,
    'TRANSACTIONS_ERROR',
    'TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION',
    'the transactions changed since the first page of this run; begin again from the cursor of that page',
  ),
  product_not_enabled: item(
    'PRODUCT_NOT_ENABLED',
    (details) => `the item does not have the products ["${list(details, 'products')}"]`,
  ),
  product_not_ready: item(
    'PRODUCT_NOT_READY',
    'the requested product is not yet ready; provide a webhook or try again later',
  ),

  numbers_wrong: request(
    'INVALID_ACCOUNT_NUMBER',
    'the routing number or the account number is not valid',
    'There is no account with these numbers. Compare them with a check or a statement of your bank.',
  ),
  numbers_not_supported: request(
    'INVALID_ACCOUNT_NUMBER',
    'accounts at this bank cannot be verified in any of the ways that the link_token allows',
    'Accounts at this bank cannot be connected by their numbers. Choose your bank from the list.',
  ),
  verification_not_pending: request(
    'INVALID_FIELD',
    'account_id: the account must be in the state pending_automatic_verification',
  ),
  deposit_code_wrong: row(
    400,
    'INVALID_INPUT',
    'INCORRECT_DEPOSIT_VERIFICATION',
    'the code is not the one in the description of the deposit',
    'That is not the code. Compare it with your statement.',
  ),
  deposit_codes_used_up: row(
    400,
    'INVALID_INPUT',
    'TOO_MANY_VERIFICATION_ATTEMPTS',
    'the code was wrong three times; the account can no longer be verified',
    'The code was wrong three times, so this account cannot be connected any more. Start again with your bank.',
  ),
  auth_not_ready: item('PRODUCT_NOT_READY', 'auth is not yet ready: the account is still to be verified'),
  auth_not_verified: item('NO_AUTH_ACCOUNTS', 'the account could not be verified; it has to be linked again'),
  instant_match_failed: item(
    'INSTANT_MATCH_FAILED',
    'the typed numbers do not fit the account',
    'These numbers do not belong to the account that you chose. Check both and try again.',
  ),

  ach_code_unknown: request('INVALID_FIELD', 'code: must be a return code R.. or a change code C..'),
  bank_account_unknown: row(404, 'INVALID_REQUEST', 'NOT_FOUND', 'there is no such account in the books'),
  fault_unknown: row(404, 'INVALID_REQUEST', 'NOT_FOUND', 'there is no such fault, or it is over'),
  item_unknown: row(404, 'INVALID_REQUEST', 'NOT_FOUND', 'there is no such item'),
  planned_maintenance: row(
    503,
    'API_ERROR',
    'PLANNED_MAINTENANCE',
    'the API is being maintained; try again later',
  ),
  rate_limited: row(
    429,
    'RATE_LIMIT_EXCEEDED',
    'RATE_LIMIT',
    (details) => `rate limit exceeded for attempts to call ${list(details, 'path')}; try again later`,
  ),
  no_ach_operator: row(404, 'INVALID_REQUEST', 'NOT_FOUND', 'no firm shares a file drop with this bank'),

  keys_wrong: input('INVALID_API_KEYS', 'invalid client_id or secret provided'),
  access_token_unknown: input('INVALID_ACCESS_TOKEN', 'could not find matching access token'),
  public_token_unusable: input(
    'INVALID_PUBLIC_TOKEN',
    'could not find matching public token: it is unknown, expired or already exchanged',
  ),
  processor_token_unknown: input('INVALID_PROCESSOR_TOKEN', 'could not find matching processor token'),
  user_id_unknown: input('INVALID_USER_ID', 'could not find matching user'),
  user_token_unknown: input('INVALID_USER_TOKEN', 'could not find matching user token'),
  link_token_unusable: input('INVALID_LINK_TOKEN', 'invalid link_token provided: it is unknown or expired'),
  link_session_unknown: input('INVALID_LINK_TOKEN', 'the Link session is unknown or over'),
  account_not_in_item: input('INVALID_ACCOUNT_ID', 'failed to find requested account ID for requested item'),
  webhook_key_unknown: input('INVALID_WEBHOOK_VERIFICATION_KEY_ID', 'there is no key with this key_id'),
  institution_unknown: input('INVALID_INSTITUTION', 'invalid institution_id provided'),
  product_not_allowed: input(
    'INVALID_PRODUCT',
    (details) =>
      `client is not authorized to access the following products: ["${list(details, 'products')}"]`,
  ),

  item_removed: item('ITEM_NOT_FOUND', 'the Item you requested cannot be found; it was removed'),
  login_required: item('ITEM_LOGIN_REQUIRED', LOGIN_REQUIRED_MESSAGE),
  credentials_wrong: item(
    'INVALID_CREDENTIALS',
    'the provided credentials were not correct',
    'That username and password do not match. Check both and try again.',
  ),
  credentials_insufficient: item(
    'INSUFFICIENT_CREDENTIALS',
    'the user did not provide sufficient authorization',
    'The bank needs more than this to sign you in. Try again and finish every step.',
  ),
  item_locked: item(
    'ITEM_LOCKED',
    'the account is locked at the institution',
    'Your bank has locked this login. Unlock it on the bank’s own site, then come back.',
  ),
  item_not_supported: item(
    'ITEM_NOT_SUPPORTED',
    'this account is currently not supported',
    'This kind of login cannot be linked. Choose another bank.',
  ),
  mfa_not_supported: item(
    'MFA_NOT_SUPPORTED',
    'the multi-factor setting of this account is not supported',
    'The way this bank asks for a second step is not supported. Choose another bank.',
  ),
  mfa_wrong: item(
    'INVALID_MFA',
    'the provided answers were not correct',
    'The bank did not accept this answer. Check it and try again.',
  ),
  mfa_timed_out: item(
    'USER_INPUT_TIMEOUT',
    'the user did not answer the institution in time',
    'The bank waited too long for your answer. Start again.',
  ),
  recaptcha_bad: row(
    400,
    'RECAPTCHA_ERROR',
    'RECAPTCHA_BAD',
    'the provided recaptcha response was bad',
    'The bank could not tell that you are a person. Choose another bank, or try again later.',
  ),
  send_method_wrong: item('INVALID_SEND_METHOD', 'the code cannot be sent in this way'),
  bank_failed: row(500, 'API_ERROR', 'INTERNAL_SERVER_ERROR', 'an unexpected error occurred'),
  oauth_link_token_wrong: row(
    400,
    'OAUTH_ERROR',
    'INCORRECT_LINK_TOKEN',
    'the link_token is not the one with which the user went to the institution',
  ),
  oauth_state_processed: row(
    208,
    'OAUTH_ERROR',
    'OAUTH_STATE_ID_ALREADY_PROCESSED',
    'the oauth_state_id was processed already; begin again without it',
  ),
  oauth_state_unknown: row(404, 'OAUTH_ERROR', 'OAUTH_STATE_ID_NOT_FOUND', 'the oauth_state_id is unknown'),
  no_accounts: item(
    'NO_ACCOUNTS',
    'no valid accounts exist for this item',
    'There is no open account under this login. Choose another bank.',
  ),
  no_investment_accounts: item('NO_INVESTMENT_ACCOUNTS', 'there are no investment accounts'),
  no_investment_auth_accounts: item(
    'NO_INVESTMENT_AUTH_ACCOUNTS',
    'there are no investment accounts whose holdings could be moved',
  ),
  no_liability_accounts: item('NO_LIABILITY_ACCOUNTS', 'there are no cards, student loans or mortgages'),
  no_auth_accounts: item(
    'NO_AUTH_ACCOUNTS',
    'there are no checking, savings or cash management accounts',
    'There is no checking, savings or cash management account under this login. Choose another bank.',
  ),
  one_account_only: item('NO_AUTH_ACCOUNTS', 'exactly one account must be chosen'),
  account_not_offered: item(
    'NO_AUTH_ACCOUNTS',
    'the chosen account cannot be used for the requested products',
  ),
  password_reset_required: item(
    'PASSWORD_RESET_REQUIRED',
    'the user must log in directly to the institution and reset the password',
    'Your bank wants a new password. Change it on the bank’s own site, then come back.',
  ),
  username_changed: item(
    'INVALID_UPDATED_USERNAME',
    'the username is not the one with which the item was linked',
    'Sign in with the username that you used the first time.',
  ),
  user_setup_required: item(
    'USER_SETUP_REQUIRED',
    'the account has not been fully set up; the user must visit the institution',
    'Your bank wants you to finish setting up your login. Do that on its own site, then come back.',
  ),
  products_not_supported: item(
    'PRODUCTS_NOT_SUPPORTED',
    (details) => `the following products are not supported here: ["${list(details, 'products')}"]`,
  ),

  country_not_supported: institution(
    'INSTITUTION_NO_LONGER_SUPPORTED',
    'accounts in this country are not supported',
    'Accounts in this country cannot be linked. Choose another bank.',
  ),
  institution_down: institution(
    'INSTITUTION_DOWN',
    'this institution is not currently responding to requests',
    'This bank is not answering at the moment. Try again later or choose another bank.',
  ),
  bank_not_responding: institution(
    'INSTITUTION_NOT_RESPONDING',
    'this institution is not responding to this request',
    'This bank did not answer. Try again in a few minutes or choose another bank.',
  ),
  institution_no_longer_supported: institution(
    'INSTITUTION_NO_LONGER_SUPPORTED',
    'this institution is no longer supported',
    'This bank can no longer be linked. Choose another one.',
  ),
}

const internal = row(500, 'API_ERROR', 'INTERNAL_SERVER_ERROR', 'an unexpected error occurred')

/** Turns whatever was thrown into the vendor's error object; the cause of a 500 stays in the log. */
export function answerError(error: FastifyError, req: FastifyRequest, reply: FastifyReply) {
  const { wire, details } = translate(error, req)
  // No hook has run for an address that the router cannot read.
  const request_id = req.plaidRequestId || newRequestId()
  if (wire === internal) req.log.error({ err: error, request_id }, 'request failed')
  return reply
    .code(wire.status)
    .header('X-Request-ID', request_id)
    .type('application/json; charset=utf-8')
    .send({ ...presentError(wire, details), request_id })
}

function translate(
  error: FastifyError,
  req: FastifyRequest,
): { wire: WireError; details: Readonly<Record<string, unknown>> } {
  if (error instanceof BankRefused || error instanceof RequestRefused) {
    const wire = wireErrors[error.code]
    if (error.code !== 'rate_limited') return { wire, details: error.details }
    const code = rateLimitCodes[String(error.details.path)] ?? wire.code
    return { wire: { ...wire, code }, details: error.details }
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const refused = readIssues(error.validation, req.body)
    return { wire: wireErrors[refused.code], details: refused.details }
  }
  if (error.code === 'text_not_storable') {
    return {
      wire: wireErrors.field_invalid,
      details: { problem: 'a text has characters that cannot be kept' },
    }
  }
  return { wire: frameworkError(error), details: {} }
}

function frameworkError(error: FastifyError): WireError {
  const status = error.statusCode ?? 500
  if (status === 413) return wireErrors.body_too_large
  if (status === 415) return wireErrors.header_invalid
  if (error.code === 'FST_ERR_BAD_URL') return wireErrors.path_unknown
  return status >= 400 && status < 500 ? wireErrors.body_not_json : internal
}

/** Bytes that are no HTTP: the vendor's shape, for whoever reads it. */
export function presentClientError({ message }: ClientError): object {
  const wire = { status: 400, type: 'INVALID_REQUEST', code: 'INVALID_HEADERS', message, display: null }
  return { ...presentError(wire), request_id: newRequestId() }
}
