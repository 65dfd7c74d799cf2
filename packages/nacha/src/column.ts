/** Mandatory, required, optional, or neither (`-`: reserved, or filled in by the operator). */
export type Inclusion = 'M' | 'R' | 'O' | '-'

/** One column of a record: its width, how its characters become a value and back, and what it means. */
export interface Column<Value = unknown> {
  readonly kind: 'text' | 'digits' | 'count' | 'amount' | 'literal' | 'reserved'
  readonly width: number
  readonly inclusion: Inclusion
  readonly about: string
  /** May the column be blank although it is numeric. */
  readonly mayBeBlank?: boolean
  /** What the writer takes when no value is given. */
  readonly preset?: string
  read(raw: string): Value
  /** Whether the characters are a value of this column at all. */
  accepts(raw: string): boolean
  /** Exactly `width` characters; throws `ColumnRefusal` when the value does not fit. */
  write(value: Value): string
}

/** Why a value cannot stand in its column. */
export class ColumnRefusal extends Error {
  override readonly name = 'ColumnRefusal'
}

const PRINTABLE = /^[\x20-\x7e]*$/
const DIGITS = /^\d+$/

interface Meaning {
  cls?: Inclusion
  about: string
}

/** Left-justified, filled with spaces. Leading spaces are data. */
export function text(width: number, { cls = 'M', about }: Meaning): Column<string> {
  return {
    kind: 'text',
    width,
    inclusion: cls,
    about,
    read: trimRight,
    accepts: (raw) => PRINTABLE.test(raw),
    write(value) {
      if (value.length > width) throw new ColumnRefusal(`has ${value.length} characters; ${width} fit`)
      if (!PRINTABLE.test(value)) throw new ColumnRefusal('has a character outside plain ASCII')
      return value.padEnd(width, ' ')
    },
  }
}

/** Exactly `width` digits, kept as text because leading zeros are data. */
export function digits(width: number, meaning: Meaning & { mayBeBlank?: boolean }): Column<string> {
  const { cls = 'M', about, mayBeBlank = false } = meaning
  return {
    kind: 'digits',
    width,
    inclusion: cls,
    about,
    mayBeBlank,
    read: trimRight,
    accepts: (raw) => DIGITS.test(raw) || (mayBeBlank && raw.trim() === ''),
    write(value) {
      if (mayBeBlank && value === '') return ' '.repeat(width)
      if (value.length !== width || !DIGITS.test(value)) {
        throw new ColumnRefusal(`must be exactly ${width} digits`)
      }
      return value
    },
  }
}

/** A whole number, right-justified, filled with zeros. */
export function count(width: number, { cls = 'M', about }: Meaning): Column<number> {
  return {
    kind: 'count',
    width,
    inclusion: cls,
    about,
    read: (raw) => (DIGITS.test(raw) ? Number(raw) : 0),
    accepts: (raw) => DIGITS.test(raw),
    write(value) {
      if (!Number.isSafeInteger(value) || value < 0) throw new ColumnRefusal('must be a whole number')
      const raw = String(value)
      if (raw.length > width) throw new ColumnRefusal(`has ${raw.length} digits; ${width} fit`)
      return raw.padStart(width, '0')
    },
  }
}

/** A whole number too big for `number`: cents, or a hash. */
export function amount(width: number, { cls = 'M', about }: Meaning): Column<bigint> {
  return {
    kind: 'amount',
    width,
    inclusion: cls,
    about,
    read: (raw) => (DIGITS.test(raw) ? BigInt(raw) : 0n),
    accepts: (raw) => DIGITS.test(raw),
    write(value) {
      if (typeof value !== 'bigint' || value < 0n) throw new ColumnRefusal('must be a whole number of cents')
      const raw = String(value)
      if (raw.length > width) throw new ColumnRefusal(`has ${raw.length} digits; ${width} fit`)
      return raw.padStart(width, '0')
    },
  }
}

export interface LiteralColumn<Text extends string = string> extends Column<Text> {
  readonly kind: 'literal'
}

/** Always the same characters. */
export function literal<const Text extends string>(value: Text, about: string): LiteralColumn<Text> {
  return {
    kind: 'literal',
    width: value.length,
    inclusion: 'M',
    about,
    preset: value,
    read: () => value,
    accepts: (raw) => raw === value,
    write: () => value,
  }
}

export interface ReservedColumn extends Column<string> {
  readonly kind: 'reserved'
}

/** Spaces. What a file has there all the same is kept, so that it can be written back as it was. */
export function reserved(width: number): ReservedColumn {
  return {
    ...text(width, { cls: '-', about: 'Reserved; spaces.' }),
    kind: 'reserved',
    preset: '',
    accepts: (raw) => raw.trim() === '',
  }
}

function trimRight(raw: string): string {
  let end = raw.length
  while (end > 0 && raw.charCodeAt(end - 1) === 32) end -= 1
  return end === raw.length ? raw : raw.slice(0, end)
}
