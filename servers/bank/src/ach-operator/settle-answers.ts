import type { MovementLine } from '../bank-accounts/bank-account.ts'
import { postMovement } from '../bank-accounts/post-movement.ts'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { listUnsettledAnswers, markAnswerSettled } from './answer-store.ts'
import { getEntry } from './entry-store.ts'
import type { Answer } from './operator.ts'
import { houseAccounts } from './settle-entries.ts'
import { insertStatementLine } from './statement-store.ts'

/** Moves the money of the answers that settle by `at`: one movement for each batch of a file. */
export async function settleAnswers(ctx: BankContext, tx: Tx, at: Temporal.Instant): Promise<void> {
  const due = await listUnsettledAnswers(tx, at)
  if (due.length === 0) return
  const { settlement } = await houseAccounts(tx, at)
  const batches = Map.groupBy(due, (answer) =>
    [answer.deliveryName, answer.batchNumber, answer.settlesAt.toString()].join('|'),
  )
  for (const [key, answers] of batches) await settleBatch(ctx, tx, { key, answers, settlement })
}

async function settleBatch(
  ctx: BankContext,
  tx: Tx,
  { key, answers, settlement }: { key: string; answers: readonly Answer[]; settlement: string },
): Promise<void> {
  const [first] = answers
  if (first === undefined) return
  const lines: MovementLine[] = []
  let firmMinor = 0n
  for (const answer of answers) {
    const { direction, individualId } = await getEntry(ctx, tx, answer.fileName, answer.line)
    // The money goes back the way it came.
    const forFirm = direction === 'debit' ? -answer.amountMinor : answer.amountMinor
    firmMinor += forFirm
    if (forFirm !== 0n) {
      lines.push({ accountId: answer.contraId, amountMinor: -forFirm, reference: individualId.trim() })
    }
  }
  if (lines.length > 0) {
    lines.push({ accountId: settlement, amountMinor: firmMinor })
    const { settlesAt, deliveryName, batchNumber, code } = first
    const id = `ach_return.${key}`
    const description = first.kind === 'contest' ? `CONTESTED RETURN ${code}` : `RETURN ${code}`
    await postMovement(tx, { key: id, kind: 'ach_return', description, at: settlesAt, lines })
    await insertStatementLine(tx, {
      id,
      at: settlesAt,
      kind: 'return',
      file: deliveryName ?? '',
      batchNumber,
      amountMinor: firmMinor,
      description,
    })
  }
  await markAnswerSettled(
    tx,
    answers.map(({ id }) => id),
    first.settlesAt,
  )
}
