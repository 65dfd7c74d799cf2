import type { BankStatement, StatementLine } from '@paddock/ach-drop'
import { post, type Transfer } from '@paddock/ledger'
import type { Tx } from '../db/database.ts'
import { insertRows } from '../db/insert-rows.ts'
import { ACH_CLEARING, ACH_EXPENSES, ACH_SETTLEMENT } from '../ledger-accounts.ts'

/**
 * Keeps a statement of the firm's settlement account and books its lines: the bank's word alone moves that
 * account. Does nothing when the day has been told before. For whoever reads the drop, in the transaction that
 * marks the inbound file as read.
 */
export async function bookStatement(
  tx: Tx,
  inboundFileId: string,
  statement: BankStatement,
  now: Temporal.Instant,
): Promise<void> {
  const kept = await tx
    .insertInto('ach_statements')
    .values({
      day: Temporal.PlainDate.from(statement.day),
      inbound_file_id: inboundFileId,
      opening_minor: BigInt(statement.opening_minor),
      closing_minor: BigInt(statement.closing_minor),
      created_at: now,
    })
    .onConflict((conflict) => conflict.column('day').doNothing())
    .executeTakeFirstOrThrow()
  if (kept.numInsertedOrUpdatedRows !== 1n) return
  const { day, lines } = statement
  await insertRows(
    tx,
    'ach_statement_lines',
    lines.map((line) => ({ ...rowOf(line), day, created_at: now })),
  )
  await post(tx, lines.map(bookingOf))
}

const rowOf = ({ id, posted_at, kind, file, batch_number, amount_minor, description }: StatementLine) => ({
  id,
  posted_at,
  kind,
  file,
  batch_number,
  amount_minor,
  description,
})

/** What settles or comes back clears what the books have in transit; anything else is a cost (contracts/nacha/reconciliation.md §1). */
function bookingOf({ id, kind, amount_minor: text, posted_at: at }: StatementLine): Transfer {
  const amount = BigInt(text)
  const other = kind === 'other' ? ACH_EXPENSES : ACH_CLEARING
  // Our side of the bank's account is below zero by what is in it: money that comes leaves it.
  const [from, to] = amount > 0n ? [ACH_SETTLEMENT, other] : [other, ACH_SETTLEMENT]
  return {
    type: 'post',
    id: `ach_statement_line:${id}`,
    from,
    to,
    amount: amount > 0n ? amount : -amount,
    cause: { kind: 'ach_statement_line', id, step: 'book' },
    at: Temporal.Instant.from(at),
  }
}
