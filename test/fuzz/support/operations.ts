/** JSON Schema as far as the generated document uses it. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly pattern?: string
  readonly format?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
}

export interface Parameter {
  readonly name: string
  readonly required: boolean
  readonly schema: Schema
}

/** One operation of a server, as its own description tells it. */
export interface Operation {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly summary: string | undefined
  readonly tags: readonly string[]
  readonly query: readonly Parameter[]
  readonly headers: readonly Parameter[]
  readonly pathParameters: readonly Parameter[]
  readonly body: Schema | undefined
  readonly isNotBuilt: boolean
}

interface Described {
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly (Parameter & { in: string })[]
  readonly requestBody?: { content?: Record<string, { schema?: Schema }> }
}

export interface OpenApi {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> }
}

export function readOperations(document: OpenApi): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) =>
      readOperation(method.toUpperCase(), path, described),
    ),
  )
}

function readOperation(method: string, path: string, described: Described): Operation {
  const tags = described.tags ?? []
  const parametersIn = (place: string) =>
    (described.parameters ?? [])
      .filter((parameter) => parameter.in === place)
      .map(({ name, required, schema }) => ({ name, required: required ?? false, schema: schema ?? {} }))
  return {
    name: `${method} ${path}`,
    method,
    path,
    summary: described.summary,
    tags,
    query: parametersIn('query'),
    headers: parametersIn('header'),
    pathParameters: parametersIn('path'),
    body: Object.values(described.requestBody?.content ?? {})[0]?.schema,
    isNotBuilt: tags.includes('Not built'),
  }
}
