import { pipelined } from '@paddock/service'
import { sql } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import { ulidsAfter } from './ulid.ts'

/** Only one session in the world may number events; the others wait for their next turn. */
const SEQUENCER_LOCK = 4_100_001
/** As many are numbered at once at most; fewer means that there are no more. */
export const SEQUENCER_BATCH = 1_000

type Waiting = {
  readonly ids: readonly string[]
  readonly last_seq: bigint | null
  readonly last_ulid: string | null
}

/**
 * Numbers the events that have committed since the last call, in the order of their ids, and answers how
 * many. Because one writer at a time does it, a number never appears behind a cursor that has passed it.
 */
export async function sequenceEvents(db: Db, now: Temporal.Instant): Promise<number> {
  return pipelined(db, async (tx, { commit }) => {
    // The second statement sees, under the lock, what the writer before us numbered.
    const [isOurTurn, { ids, last_seq, last_ulid }] = await Promise.all([tryLock(tx), readWaiting(tx)])
    if (!isOurTurn || ids.length === 0) return 0
    const ulids = ulidsAfter(last_ulid ?? undefined, now, ids.length)
    const numbered = sql`
      with numbered as (
        select * from unnest(${ids}::bigint[], ${ulids}::text[]) with ordinality as n (id, ulid, place)
      ), taken as (
        delete from event_inbox where event_id in (select id from numbered)
      )
      insert into event_sequence (seq, ulid, event_id, stream, account_id)
      select ${last_seq ?? 0n}::bigint + place, ulid, id, stream, account_id
      from numbered join events using (id)
      order by place`.execute(tx)
    await Promise.all([numbered, commit()])
    return ids.length
  })
}

async function tryLock(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ locked: boolean }>`
    select pg_try_advisory_xact_lock(${SEQUENCER_LOCK}) as locked`.execute(tx)
  return rows[0]?.locked === true
}

async function readWaiting(db: Tx): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    select array(select event_id from event_inbox order by event_id limit ${SEQUENCER_BATCH})::text[] as ids,
      last.seq as last_seq, last.ulid as last_ulid
    from (select 1) as one left join (select seq, ulid from event_sequence order by seq desc limit 1) as last on true
  `.execute(db)
  return rows[0] ?? { ids: [], last_seq: null, last_ulid: null }
}
