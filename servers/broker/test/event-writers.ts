import { setImmediate as nextTurn } from 'node:timers/promises'
import { newId } from '@paddock/kernel'
import type { AccountId } from '../src/accounts/account.ts'
import { appendEvent, type EventStream } from '../src/events/append-event.ts'
import type { BrokerWorld } from './broker-world.ts'

export interface WritingPlan {
  readonly accountIds: readonly string[]
  readonly streams: readonly EventStream[]
  /** How many events each transaction of a writer appends; every writer works through the list. */
  readonly transactions: readonly number[]
  readonly writers: number
}

/** Many at once write events as the domain does: the account locked, some taken back, each transaction of its own length. */
export async function writeEvents(world: BrokerWorld, plan: WritingPlan): Promise<void> {
  const { accountIds, streams, transactions, writers } = plan
  let turn = 0
  const write = async (writer: number) => {
    for (const [round, count] of transactions.entries()) {
      turn += 1
      const accountId = accountIds[(writer + round) % accountIds.length] as AccountId
      const isTakenBack = turn % 7 === 0
      await world.db
        .transaction()
        .execute(async (tx) => {
          await tx.selectFrom('accounts').select('id').where('id', '=', accountId).forUpdate().execute()
          for (let index = 0; index < count; index += 1) {
            const stream = streams[(turn + index) % streams.length]
            if (stream === undefined) throw new Error('there are no streams to write to')
            await appendEvent(tx, { ...eventOf(stream, accountId), at: world.clock.now() })
            await nextTurn()
          }
          if (isTakenBack) throw new Error('taken back')
        })
        .catch((error: unknown) => {
          if (!isTakenBack) throw error
        })
    }
  }
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))
}

function eventOf(stream: EventStream, accountId: AccountId) {
  const entityId = stream === 'account' ? accountId : newId()
  return { accountId, stream, entityId, statusFrom: '', statusTo: 'QUEUED', payload: { account_number: '1' } }
}

export interface Place {
  readonly seq: bigint
  readonly ulid: string
  readonly stream: string
  readonly account_id: string | null
}

/** The whole log, as the sequencer has ordered it; it waits until everything has its number. */
export async function readLog(world: BrokerWorld): Promise<Place[]> {
  for (;;) {
    const waiting = await world.db.selectFrom('event_inbox').select('event_id').limit(1).execute()
    if (waiting.length === 0) break
    await nextTurn()
  }
  return world.db
    .selectFrom('event_sequence')
    .select(['seq', 'ulid', 'stream', 'account_id'])
    .orderBy('seq')
    .execute()
}
