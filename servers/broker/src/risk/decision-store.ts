import type { AccountId } from '../accounts/account.ts'
import type { BrokerContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import type { Decision, Finding } from './decision.ts'
import { RiskRefused } from './risk-rejection.ts'

/** Keeps why something was let through, in the transaction that does it. */
export async function keepDecision(tx: Tx, decision: Decision, subjectId: string): Promise<void> {
  await insertDecision(tx, decision, { outcome: 'let_through', subject_id: subjectId, rule: null })
}

/** Does `work`; when a rule refuses it, so that nothing remains of it, the decision is kept by itself. */
export async function withEvidence<Result>(
  { db }: Pick<BrokerContext, 'db'>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof RiskRefused) {
      const { decision } = error
      const rule = decision.findings.at(-1)?.rule ?? null
      await insertDecision(db, decision, { outcome: 'refused', subject_id: null, rule })
    }
    throw error
  }
}

async function insertDecision(
  db: Db,
  { accountId, id, subject, amountMinor, findings, at }: Decision,
  end: { outcome: 'let_through' | 'refused'; subject_id: string | null; rule: string | null },
): Promise<void> {
  await db
    .insertInto('risk_decisions')
    .values({
      account_id: accountId,
      id,
      subject,
      amount_minor: amountMinor ?? null,
      findings: JSON.stringify(findings),
      at,
      ...end,
    })
    .execute()
}

export type DecisionFilter = {
  readonly accountId?: AccountId | undefined
  readonly subjectId?: string | undefined
  readonly outcome?: 'let_through' | 'refused' | undefined
  readonly rule?: string | undefined
  readonly limit: number
}

export type KeptDecision = Decision & {
  readonly subjectId: string | undefined
  readonly outcome: 'let_through' | 'refused'
  readonly rule: string | undefined
}

/** The latest decisions first. */
export async function listDecisions(db: Db, filter: DecisionFilter): Promise<KeptDecision[]> {
  let query = db.selectFrom('risk_decisions').selectAll()
  if (filter.accountId !== undefined) query = query.where('account_id', '=', filter.accountId)
  if (filter.subjectId !== undefined) query = query.where('subject_id', '=', filter.subjectId)
  if (filter.outcome !== undefined) query = query.where('outcome', '=', filter.outcome)
  if (filter.rule !== undefined) query = query.where('rule', '=', filter.rule)
  const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(filter.limit).execute()
  return rows.map((row) => ({
    id: row.id,
    accountId: row.account_id as AccountId,
    subject: row.subject as Decision['subject'],
    subjectId: row.subject_id ?? undefined,
    amountMinor: (row.amount_minor ?? undefined) as Decision['amountMinor'],
    outcome: row.outcome as KeptDecision['outcome'],
    rule: row.rule ?? undefined,
    findings: row.findings as unknown as readonly Finding[],
    at: row.at,
  }))
}
