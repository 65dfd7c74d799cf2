import fc from 'fast-check'
import type { Vocabulary } from './fuzz-target.ts'
import { kindOf, live } from './live-ids.ts'
import { day, instant } from './moments.ts'
import type { Schema } from './operations.ts'

const liveId = (kind: string) => fc.nat(999).map((choice) => live(kind, choice))
const someWords = ['Nora', 'Quill', 'First one', 'a', 'Ω mega', 'x'.repeat(40), '19 Larch Lane', 'O’Brien']
const words = fc.constantFrom(...someWords)

/** Arbitraries for values that fit a schema; what has the name of a live thing mostly is one. */
export class ValidValues {
  readonly #vocabulary: Vocabulary
  readonly #definitions: Readonly<Record<string, Schema>>

  constructor(vocabulary: Vocabulary, definitions: Readonly<Record<string, Schema>> = {}) {
    this.#vocabulary = vocabulary
    this.#definitions = definitions
  }

  pathSegment(name: string, segmentBefore: string, schema: Schema): fc.Arbitrary<string> {
    const known = this.#vocabulary.segments.find(([pattern]) => pattern.test(name))?.[1]
    if (known !== undefined) return known
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum.map(String))
    return liveId(kindOf(segmentBefore))
  }

  of(schema: Schema, name: string, depth = 0): fc.Arbitrary<unknown> {
    const { $ref, anyOf, oneOf, allOf } = schema
    if ($ref !== undefined) {
      const target = this.#definitions[$ref.split('/').at(-1) ?? '']
      return target === undefined || depth > 8 ? fc.constant({}) : this.of(target, name, depth + 1)
    }
    if (schema.const !== undefined) return fc.constant(schema.const)
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
    const choices = anyOf ?? oneOf
    if (choices !== undefined) return fc.oneof(...choices.map((choice) => this.of(choice, name, depth + 1)))
    // Rules for one text say little that matters here; parts of an object make it up.
    if (allOf !== undefined && schema.type === 'string')
      return this.#scalar({ ...schema, pattern: '' }, 'string', name)
    if (allOf !== undefined) {
      const parts = allOf.map((part) => this.of(part, name, depth + 1))
      return fc.tuple(...parts).map((values) => Object.assign({}, ...values))
    }
    const types = [schema.type ?? []].flat()
    if (types.length > 1) {
      return fc.oneof(...types.map((type) => this.of({ ...schema, type }, name, depth + 1)))
    }
    if (types[0] === 'object') return this.#object(schema, name, depth)
    if (types[0] === 'array') {
      return fc.array(this.of(schema.items ?? {}, name, depth + 1), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, Math.min(3, schema.maxItems ?? 3)),
      })
    }
    return this.#scalar(schema, types[0], name)
  }

  #object(schema: Schema, name: string, depth: number): fc.Arbitrary<unknown> {
    const { properties, additionalProperties } = schema
    if (properties === undefined) {
      if (typeof additionalProperties !== 'object') return fc.constant({})
      const values = this.of(additionalProperties, name, depth + 1)
      return fc.dictionary(fc.constantFrom('USD', 'US', 'a', 'b'), values, { maxKeys: 2 })
    }
    const fields = Object.entries(properties).map(([key, value]) => [key, this.of(value, key, depth + 1)])
    return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, {
      requiredKeys: [...(schema.required ?? [])],
    })
  }

  #scalar(schema: Schema, type: string | undefined, name: string): fc.Arbitrary<unknown> {
    if (type === 'null') return fc.constant(null)
    if (type === 'boolean') return fc.boolean()
    const kind = this.#vocabulary.kinds[name]
    if (kind !== undefined && type !== 'number' && type !== 'integer') return liveId(kind)
    const hint = this.#vocabulary.hints.find(([pattern]) => pattern.test(name))?.[1]
    if ((type === 'integer' || type === 'number') && !/^(limit|page_size|seconds|days)$/.test(name))
      return number(schema, type)
    if (hint !== undefined) return type === 'string' ? hint.map(String) : hint
    if (type === 'integer' || type === 'number') return number(schema, type)
    return string(schema)
  }
}

function number({ minimum, maximum }: Schema, type: 'integer' | 'number'): fc.Arbitrary<number> {
  const min = Math.max(-1_000_000, Math.ceil(minimum ?? 0))
  const max = Math.max(min, Math.min(1_000_000, Math.floor(maximum ?? 1_000)))
  const whole = fc.integer({ min, max })
  return type === 'integer' ? whole : fc.oneof(whole, fc.constantFrom(min, max))
}

function string({ format, pattern, minLength = 0, maxLength }: Schema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid()
  if (format === 'date') return day
  if (format === 'date-time') return instant
  if (format === 'email') return fc.constant('fuzz.@fresh()@example.org')
  if (pattern) return matching(pattern)
  return words.map((word) => word.padEnd(minLength, 'a').slice(0, maxLength ?? 100))
}

const byPattern = new Map<string, fc.Arbitrary<string>>()

/** Classes such as `\P{Cc}` are a million characters, which take long to write down: there a few words must do. */
function matching(pattern: string): fc.Arbitrary<string> {
  const known = byPattern.get(pattern)
  if (known !== undefined) return known
  const fitting = someWords.filter((word) => new RegExp(pattern, 'u').test(word))
  const isWide = /\\[pP]\{|\[\^|\\[SWD]|\(\?/.test(pattern)
  const made = isWide ? words : fc.stringMatching(new RegExp(pattern), { size: '-1' })
  const arbitrary = fitting.length === 0 ? made : fc.constantFrom(...fitting)
  byPattern.set(pattern, arbitrary)
  return arbitrary
}
