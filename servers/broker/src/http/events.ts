import {
  ActivityEventPath,
  type CorporateActionEventsQuery,
  corporateActionEventTypes,
  corporateActionRegions,
  type EventsQuery,
} from '@paddock/broker-wire'
import { z } from 'zod'
import type { AccountId } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import type { EventFilter } from '../events/event-filter.ts'
import { findEvent } from '../events/event-pages.ts'
import { frameOf } from '../events/event-sink.ts'
import { readStreamQuery, refuseFutureEnd, resumeAfter, StreamRefused } from '../events/stream-query.ts'
import { ULID_PATTERN } from '../events/ulid.ts'
import { partnerOf } from './auth.ts'
import { messageOf } from './errors.ts'
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
        { schema: { ...schemaOf(page), querystring: page.query }, exposeHeadRoute: false },
        async (request, reply) => {
          if (page.successor !== undefined && ctx.config.retiredEvents === true) {
            throw new StreamRefused('stream_retired', { successor: page.successor })
          }
          const key = partnerOf(request).keyId
          await refuseAsHostDoes(page, async () => {
            const filter = readFilter(page, request.query, request.headers['last-event-id'])
            if (page.isOfDataHost === true) refuseFutureEnd(filter, ctx.clock.now())
            await server.serve({ request, reply }, page, filter, key)
          })
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

type Query = EventsQuery & CorporateActionEventsQuery

function readFilter(page: EventPage, query: Query, lastEventId: unknown): EventFilter {
  const id = readId('id', query.id)
  const last = typeof lastEventId === 'string' ? lastEventId : undefined
  return {
    ...resumeAfter(readStreamQuery(query, page), last, page),
    streams: page.streams,
    hiddenStatuses: page.hiddenStatuses,
    accountId: page.idMeans === 'account' ? (id as AccountId | undefined) : undefined,
    subjectId: page.idMeans === 'subject' ? id : undefined,
    facts: readFacts(page, query),
  }
}

/** What only some pages can keep to; elsewhere it is unknown, and passed over. */
function readFacts({ streams }: EventPage, { group_id, type, region }: Query): EventFilter['facts'] {
  if (streams.includes('non_trade_activity')) {
    const id = readId('group_id', group_id)
    return id === undefined ? {} : { group_id: [id] }
  }
  if (!streams.includes('corporate_action')) return {}
  const types = readWords('type', type, corporateActionEventTypes)
  const regions = readWords('region', region?.toLowerCase(), corporateActionRegions)
  return {
    ...(types.length === 0 ? {} : { event_type: types }),
    ...(regions.length === 0 || regions.includes('all') ? {} : { region: regions }),
  }
}

function readWords(
  parameter: string,
  given: string | string[] | undefined,
  known: readonly string[],
): string[] {
  const words = [given ?? []].flat().flatMap((part) => part.split(',').filter(Boolean))
  if (words.every((word) => known.includes(word))) return words
  throw new StreamRefused('filter_unknown', { parameter, known: known.join(', ') })
}

/** Says 400 for the market data host where the broker's own streams say 422 (contracts/alpaca/events.md §3). */
async function refuseAsHostDoes({ isOfDataHost }: EventPage, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const isBadRequest = isOfDataHost === true && error instanceof StreamRefused
    throw isBadRequest && error.code !== 'too_many_streams'
      ? new WireRefused(400, 40010001, messageOf(error))
      : error
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
