import { sql } from 'kysely'
import type { AccountId, AccountStatus } from '../accounts/account.ts'
import type { Tx } from '../db/database.ts'
import { FIRM_ACCOUNT_ID } from '../firm/firm-account.ts'
import { type EntryType, JournalRejected } from './journal.ts'
import type { JournalRules } from './journal-rules.ts'

/** The accounts that give and take, locked; those that do not exist are left out. */
export type Parties = ReadonlyMap<AccountId, AccountStatus>

/** Locks accounts in order of id, so that two journals between the same ones cannot wait for each other. */
export async function lockParties(tx: Tx, accountIds: readonly AccountId[]): Promise<Parties> {
  const rows = await tx
    .selectFrom('accounts')
    .select(['id', 'status'])
    .where('id', 'in', sortedIds(accountIds))
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Map(rows.map(({ id, status }) => [id as AccountId, status as AccountStatus]))
}

const sortedIds = (ids: readonly AccountId[]) => [...new Set(ids)].sort()

type Ends = { readonly entryType: EntryType; readonly from: AccountId; readonly to: AccountId }

/** Throws unless these two may give and take. `details` go into the refusal. */
export function requireParties(
  parties: Parties,
  rules: JournalRules,
  { entryType, from, to }: Ends,
  details: Readonly<Record<string, unknown>> = {},
): void {
  if (from === to) throw new JournalRejected('journal_to_itself', details)
  for (const [field, id] of [
    ['from_account', from],
    ['to_account', to],
  ] as const) {
    if (!parties.has(id)) throw new JournalRejected('journal_account_not_found', { ...details, field })
  }
  const refusal = refusalByStatus(parties, from, to)
  if (refusal !== undefined) throw new JournalRejected(refusal, details)
  if (rules.betweenCustomers || isOfTheFirm(entryType, from, to)) return
  throw new JournalRejected('journal_between_customers', details)
}

/** A closed account may still give back what it has; only an active one takes. */
export function refusalByStatus(parties: Parties, from: AccountId, to: AccountId) {
  const giver = parties.get(from)
  if (giver !== 'ACTIVE' && giver !== 'ACCOUNT_CLOSED') return 'journal_from_not_permitted'
  return parties.get(to) === 'ACTIVE' ? undefined : 'journal_to_not_permitted'
}

/** The vendor's own rule: cash between the firm and a customer, shares from the firm to a customer. */
function isOfTheFirm(entryType: EntryType, from: AccountId, to: AccountId): boolean {
  return from === FIRM_ACCOUNT_ID || (entryType === 'JNLC' && to === FIRM_ACCOUNT_ID)
}

/** Counting the day's journals and adding to them is one thing at a time, whoever the accounts are. */
export async function lockLimits(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('the journals of the day', 0))`.execute(tx)
}
