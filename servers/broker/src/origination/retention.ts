import { newYorkDate, newYorkInstant } from '@paddock/calendar'
import { sql } from 'kysely'
import type { BrokerContext } from '../context.ts'
import type { Db } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { raiseAlarm } from './alarm-store.ts'

/** How long a record is kept from its own day, or from the closing of the account (contracts/nacha/answers.md §7). */
export type RetentionRule = {
  readonly table: RetainedTable
  readonly column: 'sealed_at' | 'received_at' | 'created_at'
  readonly years: number
  /** What the rules ask for at least; ours is longer. */
  readonly leastYears: number
  /** Counted from the closing of the account: numbers of a linked bank are kept as long as the account is open. */
  readonly fromClosing: boolean
}

type RetainedTable =
  | 'ach_files'
  | 'ach_inbound_files'
  | 'ach_answers'
  | 'ach_statements'
  | 'ach_bank_versions'

export const retentionRules: readonly RetentionRule[] = [
  { table: 'ach_files', column: 'sealed_at', years: 7, leastYears: 6, fromClosing: false },
  { table: 'ach_inbound_files', column: 'received_at', years: 7, leastYears: 6, fromClosing: false },
  { table: 'ach_answers', column: 'created_at', years: 7, leastYears: 6, fromClosing: false },
  { table: 'ach_statements', column: 'created_at', years: 7, leastYears: 6, fromClosing: false },
  { table: 'ach_bank_versions', column: 'created_at', years: 7, leastYears: 2, fromClosing: true },
]

export const SHORTEST_RETENTION_YEARS = Math.min(...retentionRules.map(({ years }) => years))

export type Retention = RetentionRule & {
  /** What is from before this day may go; nothing that is younger. */
  readonly before: Temporal.PlainDate
  readonly mayGo: bigint
}

/** What may go by now. It is only told: whoever lets records go does so by hand. */
export async function readRetention({
  db,
  clock,
}: Pick<BrokerContext, 'db' | 'clock'>): Promise<Retention[]> {
  const today = newYorkDate(clock.now())
  const found: Retention[] = []
  for (const rule of retentionRules) {
    const before = today.subtract({ years: rule.years })
    found.push({ ...rule, before, mayGo: await countBefore(db, rule, before) })
  }
  return found
}

async function countBefore(db: Db, rule: RetentionRule, before: Temporal.PlainDate): Promise<bigint> {
  const at = newYorkInstant(before, Temporal.PlainTime.from('00:00')).toString()
  const closed = sql`and exists (
    select from accounts where accounts.id = kept.account_id and accounts.status = 'ACCOUNT_CLOSED'
      and accounts.updated_at < ${at}::timestamptz)`
  const { rows } = await sql<{ count: bigint }>`
    select count(*) as count from ${sql.table(rule.table)} as kept
    where ${sql.ref(`kept.${rule.column}`)} < ${at}::timestamptz ${rule.fromClosing ? closed : sql``}`.execute(
    db,
  )
  return rows[0]?.count ?? 0n
}

/** Tells once that there is something to let go, until somebody has. */
export async function tellRetention(ctx: BrokerContext): Promise<void> {
  for (const { table, before, mayGo } of await readRetention(ctx)) {
    if (mayGo === 0n) continue
    const message = `${mayGo} records of ${table} from before ${before} need not be kept any longer`
    await transact(ctx, (tx) =>
      raiseAlarm(tx, { kind: 'ach_retention', subject: table, message }, ctx.clock.now()),
    )
  }
}
