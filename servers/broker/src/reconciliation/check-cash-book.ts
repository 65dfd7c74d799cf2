import { formatUsd, type UsdMinor } from '@paddock/money'
import { sql } from 'kysely'
import type { Compared, Found, ReconciliationCheck } from './reconciliation.ts'

/** All dollars of the books together are nothing: whatever somebody has, somebody owes. */
export const cashBookCheck: ReconciliationCheck = {
  name: 'cash_book',
  async compare(_ctx, db, day): Promise<Compared> {
    const { rows } = await sql<{ kind: string; accounts: number; posted: bigint }>`
      select case when owner = 'firm' then kind else 'customers_' || kind end as kind,
        count(*)::integer as accounts, sum(posted) as posted
      from ledger_accounts where asset = 'USD' group by 1 order by 1`.execute(db)
    const figures = Object.fromEntries(rows.map(({ kind, posted }) => [kind, posted]))
    const sum = rows.reduce((total, { posted }) => total + posted, 0n)
    const compared = rows.reduce((total, { accounts }) => total + accounts, 0)
    if (sum === 0n) return { compared, found: [], figures }
    const found: Found = {
      kind: 'cash_book_out',
      subject: 'USD',
      amountMinor: sum,
      facts: Object.fromEntries(rows.map(({ kind, posted }) => [kind, formatUsd(posted as UsdMinor)])),
      guess: 'somebody changed the ledger outside of the program: run npm run verify',
      since: day,
    }
    return { compared, found: [found], figures }
  },
}
