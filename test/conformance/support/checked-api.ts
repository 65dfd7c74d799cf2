import { ErrorBody } from '@paddock/broker-wire'
import { expect } from 'vitest'
import type { z } from 'zod'
import { findOpenApiDocument } from '../../support/openapi-document.ts'
import { deviations } from './deviations.ts'
import type { Target } from './target.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface Sent {
  /** Values of the placeholders in the path. */
  readonly path?: Readonly<Record<string, string>>
  readonly query?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field in tests
  readonly body: any
  readonly headers: Headers
}

const vendor = findOpenApiDocument('alpaca-broker.yaml')?.()
const paths = (vendor?.raw as { paths?: Record<string, object> } | undefined)?.paths ?? {}

/** Calls operations by the vendor's own names for them, and holds each answer against what the vendor says of it. */
export class CheckedApi {
  readonly #target: Target

  constructor(target: Target) {
    this.#target = target
  }

  /** Calls, and checks what must be true of every answer whatever it is. */
  async call(operation: `${Method} ${string}`, sent: Sent = {}): Promise<Answer> {
    const [method = '', template = ''] = operation.split(' ')
    const { baseUrl, key, secret } = this.#target
    const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = sent.path?.[name]
      if (value === undefined) throw new Error(`${operation} needs ${name}`)
      return value
    })
    const response = await fetch(`${baseUrl}${path}${sent.query === undefined ? '' : `?${sent.query}`}`, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(30_000),
      headers: {
        authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
        ...(sent.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...sent.headers,
      },
      ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
    })
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false
    // A stream does not end; that it was opened is the answer.
    if (isStream) await response.body?.cancel()
    const text = isStream ? '' : await response.text()
    const answer = {
      status: response.status,
      body: text === '' ? undefined : JSON.parse(text),
      headers: response.headers,
    }
    this.#checkFrame(operation, answer)
    return answer
  }

  /** A call that must succeed: its answer has the wire's shape and, where the vendor describes it, the vendor's. */
  async accept<Body extends z.ZodType>(
    operation: `${Method} ${string}`,
    status: number,
    shape: Body | undefined,
    sent: Sent = {},
  ) {
    const { body, ...answer } = await this.call(operation, sent)
    expect([operation, answer.status, answer.status === status ? '' : body]).toEqual([operation, status, ''])
    if (shape !== undefined) {
      expect([operation, shape.safeParse(body).error?.issues]).toEqual([operation, undefined])
    } else if (status === 204) {
      expect([operation, body]).toEqual([operation, undefined])
    }
    expect([operation, problemsOf(operation, status, body)]).toEqual([operation, []])
    return body as z.infer<Body>
  }

  /** A call that must be refused with this status and this code. */
  async refuse(operation: `${Method} ${string}`, status: number, code: number, sent: Sent = {}) {
    const { body, ...answer } = await this.call(operation, sent)
    const said = JSON.stringify(body)
    expect([operation, sent.body ?? sent.query, answer.status, body?.code, said]).toEqual([
      operation,
      sent.body ?? sent.query,
      status,
      code,
      said,
    ])
    return body as ErrorBody
  }

  #checkFrame(operation: string, { status, body, headers }: Answer): void {
    expect([operation, headers.get('x-request-id')]).toEqual([operation, expect.any(String)])
    for (const name of ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset']) {
      expect([operation, name, headers.get(name)]).toEqual([operation, name, expect.stringMatching(/^\d+$/)])
    }
    expect([operation, status, body]).not.toEqual([operation, expect.toSatisfy(isServerError), body])
    if (status >= 400) expect([operation, ErrorBody.safeParse(body).success]).toEqual([operation, true])
  }
}

const isServerError = (status: number): boolean => status >= 500 && status !== 501

interface Problem {
  readonly instancePath: string
  readonly message?: string
}

/** What the vendor's OpenAPI file finds wrong, apart from where we differ on purpose. */
function problemsOf(operation: string, status: number, body: unknown): string[] {
  const [method = '', template = ''] = operation.split(' ')
  const known = Object.keys(paths).find((path) => normalized(path) === normalized(template))
  if (vendor === undefined || known === undefined) return []
  const responses = (paths[known] as Record<string, { responses?: Record<string, object> }>)[
    method.toLowerCase()
  ]?.responses
  const content = (responses?.[status] as { content?: object } | undefined)?.content
  if (content === undefined || !('application/json' in content)) return []
  const at = [known, method.toLowerCase(), 'responses', String(status), 'content', 'application/json']
  const pointer = at.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')
  const problems = (vendor.problemsAt(`#/paths/${pointer}/schema`, body) ?? []) as Problem[]
  return problems
    .map(({ instancePath, message }) => `${instancePath.replace(/\/\d+/g, '/#')} ${message}`)
    .filter((problem) => !deviations.some(({ on, what }) => operation.includes(on) && what.test(problem)))
}

const normalized = (path: string): string => path.replace(/\{\w+\}/g, '{}')
