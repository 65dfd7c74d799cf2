import { brokerChecks } from '@paddock/broker'
import { type Check, type LedgerTables, type LedgerTx, ledgerChecks } from '@paddock/ledger'
import { openDatabase } from '@paddock/service'
import { sql } from 'kysely'
import { mirrorChecks } from './mirror-checks.ts'

export interface CheckResult {
  id: string
  title: string
  /** One sentence for each violation; none when the promise is kept. */
  violations: string[]
}

/** Looks at the broker's books and at the platform's mirror of them, all in one snapshot; changes nothing. */
export async function verifyBooks(
  ownerUrl: string,
  { isBrokerOurs }: { isBrokerOurs: boolean },
): Promise<CheckResult[]> {
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
        const checks = [
          ...ledgerChecks,
          ...brokerChecks,
          ...(isBrokerOurs && (await hasPlatform(tx)) ? mirrorChecks : []),
        ]
        for (const { id, title, run } of inOrder(checks)) {
          results.push({ id, title, violations: await run(tx) })
        }
        return results
      })
  } finally {
    await db.destroy()
  }
}

/** A broker that was started alone has no platform beside it. */
async function hasPlatform(tx: LedgerTx): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select to_regclass('platform.intents') is not null as found`.execute(tx)
  return rows[0]?.found === true
}

function inOrder(checks: readonly Check[]): Check[] {
  return checks.toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
}
