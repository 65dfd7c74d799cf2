/**
 * PostgreSQL array literals, one parameter per column however many rows a batch has. node-postgres would
 * write the same literals, but value by value through its general converter; for a batch of a thousand
 * that costs more than the planning of it.
 */
export function textArray(values: readonly string[]): string {
  // Ids need no escapes, so one look at all of them saves one at each.
  if (NEEDS_ESCAPE.test(values.join(''))) return `{${values.map(quoted).join(',')}}`
  return values.length === 0 ? '{}' : `{"${values.join('","')}"}`
}

/** As `textArray`, where a value may be null. */
export function nullableTextArray(values: readonly (string | null)[]): string {
  return `{${values.map((value) => (value === null ? 'NULL' : quoted(value))).join(',')}}`
}

/** For whole numbers, whose text needs no quotes. */
export function numberArray(values: readonly (bigint | null)[]): string {
  return `{${values.map((value) => (value === null ? 'NULL' : value.toString())).join(',')}}`
}

/** For instants. A batch usually has one for all its rows, whose text is made once: it is a slow one to make. */
export function instantArray(values: readonly Temporal.Instant[]): string {
  let last: Temporal.Instant | undefined
  let text = ''
  const texts = values.map((value) => {
    if (value !== last) text = value.toString()
    last = value
    return text
  })
  return `{${texts.join(',')}}`
}

const NEEDS_ESCAPE = /["\\]/

function quoted(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
