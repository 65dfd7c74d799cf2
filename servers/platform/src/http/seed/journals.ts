import {
  JournalAnswer,
  JournalBatchAnswer,
  JournalBatchRequest,
  JournalRequest,
} from '@paddock/platform-wire'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { PlatformContext } from '../../context.ts'
import { IntentRefused } from '../../intents/intent.ts'
import { presentJournal } from '../../journals/present-journal.ts'
import { requestJournal, requestJournalBatch } from '../../journals/request-journal.ts'
import { callerOf } from '../access.ts'
import { idempotencyKeyOf, requestIdOf } from './request-id.ts'

/** Cash and shares between accounts: in the seed anybody could ask for it, here operators only. */
export const journalRoutes: FastifyPluginAsyncZod<{ ctx: PlatformContext }> = async (app, { ctx }) => {
  app.post(
    '/journals',
    {
      config: { operatorsOnly: true },
      schema: { body: JournalRequest, response: { 200: JournalAnswer } },
    },
    async (request) => {
      const id = requestIdOf(idempotencyKeyOf(request))
      const outcome = await requestJournal(ctx, callerOf(request), id, request.body)
      if (outcome.state === 'unknown') throw new IntentRefused('outcome_unknown', { idempotency_key: id })
      return { journal: presentJournal(outcome.body) }
    },
  )

  app.post(
    '/journals/batch',
    {
      config: { operatorsOnly: true },
      schema: { body: JournalBatchRequest, response: { 200: JournalBatchAnswer } },
    },
    async (request) => {
      const id = requestIdOf(idempotencyKeyOf(request))
      const outcome = await requestJournalBatch(ctx, callerOf(request), id, request.body)
      if (outcome.state === 'unknown') throw new IntentRefused('outcome_unknown', { idempotency_key: id })
      return { journals: outcome.body.journals.map(presentJournal) }
    },
  )
}
