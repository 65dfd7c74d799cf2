import { type Column, ColumnRefusal, type LiteralColumn, type ReservedColumn } from './column.ts'

export const RECORD_WIDTH = 94

export type Columns = Readonly<Record<string, Column>>

type ValueOf<C> = C extends Column<infer Value> ? Value : never
type ReservedIn<C> = { [K in keyof C]: C[K] extends ReservedColumn ? K : never }[keyof C]

/** What a record says, by the names of its columns. Reserved columns appear only when they are not blank. */
export type Values<C extends Columns> = {
  [K in Exclude<keyof C, ReservedIn<C>>]: ValueOf<C[K]>
} & { [K in ReservedIn<C>]?: string }

type LiteralIn<C> = { [K in keyof C]: C[K] extends LiteralColumn ? K : never }[keyof C]

/** What a writer must be told: everything but the constants. */
export type RecordInput<C extends Columns> = Omit<Values<C>, LiteralIn<C> & string>

/** A column with its place: `start` counts from 1, as the format's own tables do. */
export interface PlacedColumn {
  readonly name: string
  readonly start: number
  readonly column: Column
}

/** A value that does not stand in its column, by the column's name. */
export class FieldRefused extends Error {
  override readonly name = 'FieldRefused'
  readonly record: string
  readonly field: string
  readonly reason: string

  constructor(record: string, field: string, reason: string) {
    super(`${record}: ${field} ${reason}`)
    this.record = record
    this.field = field
    this.reason = reason
  }
}

export interface RecordTable<C extends Columns = Columns> {
  readonly name: string
  readonly about: string
  readonly columns: readonly PlacedColumn[]
  /** Reads 94 characters. What is not a value comes as text, 0 or 0n, and is told to `onUnreadable`. */
  read(line: string, onUnreadable?: (column: PlacedColumn) => void): Values<C>
  /** 94 characters, or `FieldRefused`. */
  write(values: RecordInput<C>): string
}

/** One table gives reader, writer, type and explanation. It must be 94 wide, which is looked at on load. */
export function defineRecord<const C extends Columns>(name: string, about: string, columns: C) {
  let start = 1
  const placed: PlacedColumn[] = Object.entries(columns).map(([columnName, column]) => {
    const one = { name: columnName, start, column }
    start += column.width
    return one
  })
  if (start !== RECORD_WIDTH + 1) throw new Error(`${name} is ${start - 1} characters wide`)

  const table: RecordTable<C> = {
    name,
    about,
    columns: placed,
    read(line, onUnreadable) {
      const values: Record<string, unknown> = {}
      for (const one of placed) {
        const { column, start: from } = one
        const raw = line.slice(from - 1, from - 1 + column.width)
        // Whether the characters are plain is asked of the whole line.
        if (onUnreadable !== undefined && column.kind !== 'text' && !column.accepts(raw)) onUnreadable(one)
        const value = column.read(raw)
        if (column.kind !== 'reserved' || value !== '') values[one.name] = value
      }
      return values as Values<C>
    },
    write(values) {
      let line = ''
      for (const one of placed) line += writeColumn(name, one, (values as Record<string, unknown>)[one.name])
      return line
    },
  }
  return table
}

function writeColumn(record: string, { name, column }: PlacedColumn, given: unknown): string {
  const value = given ?? column.preset
  if (value === undefined) throw new FieldRefused(record, name, 'is missing')
  try {
    return column.write(value)
  } catch (error) {
    if (error instanceof ColumnRefusal) throw new FieldRefused(record, name, error.message)
    throw error
  }
}
