/** Where our answers differ from the vendor's OpenAPI file on purpose, each with its reason. */
export const deviations: readonly {
  readonly on: string
  readonly what: RegExp
  readonly why: string
}[] = []
