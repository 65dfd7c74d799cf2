import { operatorHandlers } from '../ach-operator/operator-jobs.ts'
import type { BankContext } from '../context.ts'
import { tradesHandlers } from '../investments/async-trades.ts'
import { consentHandlers } from '../items/consent.ts'
import { silenceHandlers } from '../link-sessions/session-end.ts'
import { lifeHandlers } from '../transactions/live-and-tell.ts'
import { readinessHandlers } from '../transactions/readiness.ts'
import { automaticHandlers } from '../verification/automatic.ts'
import { depositHandlers } from '../verification/micro-deposit.ts'
import { webhookHandlers } from '../webhooks/deliver-webhook.ts'

/** Does one due job of its queue. It may be called again for the same job, and must then change nothing. */
export type BankJob = (ctx: BankContext, payload: never) => Promise<void>

/** Every queue of the bank. */
export const jobHandlers: Readonly<Record<string, BankJob>> = {
  ...operatorHandlers,
  ...lifeHandlers,
  ...readinessHandlers,
  ...webhookHandlers,
  ...consentHandlers,
  ...tradesHandlers,
  ...depositHandlers,
  ...automaticHandlers,
  ...silenceHandlers,
}
