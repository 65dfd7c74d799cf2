import pg from 'pg'
import { type LoadReport, nowMs } from './messages.ts'

/** Rows for each unit of scale, as the standard has them. */
export const TPCB_SCALE = 10
const TELLERS = 10 * TPCB_SCALE
const ACCOUNTS = 100_000 * TPCB_SCALE

const random = (upTo: number) => 1 + Math.floor(Math.random() * upTo)

/** Tables of the standard's shape, filled; as `pgbench -i` makes them, so that both can use the same. */
export async function prepareTpcb(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`
    create table pgbench_branches (bid int not null, bbalance int, filler char(88)) with (fillfactor = 100);
    create table pgbench_tellers (tid int not null, bid int, tbalance int, filler char(84)) with (fillfactor = 100);
    create table pgbench_accounts (aid int not null, bid int, abalance int, filler char(84)) with (fillfactor = 100);
    create table pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));
    insert into pgbench_branches select n, 0, '' from generate_series(1, ${TPCB_SCALE}) as n;
    insert into pgbench_tellers select n, (n - 1) / 10 + 1, 0, '' from generate_series(1, ${TELLERS}) as n;
    insert into pgbench_accounts select n, (n - 1) / 100000 + 1, 0, '' from generate_series(1, ${ACCOUNTS}) as n;
    alter table pgbench_branches add primary key (bid);
    alter table pgbench_tellers add primary key (tid);
    alter table pgbench_accounts add primary key (aid);`)
  await client.query('vacuum analyze')
  await client.query('checkpoint')
  await client.end()
}

type TpcbCommand = { readonly connections: number; readonly warmUpMs: number; readonly forMs: number }

/** The standard's transaction through `pg`: three updates, a select, an insert, each a prepared statement. */
export async function loadTpcb(
  url: string,
  { connections, warmUpMs, forMs }: TpcbCommand,
): Promise<LoadReport> {
  const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString: url }))
  await Promise.all(clients.map((client) => client.connect()))
  const measuredFromMs = nowMs() + warmUpMs
  const endsAtMs = measuredFromMs + forMs
  const latenciesMs: number[] = []
  const drive = async (client: pg.Client) => {
    for (let begunMs = nowMs(); begunMs < endsAtMs; begunMs = nowMs()) {
      await transact(client)
      const atMs = nowMs()
      if (atMs >= measuredFromMs && atMs < endsAtMs) latenciesMs.push(atMs - begunMs)
    }
  }
  await Promise.all(clients.map(drive))
  await Promise.all(clients.map((client) => client.end()))
  return { kind: 'loaded', latenciesMs, elapsedMs: forMs, acknowledged: [], failures: [] }
}

async function transact(client: pg.Client): Promise<void> {
  const [aid, bid, tid] = [random(ACCOUNTS), random(TPCB_SCALE), random(TELLERS)]
  const delta = random(10_001) - 5_001
  await client.query('begin')
  await client.query({
    name: 'account',
    text: 'update pgbench_accounts set abalance = abalance + $1 where aid = $2',
    values: [delta, aid],
  })
  await client.query({
    name: 'balance',
    text: 'select abalance from pgbench_accounts where aid = $1',
    values: [aid],
  })
  await client.query({
    name: 'teller',
    text: 'update pgbench_tellers set tbalance = tbalance + $1 where tid = $2',
    values: [delta, tid],
  })
  await client.query({
    name: 'branch',
    text: 'update pgbench_branches set bbalance = bbalance + $1 where bid = $2',
    values: [delta, bid],
  })
  await client.query({
    name: 'history',
    text: 'insert into pgbench_history (tid, bid, aid, delta, mtime) values ($1, $2, $3, $4, current_timestamp)',
    values: [tid, bid, aid, delta],
  })
  await client.query('commit')
}
