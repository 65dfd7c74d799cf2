import pg from 'pg'

/**
 * How PostgreSQL values read in TypeScript. Money and quantities are whole numbers everywhere, so
 * both int8 and numeric become bigint; a numeric with a fraction is a schema mistake and throws.
 */
const { builtins } = pg.types

const parsers = new Map<number, (text: string) => unknown>([
  [builtins.INT8, BigInt],
  [builtins.NUMERIC, BigInt],
  [builtins.TIMESTAMPTZ, (text) => Temporal.Instant.from(text)],
  [builtins.DATE, (text) => Temporal.PlainDate.from(text)],
])

export const typeParsers = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    return (
      (format === 'binary' ? undefined : parsers.get(oid)) ??
      pg.types.getTypeParser(oid as never, format as never)
    )
  },
}

/**
 * node-postgres asks a parameter for `toPostgres` before it falls back to JSON, which would put quotes
 * around an instant. This is its documented hook for types it does not know.
 */
export function teachTemporalToPostgres(): void {
  for (const type of [Temporal.Instant, Temporal.PlainDate]) {
    Object.defineProperty(type.prototype, 'toPostgres', {
      value(this: { toString(): string }) {
        return this.toString()
      },
      configurable: true,
    })
  }
}
