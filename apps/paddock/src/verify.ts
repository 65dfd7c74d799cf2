import { bankChecks } from '@paddock/bank'
import { achFileChecks, brokerChecks } from '@paddock/broker'
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

/** Looks at the broker's books, the platform's mirror of them and the banks', all in one snapshot; changes nothing. */
export async function verifyBooks(
  ownerUrl: string,
  { isBrokerOurs, achFileKeys }: { isBrokerOurs: boolean; achFileKeys: readonly Buffer[] },
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
          ...achFileChecks(achFileKeys),
          ...(isBrokerOurs && (await hasTable(tx, 'platform.intents')) ? mirrorChecks : []),
          ...((await hasTable(tx, 'bank.bank_entries')) ? bankChecks : []),
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

/** A broker that was started alone has no platform and no bank beside it. */
async function hasTable(tx: LedgerTx, name: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select to_regclass(${name}) is not null as found`.execute(tx)
  return rows[0]?.found === true
}

type AnyCheck = Pick<Check, 'id' | 'title'> & { run(tx: LedgerTx): Promise<string[]> }

function inOrder(checks: readonly AnyCheck[]): AnyCheck[] {
  return checks.toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
}
