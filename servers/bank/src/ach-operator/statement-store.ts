import type { Tx } from '../db/database.ts'

export interface SettlementLine {
  id: string
  at: Temporal.Instant
  kind: 'batch' | 'return' | 'other'
  file: string
  batchNumber: number | null
  /** Above zero: the firm has more. */
  amountMinor: bigint
  description: string
}

/** A line of the firm's statement; what moves nothing has none. */
export async function insertStatementLine(tx: Tx, line: SettlementLine): Promise<void> {
  if (line.amountMinor === 0n) return
  await tx
    .insertInto('ach_statement_lines')
    .values({
      id: line.id,
      at: line.at,
      kind: line.kind,
      file: line.file,
      batch_number: line.batchNumber,
      amount_minor: line.amountMinor,
      description: line.description,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** Puts the lines that no statement shows yet on that of `day`, and answers them. */
export async function stateLines(
  tx: Tx,
  day: Temporal.PlainDate,
  by: Temporal.Instant,
): Promise<SettlementLine[]> {
  await tx
    .updateTable('ach_statement_lines')
    .set({ stated_on: day })
    .where('stated_on', 'is', null)
    .where('at', '<=', by)
    .execute()
  const rows = await tx
    .selectFrom('ach_statement_lines')
    .selectAll()
    .where('stated_on', '=', day)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    kind: row.kind as SettlementLine['kind'],
    file: row.file ?? '',
    batchNumber: row.batch_number,
    amountMinor: row.amount_minor,
    description: row.description,
  }))
}

/** What the firm had before `day`, by its statements. */
export async function openingOf(tx: Tx, day: Temporal.PlainDate): Promise<bigint> {
  const row = await tx
    .selectFrom('ach_statement_lines')
    .select((eb) => eb.fn.sum<bigint | null>('amount_minor').as('total'))
    .where('stated_on', '<', day)
    .executeTakeFirst()
  return row?.total ?? 0n
}
