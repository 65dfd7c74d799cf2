import type { FastifySchemaValidationError } from 'fastify'
import { RequestRefused } from './wire-error.ts'

/** What is wrong with a body, in the vendor's order: unknown fields, then missing ones, then wrong ones. */
export function readIssues(issues: readonly FastifySchemaValidationError[], body: unknown): RequestRefused {
  const found = issues.map((issue) => {
    const path = issue.instancePath.split('/').filter((part) => part !== '')
    return { issue, path, field: path.join('.') }
  })

  const unknown = found.flatMap(({ issue, path }) => {
    const keys = issue.keyword === 'unrecognized_keys' ? issue.params.keys : []
    return Array.isArray(keys) ? keys.map((key) => [...path, String(key).slice(0, 100)].join('.')) : []
  })
  if (unknown.length > 0) return new RequestRefused('fields_unknown', { fields: unknown.slice(0, 20) })

  const missing = found.filter(({ path }) => valueAt(body, path) == null).map(({ field }) => field)
  if (missing.length > 0) return new RequestRefused('fields_missing', { fields: [...new Set(missing)] })

  const problems = found.map(({ issue, field }) => `${field}: ${issue.message ?? 'is not valid'}`)
  return new RequestRefused('field_invalid', { problem: problems.slice(0, 10).join('; ') })
}

function valueAt(body: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
    body,
  )
}
