import { type AccountEntry, type LedgerAccount, readAccounts, readEntries } from '@paddock/ledger'
import type { AccountId } from './accounts/account.ts'
import type { Db } from './db/database.ts'

const MAX_ACCOUNTS = 500
const MAX_ENTRIES = 100

/** A customer's ledger accounts and their latest entries, newest first. */
export async function readBook(
  db: Db,
  accountId: AccountId,
): Promise<{ accounts: readonly LedgerAccount[]; entries: readonly AccountEntry[] }> {
  const accounts = await readAccounts(db, { owner: accountId, limit: MAX_ACCOUNTS })
  const pages = await Promise.all(
    accounts.map(({ id }) => readEntries(db, { accountId: id, limit: MAX_ENTRIES })),
  )
  const entries = pages
    .flat()
    .sort((a, b) => Temporal.Instant.compare(b.createdAt, a.createdAt))
    .slice(0, MAX_ENTRIES)
  return { accounts, entries }
}
