import { linkBank } from '../broker/link-bank.ts'
import { openBrokerAccount } from '../broker/open-account.ts'
import { BrokerRefused } from '../broker/refusal.ts'
import { submitJournal, submitJournalBatch } from '../broker/submit-journal.ts'
import { submitOrder } from '../broker/submit-order.ts'
import { submitTransfer } from '../broker/submit-transfer.ts'
import type { PlatformContext } from '../context.ts'
import { pause } from '../pause.ts'
import type { Intent } from './intent.ts'
import { listOpenIntents } from './intent-store.ts'
import { settleOpenIntent } from './run-intent.ts'

const BATCH = 20
const LONGEST_WAIT_MS = 60_000

const changes = {
  application: 'account',
  relationship: 'banks',
  transfer: 'transfers',
  order: 'orders',
  journal: 'account',
  journal_batch: 'account',
} as const

/** Finds out how the calls have ended whose answers were lost. */
export async function settleIntents(ctx: PlatformContext): Promise<void> {
  const { graceMs } = ctx.settle
  const now = ctx.clock.now()
  const open = await listOpenIntents(ctx.db, now.subtract({ milliseconds: graceMs }), BATCH)
  for (const intent of open.filter((intent) => isDue(intent, graceMs, now))) {
    try {
      const { state } = await settle(ctx, intent)
      if (state === 'accepted') ctx.live.tell(intent.userId, changes[intent.kind])
    } catch (error) {
      // A refusal is an outcome too, and is written down.
      if (error instanceof BrokerRefused) ctx.live.tell(intent.userId, changes[intent.kind])
      else ctx.warn(error, 'settling an intent failed; it will be tried again')
    }
  }
}

/** Each try waits twice as long as the one before. */
function isDue({ calledAt, calls }: Intent, graceMs: number, now: Temporal.Instant): boolean {
  const waitMs = Math.max(graceMs, Math.min(graceMs * 2 ** (calls - 1), LONGEST_WAIT_MS))
  return calledAt.epochMilliseconds + waitMs <= now.epochMilliseconds
}

function settle(ctx: PlatformContext, intent: Intent) {
  switch (intent.kind) {
    case 'application':
      return settleOpenIntent(ctx, openBrokerAccount, intent)
    case 'relationship':
      return settleOpenIntent(ctx, linkBank, intent)
    case 'transfer':
      return settleOpenIntent(ctx, submitTransfer, intent)
    case 'order':
      return settleOpenIntent(ctx, submitOrder, intent)
    case 'journal':
      return settleOpenIntent(ctx, submitJournal, intent)
    case 'journal_batch':
      return settleOpenIntent(ctx, submitJournalBatch, intent)
  }
}

/** Looks after open intents until stopped. */
export async function keepSettling(ctx: PlatformContext, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await settleIntents(ctx).catch((error) => ctx.warn(error, 'open intents could not be read'))
    await pause(ctx.settle.everyMs, signal)
  }
}
