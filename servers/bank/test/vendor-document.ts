import { findOpenApiDocument } from '../../../test/support/openapi-document.ts'

interface Body {
  content: { 'application/json': { schema: { $ref: string } } }
}
interface PlaidDocument {
  paths: Record<string, { post: { requestBody: Body; responses: { 200: Body } } }>
  components: { schemas: Record<string, { properties?: object }> }
}

const open = findOpenApiDocument('plaid-2020-09-14.yaml')

export const hasVendorDocument = open !== undefined

/** Plaid's own description of its API. */
export function readVendorDocument() {
  if (open === undefined) throw new Error('no reference files')
  const { raw, problemsAt } = open()
  const document = raw as PlaidDocument
  const refOf = (body: Body) => body.content['application/json'].schema.$ref

  return {
    /** What is wrong with this answer of this operation; null when nothing is. */
    problemsOf(path: string, answer: unknown): unknown {
      const operation = document.paths[path]
      if (operation === undefined) return `the vendor has no ${path}`
      return problemsAt(refOf(operation.post.responses[200]), answer)
    },
    problemsOfError: (answer: unknown) => problemsAt('#/components/schemas/PlaidError', answer),
    /** The fields that the vendor lists for a request. */
    requestFields(path: string): string[] {
      const ref = document.paths[path]?.post.requestBody
      const name = ref === undefined ? '' : (refOf(ref).split('/').pop() ?? '')
      return Object.keys(document.components.schemas[name]?.properties ?? {})
    },
  }
}
