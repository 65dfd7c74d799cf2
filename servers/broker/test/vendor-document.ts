import { findOpenApiDocument } from '../../../test/support/openapi-document.ts'

const open = findOpenApiDocument('alpaca-broker.yaml')

export const hasVendorDocument = open !== undefined

/** Alpaca's own description of its API. */
export function readVendorDocument() {
  if (open === undefined) throw new Error('no reference files')
  const { problemsAt } = open()
  return {
    /** What is wrong with this answer of this operation; null when nothing is. */
    problemsOf(method: 'get' | 'post', path: string, answer: unknown): unknown {
      const at = `${path.replaceAll('/', '~1')}/${method}/responses/200/content/application~1json/schema`
      return problemsAt(`#/paths/${at}`, answer)
    },
  }
}
