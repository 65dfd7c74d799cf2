import type { BrokerContext } from '../context.ts'

/** Does one due job of its queue. It may be called again for the same job, and must then change nothing. */
export type BrokerJob = (ctx: BrokerContext, payload: never) => Promise<void>

/** Who does the work of each queue. Each line is one file of this folder. */
export const jobHandlers: Readonly<Record<string, BrokerJob>> = {}
