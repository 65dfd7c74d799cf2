import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const FILE = fileURLToPath(
  new URL('../../../../shared/reference/openapi/alpaca-broker.yaml', import.meta.url),
)

export const hasVendorDocument = existsSync(FILE)

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
  const document = yaml.load(readFileSync(FILE, 'utf8')) as { paths: object; components: object }
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })
  const { paths, components } = document
  ajv.addSchema({ $id: 'vendor', ...(toJsonSchema({ paths, components }) as object) })
  return {
    /** What is wrong with this answer of this operation; null when nothing is. */
    problemsOf(method: 'get' | 'post', path: string, answer: unknown): unknown {
      const at = `/paths/${path.replaceAll('/', '~1')}/${method}/responses/200/content/application~1json/schema`
      const validate = ajv.compile({ $ref: `vendor#${encodeURI(at)}` })
      return validate(answer) ? null : validate.errors
    },
  }
}

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
