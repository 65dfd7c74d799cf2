import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv, type ValidateFunction } from 'ajv'
import { load } from 'js-yaml'

/** A vendor's own description of its API, as something to check answers with. */
export interface OpenApiDocument {
  /** The document itself. */
  readonly raw: unknown
  /** What is wrong with a value, by the schema at a JSON pointer such as `#/components/schemas/Error`; null when nothing is. */
  problemsAt(pointer: string, value: unknown): unknown
}

const folder = new URL('../../../shared/reference/openapi/', import.meta.url)

/** The vendors' descriptions are not part of the repository: without them, tests that need one are skipped. */
export function findOpenApiDocument(name: string): (() => OpenApiDocument) | undefined {
  const file = fileURLToPath(new URL(name, folder))
  if (existsSync(file)) return () => readDocument(file)
  console.info('skipped: no reference files')
  return undefined
}

function readDocument(file: string): OpenApiDocument {
  const raw = load(readFileSync(file, 'utf8')) as { paths: object; components: object }
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })
  const { paths, components } = raw
  ajv.addSchema({ $id: 'vendor', ...(toJsonSchema({ paths, components }) as object) })
  const compiled = new Map<string, ValidateFunction>()
  return {
    raw,
    problemsAt(pointer, value) {
      const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `vendor${encodeURI(pointer)}` })
      compiled.set(pointer, validate)
      return validate(value) ? null : validate.errors
    },
  }
}

/** Keys that say nothing about a value's shape, where they are not themselves names of properties. */
const WORDS = ['description', 'title', 'example', 'examples', 'default', 'externalDocs', 'deprecated', 'id']

/** OpenAPI 3.0 says `nullable` where JSON Schema has a type for null. */
function toJsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(toJsonSchema)
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node).flatMap(([key, value]) => {
    const isSchema = typeof value === 'object' && value !== null && ('type' in value || '$ref' in value)
    if (key === 'nullable' || (WORDS.includes(key) && !isSchema)) return []
    return [[key, key === 'enum' ? value : toJsonSchema(value)] as const]
  })
  const schema = Object.fromEntries(entries)
  return 'nullable' in node && node.nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema
}
