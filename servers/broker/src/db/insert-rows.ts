import { type RawBuilder, sql } from 'kysely'
import type { Tx } from './database.ts'
import type { DB } from './schema.ts'

/**
 * Bigints and instants go as text; PostgreSQL reads each field by the type of its column, and a field that is not there
 * as null. Written by hand, for a function that `JSON.stringify` calls with each value would cost more than all the rest.
 */
export function rowsAsJson(rows: readonly object[]): string {
  return `[${rows.map(rowAsJson).join(',')}]`
}

function rowAsJson(row: object): string {
  const fields: string[] = []
  for (const [name, value] of Object.entries(row)) {
    if (value === null || value === undefined) continue
    fields.push(`"${name}":${typeof value === 'bigint' ? `"${value}"` : JSON.stringify(value)}`)
  }
  return `{${fields.join(',')}}`
}

/**
 * Writes many rows in one statement with one parameter, whatever their number: a list of values would be another
 * statement for each length, with thousands of parameters. Every row has the same columns; jsonb columns take objects.
 */
export async function insertRows(
  tx: Tx,
  table: keyof DB,
  rows: readonly object[],
  onConflict: RawBuilder<unknown> = sql``,
): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const columns = sql.join(Object.keys(first).map((name) => sql.ref(name)))
  await sql`
    insert into ${sql.table(table)} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${rowsAsJson(rows)}::jsonb)
    ${onConflict}`.execute(tx)
}
