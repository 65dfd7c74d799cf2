import type { BankContext } from '../context.ts'
import { BankRefused } from '../refusals.ts'
import { findEvaluation, noteDecision, noteReturn } from './signal-store.ts'

/** Notes what the client did after it asked; the last word counts. */
export async function reportDecision(
  ctx: BankContext,
  clientId: string,
  decision: { clientTransactionId: string; initiated: boolean; facts: object },
): Promise<void> {
  if (!(await noteDecision(ctx.db, clientId, decision))) throw new BankRefused('signal_transaction_unknown')
}

/** Notes that the debit came back, which it can only after it was initiated. */
export async function reportReturn(
  ctx: BankContext,
  clientId: string,
  {
    clientTransactionId,
    returnCode,
    returnedAt,
  }: { clientTransactionId: string; returnCode: string; returnedAt: Temporal.Instant | undefined },
): Promise<void> {
  const evaluation = await findEvaluation(ctx.db, clientId, clientTransactionId)
  if (evaluation === undefined) throw new BankRefused('signal_transaction_unknown')
  if (evaluation.initiated !== true) throw new BankRefused('signal_not_initiated')
  await noteReturn(ctx.db, clientId, {
    clientTransactionId,
    returnCode,
    at: returnedAt ?? ctx.clock.now(),
  })
}
