import { execFile } from 'node:child_process'
import { access } from 'node:fs/promises'
import { promisify } from 'node:util'
import { ledgerChecks } from '@paddock/ledger'
import { startThrowAwayPostgres } from '@paddock/pg-embedded'
import { type Db, migrate, openDatabase } from '@paddock/service'
import { sql } from 'kysely'
import { brokerChecks, brokerMigrations } from '../src/index.ts'
import type { Acknowledged } from './messages.ts'
import { seedAccounts } from './seed-accounts.ts'
import { prepareTpcb } from './tpcb-load.ts'

const SCHEMA = 'broker'
const ROLE = 'paddock_broker'
const ROLE_PASSWORD = 'bench'
const run = promisify(execFile)
const PGBENCHES = ['/usr/lib/postgresql/15/bin/pgbench', '/usr/bin/pgbench', '/usr/local/bin/pgbench']

/** A broker's database in which so many customers have their money, and what the benchmark asks of it afterwards. */
export interface OrderBooks {
  readonly accounts: number
  /** As the broker connects: the role that owns nothing. */
  readonly url: string
  countFills(): Promise<number>
  /** Waits until nothing is due any more, but not for ever; answers whether that is so. */
  isIdle(): Promise<boolean>
  /** Sentences about what is wrong with the books, and about acknowledged orders that are not in them once. */
  faults(acknowledged: readonly Acknowledged[]): Promise<string[]>
}

/** One PostgreSQL with its safe defaults for everything that is compared. */
export async function openOrderStage(accountCounts: readonly number[]) {
  const postgres = await startThrowAwayPostgres()
  const admin = openDatabase<Record<string, never>>({ url: postgres.url('postgres'), schema: 'public' })
  const opened: Db<Record<string, never>>[] = [admin]
  const books: OrderBooks[] = []
  for (const accounts of accountCounts) {
    const name = `orders_${accounts}`
    await sql`create database ${sql.id(name)}`.execute(admin)
    const owner = await prepareBroker(postgres.url(name), accounts)
    opened.push(owner)
    books.push(booksOf(owner, accounts, roleUrl(postgres.url(name))))
  }
  await sql`create database tpcb`.execute(admin)
  await prepareTpcb(postgres.url('tpcb'))
  const { rows } = await sql<{ name: string; setting: string }>`
    select name, setting from pg_settings
    where name in ('server_version', 'fsync', 'synchronous_commit', 'shared_buffers', 'max_wal_size')
    order by name`.execute(admin)
  return {
    books,
    settings: Object.fromEntries(rows.map((row) => [row.name, row.setting])),
    tpcbUrl: postgres.url('tpcb'),
    /** Transactions per second, where the machine has a `pgbench`. */
    pgbench: await findPgbench(postgres.port, new URL(postgres.url('tpcb')).password),
    async settle(): Promise<void> {
      await sql`checkpoint`.execute(admin)
    },
    async [Symbol.asyncDispose]() {
      for (const db of opened) await db.destroy()
      await postgres.stop()
    },
  }
}

function roleUrl(ownerUrl: string): string {
  const url = new URL(ownerUrl)
  url.username = ROLE
  url.password = ROLE_PASSWORD
  return url.href
}

async function prepareBroker(ownerUrl: string, accounts: number): Promise<Db<Record<string, never>>> {
  await migrate({
    ownerUrl,
    schema: SCHEMA,
    role: ROLE,
    rolePassword: ROLE_PASSWORD,
    sources: brokerMigrations,
  })
  const owner = openDatabase<Record<string, never>>({
    url: ownerUrl,
    schema: SCHEMA,
    maxConnections: 1,
    statementTimeoutMs: 120_000,
  })
  await seedAccounts(owner, accounts)
  return owner
}

function booksOf(owner: Db<Record<string, never>>, accounts: number, url: string): OrderBooks {
  const count = async (query: ReturnType<typeof sql<{ count: bigint }>>) =>
    Number((await query.execute(owner)).rows[0]?.count ?? 0n)
  return {
    accounts,
    url,
    countFills: () => count(sql`select count(*) as count from fills`),
    async isIdle() {
      const giveUpAt = performance.now() + 15_000
      while (performance.now() < giveUpAt) {
        const waiting = await count(sql`
          select (select count(*) from orders where look_at <= now()) + (select count(*) from event_inbox) as count`)
        if (waiting === 0) return true
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      return false
    },
    async faults(acknowledged) {
      const found = await lostOrDoubled(owner, acknowledged)
      for (const { id, run: check } of [...ledgerChecks, ...brokerChecks]) {
        found.push(...(await check(owner)).map((sentence) => `${id}: ${sentence}`))
      }
      return found
    },
  }
}

async function lostOrDoubled(
  owner: Db<Record<string, never>>,
  acknowledged: readonly Acknowledged[],
): Promise<string[]> {
  const { rows } = await sql<{ client_order_id: string; times: bigint }>`
    with told as (
      select * from unnest(${acknowledged.map(({ orderId }) => orderId)}::uuid[],
        ${acknowledged.map(({ clientOrderId }) => clientOrderId)}::text[]) as told (id, client_order_id)
    )
    select told.client_order_id, count(orders.id) as times
    from told left join orders on orders.id = told.id and orders.client_order_id = told.client_order_id
    group by told.id, told.client_order_id having count(orders.id) <> 1 or count(*) <> 1 limit 20`.execute(
    owner,
  )
  return rows.map((row) => `order ${row.client_order_id} was acknowledged and is there ${row.times} times`)
}

async function findPgbench(port: number, password: string) {
  const present = await Promise.all(
    PGBENCHES.map((path) =>
      access(path).then(
        () => path,
        () => undefined,
      ),
    ),
  )
  const path = present.find((found) => found !== undefined)
  if (path === undefined) return undefined
  return async (connections: number, forMs: number): Promise<number> => {
    const place = ['-h', '127.0.0.1', '-p', String(port), '-U', 'paddock', 'tpcb']
    const how = ['-n', '-M', 'prepared', '-T', String(Math.max(1, Math.round(forMs / 1_000)))]
    const clients = ['-c', String(connections), '-j', String(Math.min(2, connections))]
    const { stdout } = await run(path, [...how, ...clients, ...place], {
      env: { PATH: process.env.PATH ?? '', PGPASSWORD: password },
    })
    return Math.round(Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? 0))
  }
}
