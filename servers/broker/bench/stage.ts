import { setTimeout as sleep } from 'node:timers/promises'
import { startThrowAwayPostgres } from '@paddock/pg-embedded'
import { migrate, openDatabase } from '@paddock/service'
import { sql } from 'kysely'
import type { DB } from '../src/db/schema.ts'
import { brokerMigrations } from '../src/index.ts'

const SCHEMA = 'broker'
const ROLE = 'paddock_broker'
const ROLE_PASSWORD = 'bench'

/** A place in the log and whom it concerns. */
export type Numbered = { readonly seq: number; readonly accountId: string | null }

/** A PostgreSQL with its safe defaults for this run, and what the benchmark asks of it. */
export async function openStage() {
  const postgres = await startThrowAwayPostgres()
  const ownerUrl = postgres.url('postgres')
  await migrate({
    ownerUrl,
    schema: SCHEMA,
    role: ROLE,
    rolePassword: ROLE_PASSWORD,
    sources: brokerMigrations,
  })
  const url = new URL(ownerUrl)
  url.username = ROLE
  url.password = ROLE_PASSWORD
  const db = openDatabase<DB>({ url: url.href, schema: SCHEMA, maxConnections: 2 })
  return {
    url: url.href,
    /** The events of a stream after a place, once all have their numbers. */
    async eventsAfter(seq: number, stream: string): Promise<Numbered[]> {
      for (;;) {
        const { rows } = await sql`select 1 from event_inbox limit 1`.execute(db)
        if (rows.length === 0) break
      }
      const rows = await db
        .selectFrom('event_sequence')
        .select(['seq', 'account_id'])
        .where('stream', '=', stream)
        .where('seq', '>', BigInt(seq))
        .execute()
      return rows.map((row) => ({ seq: Number(row.seq), accountId: row.account_id }))
    },
    /**
     * Waits until so many accounts are active. They are approved in real time: a clock that was moved would put
     * every event into the future.
     */
    async accountsAreActive(count: number): Promise<void> {
      for (;;) {
        const { rows } = await sql<{ count: bigint }>`
          select count(*) as count from accounts where status = 'ACTIVE'`.execute(db)
        if (Number(rows[0]?.count ?? 0n) >= count) return
        await sleep(200)
      }
    },
    async lastPlace(): Promise<number> {
      const { rows } = await sql<{ seq: bigint }>`select max(seq) as seq from event_sequence`.execute(db)
      return Number(rows[0]?.seq ?? 0n)
    },
    /** Many events at once, as large as one likes. */
    async writeActivities(accountId: string, count: number, bytes: number): Promise<void> {
      await sql`
        with written as (
          insert into events (account_id, stream, entity_id, status_to, at, payload)
          select ${accountId}::uuid, 'non_trade_activity', gen_random_uuid(), 'executed', clock_timestamp(),
            jsonb_build_object('activity_type', 'CSD', 'net_amount', '1', 'settle_date', '2026-11-20',
              'system_date', '2026-11-20', 'description', repeat(md5(n::text), ${bytes / 32}::int))
          from generate_series(1, ${count}::int) as n returning id
        )
        insert into event_inbox (event_id) select id from written`.execute(db)
    },
    async [Symbol.asyncDispose]() {
      await db.destroy()
      await postgres.stop()
    },
  }
}

export type Stage = Awaited<ReturnType<typeof openStage>>
