import { BankStatement, statementName } from '@paddock/ach-drop'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { isKept, keepDelivery } from './deliveries.ts'
import { openingOf, stateLines } from './statement-store.ts'
import { statementAt } from './windows.ts'

/** The statement of the firm's settlement account for one banking day, also when nothing happened. */
export async function writeStatement(ctx: BankContext, tx: Tx, day: Temporal.PlainDate): Promise<void> {
  const name = statementName(day.toString())
  // Lines that were booked since belong to the next one.
  if (await isKept(tx, name)) return
  const at = statementAt(day)
  const lines = await stateLines(tx, day, at)
  const openingMinor = await openingOf(tx, day)
  const closingMinor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, openingMinor)
  const statement = BankStatement.parse({
    kind: 'statement',
    day: day.toString(),
    opening_minor: openingMinor.toString(),
    lines: lines.map((line) => ({
      id: line.id,
      posted_at: line.at.toString(),
      kind: line.kind,
      file: line.file === '' ? null : line.file,
      batch_number: line.batchNumber,
      amount_minor: line.amountMinor.toString(),
      description: line.description,
    })),
    closing_minor: closingMinor.toString(),
  })
  const body = `${JSON.stringify(statement, null, 2)}\n`
  await keepDelivery(ctx, tx, { name, body, dueAt: at })
}
