import { EventsQuery } from '@paddock/broker-wire'
import type { AccountId } from '../accounts/account.ts'
import type { EventStream } from '../events/append-event.ts'
import type { LoggedEvent } from '../events/read-events.ts'
import { type IdKind, readStreamQuery, StreamRefused } from '../events/stream-query.ts'
import { OpenStreams, sendEvents } from './event-stream.ts'
import {
  presentAccountEvent,
  presentFundingEvent,
  presentTradeEventV1,
  presentTradeEventV2,
  presentTransferEvent,
} from './present-event.ts'
import type { BrokerRoutes } from './routes.ts'

type Page = {
  readonly path: string
  readonly streams: readonly EventStream[]
  readonly ids: IdKind
  readonly present: (event: LoggedEvent) => unknown
}

/** Both generations of the vendor's streams, from one log. */
const pages: readonly Page[] = [
  { path: '/v1/events/accounts/status', streams: ['account'], ids: 'number', present: presentAccountEvent },
  {
    path: '/v1/events/transfers/status',
    streams: ['transfer'],
    ids: 'number',
    present: presentTransferEvent,
  },
  { path: '/v1/events/trades', streams: ['trade'], ids: 'number', present: presentTradeEventV1 },
  {
    path: '/v2/events/funding/status',
    streams: ['transfer', 'bank_relationship'],
    ids: 'ulid',
    present: presentFundingEvent,
  },
  { path: '/v2/events/trades', streams: ['trade'], ids: 'ulid', present: presentTradeEventV2 },
  { path: '/v2beta1/events/trades', streams: ['trade'], ids: 'ulid', present: presentTradeEventV2 },
]

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const eventRoutes: BrokerRoutes = async (app, { ctx }) => {
  const open = new OpenStreams()
  app.addHook('preClose', async () => open.endAll())
  for (const page of pages) {
    app.get(
      page.path,
      { schema: { querystring: EventsQuery }, exposeHeadRoute: false },
      async (request, reply) => {
        const subscription = {
          ...readStreamQuery(request.query, page.ids),
          streams: page.streams,
          accountId: readAccountFilter(request.query.id),
        }
        await sendEvents(ctx, open, { request, reply }, subscription, page.present)
      },
    )
  }
}

function readAccountFilter(id: string | undefined): AccountId | undefined {
  if (id === undefined || id === '') return undefined
  if (!UUID.test(id)) throw new StreamRefused('cursor_invalid', { parameter: 'id' })
  return id.toLowerCase() as AccountId
}
