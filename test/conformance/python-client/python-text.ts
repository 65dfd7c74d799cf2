/** A Python float: written with its point even when it is whole (`2.0`). */
export class Float {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }

  toString(): string {
    return Number.isInteger(this.value) ? `${this.value}.0` : String(this.value)
  }
}

/** JSON as Python's standard library writes it: spaces after separators, only ASCII, floats with a point. */
export function toPythonJson(value: unknown): string {
  if (value instanceof Float) return String(value)
  if (Array.isArray(value)) return `[${value.map(toPythonJson).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, one]) => one !== undefined)
    return `{${entries.map(([name, one]) => `${toPythonJson(name)}: ${toPythonJson(one)}`).join(', ')}}`
  }
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

export type QueryValue = string | number | boolean | Float | readonly string[] | undefined

/** A query as `requests` writes it: `True`, repeated keys for lists, `+` for a space, `%2B00%3A00` for an offset. */
export function toPythonQuery(query: Readonly<Record<string, QueryValue>>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    if (value === undefined) return []
    const values = Array.isArray(value) ? value : [value]
    return values.map((one) => `${quote(name)}=${quote(textOf(one))}`)
  })
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

const textOf = (value: unknown): string => {
  if (value === true) return 'True'
  return value === false ? 'False' : String(value)
}

const quote = (text: string): string =>
  encodeURIComponent(text)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
