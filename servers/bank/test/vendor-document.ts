import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const FILE = fileURLToPath(
  new URL('../../../../shared/reference/openapi/plaid-2020-09-14.yaml', import.meta.url),
)

export const hasVendorDocument = existsSync(FILE)

interface Schema {
  $ref?: string
  properties?: Record<string, Schema>
  [keyword: string]: unknown
}
interface Body {
  content: { 'application/json': { schema: { $ref: string } } }
}
interface Document {
  paths: Record<string, { post: { requestBody: Body; responses: { 200: Body } } }>
  components: { schemas: Record<string, Schema> }
}
type Validate = ((value: unknown) => boolean) & { errors?: unknown }
interface Validator {
  addSchema(schema: object): void
  compile(schema: object): Validate
}

// Neither comes with types of its own here, and both come with packages that we use.
const require = createRequire(import.meta.url)
const yaml: { load(text: string): unknown } = require('js-yaml')
const Ajv: new (options: object) => Validator = require('ajv').default

/** The vendor's own description of its API, as something to check answers with. */
export function readVendorDocument() {
  const document = yaml.load(readFileSync(FILE, 'utf8')) as Document
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })
  ajv.addSchema({ $id: 'vendor', components: { schemas: toJsonSchema(document.components.schemas) } })
  const refOf = (body: Body) => body.content['application/json'].schema.$ref

  return {
    /** What is wrong with this answer of this operation; null when nothing is. */
    problemsOf(path: string, answer: unknown): unknown {
      const operation = document.paths[path]
      if (operation === undefined) return `the vendor has no ${path}`
      return check(refOf(operation.post.responses[200]), answer)
    },
    problemsOfError: (answer: unknown) => check('#/components/schemas/PlaidError', answer),
    /** The fields that the vendor lists for a request. */
    requestFields(path: string): string[] {
      const ref = document.paths[path]?.post.requestBody
      const name = ref === undefined ? '' : (refOf(ref).split('/').pop() ?? '')
      return Object.keys(document.components.schemas[name]?.properties ?? {})
    },
  }

  function check(ref: string, answer: unknown): unknown {
    const validate = ajv.compile({ $ref: `vendor${ref}` })
    return validate(answer) ? null : validate.errors
  }
}

const WORDS = ['description', 'title', 'example', 'examples', 'default', 'externalDocs', 'deprecated']

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
