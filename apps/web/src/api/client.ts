import { ErrorBody } from '@paddock/platform-wire'
import { ApiError } from './api-error.ts'

/** A zod schema of platform-wire, or anything that can check an answer. */
export interface AnswerReader<T> {
  parse(value: unknown): T
}

/** For answers without a body (204). */
export const noAnswer: AnswerReader<void> = { parse: () => undefined }

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  body?: unknown
  signal?: AbortSignal
}

const TIMEOUT_MS = 20_000

/** One call to our own server. Rejects with an `ApiError` and with nothing else. */
export async function request<T>(
  reader: AnswerReader<T>,
  path: `/api/${string}`,
  { method = 'GET', body, signal }: RequestOptions = {},
): Promise<T> {
  const response = await send(path, method, body, signal)
  const answer = await readBody(response, signal)
  if (!response.ok) throw refusalOf(response, answer)
  try {
    return reader.parse(answer)
  } catch (cause) {
    console.error('unexpected answer', method, path, cause)
    throw new ApiError({
      status: 0,
      code: 'unexpected_answer',
      message: 'The server answered with something that this page does not understand.',
      requestId: response.headers.get('x-request-id') ?? undefined,
    })
  }
}

async function send(
  path: string,
  method: string,
  body: unknown,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const deadline = AbortSignal.timeout(TIMEOUT_MS)
  const init: RequestInit = {
    method,
    credentials: 'same-origin',
    headers: { accept: 'application/json' },
    signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
  }
  // Always JSON, also when there is nothing to say: a foreign page's form cannot send this type.
  if (method !== 'GET') {
    init.headers = { accept: 'application/json', 'content-type': 'application/json' }
    init.body = JSON.stringify(body ?? {})
  }
  try {
    return await fetch(path, init)
  } catch (cause) {
    throw noAnswerError(signal, cause)
  }
}

/** The body as JSON; undefined when there is none or it is something else. */
async function readBody(response: Response, signal: AbortSignal | undefined): Promise<unknown> {
  const text = await response.text().catch((cause: unknown) => {
    throw noAnswerError(signal, cause)
  })
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The answer was lost, wholly or in its middle; or nobody waits for it any more. */
function noAnswerError(signal: AbortSignal | undefined, cause: unknown): unknown {
  if (signal?.aborted) return cause
  return new ApiError({ status: 0, code: 'no_answer', message: 'The server did not answer.' })
}

function refusalOf(response: Response, answer: unknown): ApiError {
  const read = ErrorBody.safeParse(answer)
  const { status } = response
  if (!read.success) {
    const requestId = response.headers.get('x-request-id') ?? undefined
    return new ApiError({
      status,
      code: `http_${status}`,
      message: `The server answered ${status}.`,
      requestId,
    })
  }
  const { code, message, request_id: requestId, fields, details } = read.data.error
  return new ApiError({ status, code, message, requestId, fields, details })
}
