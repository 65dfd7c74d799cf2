import { pipelined } from '@paddock/service'
import type { BrokerContext } from '../context.ts'
import type { Tx } from './database.ts'

/** One transaction, whose statements may travel together; after its commit whoever waits for jobs or events looks at once. */
export async function transact<Result>(
  ctx: Pick<BrokerContext, 'db' | 'agenda' | 'events'>,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  const result = await pipelined(ctx.db, work)
  ctx.events.wake()
  ctx.agenda.wake()
  return result
}
