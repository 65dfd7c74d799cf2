import type { EntryFacts } from '@paddock/nacha'
import { hashOfAccount } from '../ach/bank-version-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Db } from '../db/database.ts'
import type { AchEntry } from '../origination/ach-file.ts'
import { findEntriesLike, findEntryByTrace } from '../origination/file-store.ts'
import type { ParkedBecause } from './answer.ts'

export type AnswerFact = EntryFacts & { readonly originalTrace: string }

export type Match = {
  /** Ours by its trace; a proposal only when `doubt` says that the trace is unknown. */
  readonly entry: AchEntry | undefined
  /** Anything less than the trace, the amount, the account and our reference is for a person (contracts/nacha/answers.md §2). */
  readonly doubt: ParkedBecause | undefined
}

export async function matchEntry(
  ctx: Pick<BrokerContext, 'ach' | 'cipher'>,
  db: Db,
  fact: AnswerFact,
  { hasAmount }: { hasAmount: boolean },
): Promise<Match> {
  const accountHash = hashOfAccount(ctx.cipher, fact.accountNumber)
  const individualId = fact.individualId.trim()
  const entry = await findEntryByTrace(db, fact.originalTrace)
  if (entry === undefined) {
    const [proposal] = await findEntriesLike(db, { individualId, amountMinor: fact.amountMinor, accountHash })
    return { entry: proposal, doubt: 'trace_unknown' }
  }
  return { entry, doubt: doubtOf(ctx, entry, { fact, accountHash, individualId, hasAmount }) }
}

function doubtOf(
  { ach }: Pick<BrokerContext, 'ach'>,
  entry: AchEntry,
  told: { fact: AnswerFact; accountHash: string; individualId: string; hasAmount: boolean },
): ParkedBecause | undefined {
  const { fact, accountHash, individualId, hasAmount } = told
  const isDebit = /[78]$/.test(entry.transactionCode)
  if (fact.companyId !== '' && fact.companyId !== ach.agreement.companyId) return 'not_ours'
  if (hasAmount && fact.amountMinor !== entry.amountMinor) return 'amount_differs'
  if (accountHash !== entry.accountHash) return 'account_differs'
  if (individualId !== entry.individualId) return 'individual_id_differs'
  if (hasAmount && (fact.direction === 'debit') !== isDebit) return 'direction_differs'
  if (entry.status === 'REJECTED') return 'transfer_not_returnable'
  return undefined
}
