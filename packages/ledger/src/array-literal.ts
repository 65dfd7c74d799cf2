/**
 * PostgreSQL array literals, one parameter per column however many rows a batch has. node-postgres would
 * write the same literals, but value by value through its general converter; for a batch of a thousand
 * that costs more than the planning of it.
 */
export function textArray(values: readonly string[]): string {
  return `{${values.map(quoted).join(',')}}`
}

/** As `textArray`, where a value may be null. */
export function nullableTextArray(values: readonly (string | null)[]): string {
  return `{${values.map((value) => (value === null ? 'NULL' : quoted(value))).join(',')}}`
}

/** For numbers and instants, whose text needs no quotes in an array. */
export function plainArray(values: readonly (bigint | Temporal.Instant | null)[]): string {
  return `{${values.map((value) => (value === null ? 'NULL' : value.toString())).join(',')}}`
}

const NEEDS_ESCAPE = /["\\]/g

function quoted(value: string): string {
  return `"${value.replace(NEEDS_ESCAPE, '\\$&')}"`
}
