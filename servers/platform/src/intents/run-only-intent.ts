import { newId } from '@paddock/kernel'
import type { PlatformContext } from '../context.ts'
import type { Call } from './intent.ts'
import { IntentRefused } from './intent.ts'
import { findOpenIntent } from './intent-store.ts'
import { runIntent, type Wanted } from './run-intent.ts'

/**
 * For requests of which a user has one at a time and that bring no id: while one is open, asking the same
 * again is a retry of it. Answers only what was accepted; an unknown outcome is thrown.
 */
export async function runOnlyIntent<Request, Body extends { id: string }>(
  ctx: PlatformContext,
  call: Call<Request, Body>,
  wanted: Omit<Wanted<Request>, 'id' | 'brokerKey'>,
): Promise<Body> {
  const open = await findOpenIntent(ctx.db, wanted.userId, call.kind)
  const id = open?.id ?? newId()
  try {
    const outcome = await runIntent(ctx, call, { ...wanted, id, brokerKey: open?.brokerKey ?? newId() })
    if (outcome.state === 'accepted') return outcome.body
  } catch (error) {
    const isAnother = error instanceof IntentRefused && error.code === 'request_id_taken'
    throw isAnother ? new IntentRefused('request_under_way') : error
  }
  throw new IntentRefused('outcome_unknown')
}
