import { DomainError } from '@paddock/kernel'

/** An error of the vendor's API: which family, which code, which words (contracts/plaid/errors.md). */
export interface WireError {
  status: number
  type: string
  code: string
  message: string | ((details: Readonly<Record<string, unknown>>) => string)
  /** Words for the end user; null where the error says nothing that a user could act on. */
  display: string | null
}

export interface ErrorFacts {
  error_type: string
  error_code: string
  error_message: string
  display_message: string | null
}

export type RequestProblem =
  | 'body_not_json'
  | 'body_too_large'
  | 'fields_missing'
  | 'fields_unknown'
  | 'field_invalid'
  | 'header_invalid'
  | 'keys_wrong'
  | 'path_unknown'

/** A request that is wrong before any rule of the bank is asked. */
export class RequestRefused extends DomainError<RequestProblem> {
  override readonly name = 'RequestRefused'
}

export function presentError(
  error: WireError,
  details: Readonly<Record<string, unknown>> = {},
): ErrorFacts & { documentation_url: string; suggested_action: null } {
  return {
    error_type: error.type,
    error_code: error.code,
    error_message: typeof error.message === 'string' ? error.message : error.message(details),
    display_message: error.display,
    documentation_url: `https://plaid.com/docs/?ref=error#${error.type.toLowerCase().replaceAll('_', '-')}-errors`,
    suggested_action: null,
  }
}
