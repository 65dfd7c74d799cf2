import {
  BatchJournalBody,
  CreateJournalBatchBody,
  CreateJournalBody,
  CreateReverseJournalBatchBody,
  JournalBody,
  JournalPath,
  ListJournalsQuery,
} from '@paddock/broker-wire'
import { z } from 'zod'
import type { AccountId } from '../accounts/account.ts'
import type { JsonObject } from '../db/schema.ts'
import { cancelJournal } from '../journals/decide-journal.ts'
import type { Journal, JournalId, JournalStatus } from '../journals/journal.ts'
import { getJournal, type JournalFilter, listJournals } from '../journals/journal-store.ts'
import { requestJournals } from '../journals/request-journals.ts'
import { presentJournal, readBatch, readJournal, readJournalKey, readReverseBatch } from './journals-body.ts'
import { readDay } from './moment.ts'
import type { BrokerRoutes } from './routes.ts'

const tags = ['Journals']

export const journalRoutes: BrokerRoutes = async (app, options) => {
  await app.register(askingRoutes, options)
  await app.register(keptRoutes, options)
}

const askingRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.post(
    '/v1/journals',
    {
      schema: { summary: 'Create a journal', tags, body: CreateJournalBody, response: { 200: JournalBody } },
    },
    async ({ body, headers }) => {
      const idempotencyKey = readJournalKey(headers['idempotency-key'])
      const request = { origin: 'single' as const, wishes: [readJournal(ctx, body)], idempotencyKey }
      const answer = await requestJournals(ctx, request, ([journal]) => present(journal))
      return answer as unknown as JournalBody
    },
  )

  app.post(
    '/v1/journals/batch',
    {
      schema: {
        summary: 'Create a batch of journals from one account to many',
        tags,
        body: CreateJournalBatchBody,
        response: { 200: z.array(BatchJournalBody) },
      },
    },
    async ({ body, headers }) => {
      const idempotencyKey = readJournalKey(headers['idempotency-key'])
      const request = { origin: 'batch' as const, wishes: readBatch(body), idempotencyKey }
      return rowsOf(await requestJournals(ctx, request, presentBatch))
    },
  )

  app.post(
    '/v1/journals/reverse_batch',
    {
      schema: {
        summary: 'Create a batch of journals from many accounts to one',
        tags,
        body: CreateReverseJournalBatchBody,
        response: { 200: z.array(BatchJournalBody) },
      },
    },
    async ({ body, headers }) => {
      const idempotencyKey = readJournalKey(headers['idempotency-key'])
      const request = { origin: 'reverse_batch' as const, wishes: readReverseBatch(body), idempotencyKey }
      return rowsOf(await requestJournals(ctx, request, presentBatch))
    },
  )
}

const keptRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.get(
    '/v1/journals',
    {
      schema: {
        summary: 'List journals',
        tags,
        querystring: ListJournalsQuery,
        response: { 200: z.array(JournalBody) },
      },
    },
    async ({ query }) => (await listJournals(ctx.db, readFilter(query))).map(presentJournal),
  )

  app.get(
    '/v1/journals/:journal_id',
    { schema: { summary: 'Get a journal', tags, params: JournalPath, response: { 200: JournalBody } } },
    async ({ params }) => presentJournal(await getJournal(ctx.db, params.journal_id as JournalId)),
  )

  app.delete(
    '/v1/journals/:journal_id',
    {
      schema: { summary: 'Cancel a pending journal', tags, params: JournalPath, response: { 204: z.void() } },
    },
    async ({ params }, reply) => {
      await cancelJournal(ctx, params.journal_id as JournalId)
      return reply.code(204).send()
    },
  )
}

const present = (journal: Journal | undefined) =>
  (journal === undefined ? {} : presentJournal(journal)) as unknown as JsonObject

/** What is kept under a key is an object, so a batch is kept as one. */
const presentBatch = (journals: readonly Journal[]): JsonObject => ({
  rows: journals.map((journal) => ({ ...present(journal), error_message: '' })),
})

const rowsOf = (answer: JsonObject) => answer.rows as unknown as BatchJournalBody[]

function readFilter(query: ListJournalsQuery): JournalFilter {
  const { after, before, status, entry_type: entryType, from_account, to_account, limit } = query
  return {
    after: after === undefined ? undefined : readDay(after),
    before: before === undefined ? undefined : readDay(before),
    statuses: (status ?? []).flatMap((one): JournalStatus[] =>
      one === 'executed' ? ['executed', 'activity_created'] : [one],
    ),
    entryType,
    from: from_account as AccountId | undefined,
    to: to_account as AccountId | undefined,
    limit,
  }
}
