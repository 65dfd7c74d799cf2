import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { WireRefused } from './wire-error.ts'

type Issue = { readonly path: readonly string[]; readonly code: string; readonly message: string }

/**
 * What the vendor says about fields: a body that is no object, or a value of the wrong JSON type, is a
 * format error (400/40010000); a missing or unsuitable value is a field error (422/40010001). Ids in the
 * path are refused with 400 (contracts/alpaca/errors.md §2).
 */
export function refuseIssue(issue: Issue, where: string, input: unknown): WireRefused {
  const field = issue.path.join('.')
  if (where === 'params') return new WireRefused(400, 40010001, `${field} is invalid`)
  // A list with too many or too few of what it should hold is a list all the same.
  if (field === '' && Array.isArray(input) && issue.code !== 'invalid_type')
    return new WireRefused(422, 40010001, issue.message)
  if (field === '' || (where === 'body' && isWrongType(issue, input))) {
    const whole = issue.message.includes('expected array')
      ? 'cannot unmarshal object, a JSON array is expected'
      : 'a JSON object is expected'
    const what = field === '' ? whole : `${field}: ${issue.message}`
    return new WireRefused(400, 40010000, `request body format is invalid: ${what}`)
  }
  return new WireRefused(422, 40010001, describe(issue, input))
}

/** For routes that answer every unsuitable field with 400. */
export function refuseWithBadRequest(error: z.ZodError, input: unknown): WireRefused {
  const [first] = error.issues
  const issue = {
    path: (first?.path ?? []).map(String),
    code: first?.code ?? 'custom',
    message: first?.message ?? 'is invalid',
  }
  return new WireRefused(400, 40010001, describe(issue, input))
}

export function toIssue(validation: { instancePath: string; keyword?: string; message?: string }): Issue {
  return {
    path: validation.instancePath.split('/').filter(Boolean),
    code: validation.keyword ?? 'custom',
    message: validation.message ?? 'is invalid',
  }
}

export function inputOf(request: FastifyRequest, where: string): unknown {
  if (where === 'body') return request.body
  return where === 'querystring' ? request.query : undefined
}

function describe(issue: Issue, input: unknown): string {
  const path = pathIn(input, issue.path)
  const field = path.join('.')
  if (valueAt(input, path) === undefined) return `${field} is required`
  const name = path.at(-1) ?? ''
  // Some of the vendor's own messages already begin with the field.
  return name !== '' && issue.message.startsWith(name) ? issue.message : `${field}: ${issue.message}`
}

function isWrongType(issue: Issue, input: unknown): boolean {
  return issue.code === 'invalid_type' && valueAt(input, issue.path) !== undefined
}

/** The path as far as the input has it: a list in a query is one text there, whose parts have no places of their own. */
function pathIn(input: unknown, path: readonly string[]): readonly string[] {
  const end = path.findIndex((_, index) => typeof valueAt(input, path.slice(0, index)) === 'string')
  return end < 0 ? path : path.slice(0, end)
}

function valueAt(input: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
    input,
  )
}
