import { ActivityEventPath, type EventsQuery, EventsQuery as Query } from '@paddock/broker-wire'
import { z } from 'zod'
import type { AccountId } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import type { EventFilter } from '../events/event-filter.ts'
import { findEvent } from '../events/event-pages.ts'
import { frameOf } from '../events/event-sink.ts'
import { readStreamQuery, resumeAfter, StreamRefused } from '../events/stream-query.ts'
import { ULID_PATTERN } from '../events/ulid.ts'
import { partnerOf } from './auth.ts'
import { activitiesPage, type EventPage, eventPages } from './event-pages.ts'
import { beginStream, StreamServer } from './event-stream.ts'
import type { BrokerRoutes } from './routes.ts'
import { WireRefused } from './wire-error.ts'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The vendor's event streams (contracts/alpaca/events.md). */
export const eventRoutes: BrokerRoutes = async (app, { ctx }) => {
  const server = new StreamServer(ctx, (error) => app.log.error({ err: error }, 'reading events failed'))
  app.addHook('preClose', () => server.stop())
  for (const page of eventPages) {
    for (const path of page.paths) {
      app.get(
        path,
        { schema: { ...schemaOf(page), querystring: Query }, exposeHeadRoute: false },
        async (request, reply) => {
          if (page.successor !== undefined && ctx.config.retiredEvents === true) {
            throw new StreamRefused('stream_retired', { successor: page.successor })
          }
          const filter = readFilter(page, request.query, request.headers['last-event-id'])
          await server.serve({ request, reply }, page, filter, partnerOf(request).keyId)
        },
      )
    }
  }

  app.get(
    '/v2beta1/accounts/:account_id/events/activities/:event_id',
    {
      schema: {
        ...schemaOf(activitiesPage),
        summary: 'Read one activity as an event',
        params: ActivityEventPath,
      },
      exposeHeadRoute: false,
    },
    async ({ params }, reply) => {
      const event = await findActivity(ctx, params.account_id, params.event_id)
      const body = JSON.stringify(activitiesPage.present(event))
      const socket = beginStream(reply)
      socket.write(frameOf([Buffer.from(`id: ${event.ulid}\ndata: ${body}\n\n`)]))
      socket.end()
    },
  )
}

/** One line of `data:` is one event; the document can only say that there are many. */
function schemaOf({ summary, event }: EventPage) {
  const content = { 'text/event-stream': { schema: z.array(event) } }
  return { summary, tags: ['Events'], response: { 200: { description: 'Server-sent events', content } } }
}

function readFilter(page: EventPage, query: EventsQuery, lastEventId: unknown): EventFilter {
  const id = readId('id', query.id)
  return {
    ...resumeAfter(readStreamQuery(query, page), typeof lastEventId === 'string' ? lastEventId : undefined),
    streams: page.streams,
    hiddenStatuses: page.hiddenStatuses,
    accountId: page.idMeans === 'account' ? (id as AccountId | undefined) : undefined,
    subjectId: page.idMeans === 'subject' ? id : undefined,
    groupId: page.streams.includes('non_trade_activity') ? readId('group_id', query.group_id) : undefined,
  }
}

function readId(parameter: string, id: string | undefined): string | undefined {
  if (id === undefined || id === '') return undefined
  if (!UUID.test(id)) throw new StreamRefused('cursor_invalid', { parameter })
  return id.toLowerCase()
}

async function findActivity(ctx: BrokerContext, account: string, ulid: string) {
  if (!UUID.test(account)) throw new WireRefused(400, 40010001, 'account_id is invalid')
  if (!ULID_PATTERN.test(ulid.toUpperCase())) throw new WireRefused(400, 40010001, 'event_id is invalid')
  const accountId = account.toLowerCase() as AccountId
  await requireAccount(ctx.db, accountId)
  const event = await findEvent(ctx.db, ulid.toUpperCase())
  if (event?.accountId !== accountId || !activitiesPage.streams.includes(event.stream)) {
    throw new StreamRefused('event_not_found')
  }
  return event
}
