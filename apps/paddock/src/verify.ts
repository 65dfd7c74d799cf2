import { brokerChecks } from '@paddock/broker'
import { type Check, type LedgerTables, ledgerChecks } from '@paddock/ledger'
import { openDatabase } from '@paddock/service'

export interface CheckResult {
  id: string
  title: string
  /** One sentence for each violation; none when the promise is kept. */
  violations: string[]
}

/** Looks at the broker's books, all checks in one snapshot; changes nothing. */
export async function verifyBooks(ownerUrl: string): Promise<CheckResult[]> {
  // The books may be large: a check may take longer than a request ever should.
  const db = openDatabase<LedgerTables>({
    url: ownerUrl,
    schema: 'broker',
    maxConnections: 1,
    statementTimeoutMs: 600_000,
  })
  try {
    return await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (tx) => {
        const results: CheckResult[] = []
        for (const { id, title, run } of inOrder([...ledgerChecks, ...brokerChecks])) {
          results.push({ id, title, violations: await run(tx) })
        }
        return results
      })
  } finally {
    await db.destroy()
  }
}

function inOrder(checks: readonly Check[]): Check[] {
  return checks.toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
}
