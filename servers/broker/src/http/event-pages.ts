import {
  AccountStatusEvent,
  ActivityEvent,
  AdminActionEvent,
  CorporateActionEvent,
  CorporateActionEventsQuery,
  EventsQuery,
  FundingStatusEvent,
  JournalStatusEvent,
  JournalStatusEventV2,
  NonTradeActivityEvent,
  SystemEvent,
  TradeEventV1,
  TradeEventV2,
  TransferStatusEvent,
} from '@paddock/broker-wire'
import type { ZodType } from 'zod'
import type { StreamPage } from '../events/live-stream.ts'
import type { StreamRules } from '../events/stream-query.ts'
import { presentActivity, presentNonTradeActivity } from './present-activity-event.ts'
import {
  presentAccountEvent,
  presentAdminEvent,
  presentCorporateActionEvent,
  presentFundingEvent,
  presentJournalEventV1,
  presentJournalEventV2,
  presentSystemEvent,
  presentTradeEventV1,
  presentTradeEventV2,
  presentTransferEvent,
} from './present-event.ts'

export type EventPage = StreamPage &
  StreamRules & {
    /** The first one is the vendor's present address. */
    readonly paths: readonly string[]
    readonly summary: string
    readonly event: ZodType
    readonly query: typeof EventsQuery | typeof CorporateActionEventsQuery
    /** What `id` keeps to: one account, or one account or object. Corporate actions have none. */
    readonly idMeans?: 'account' | 'subject'
    /** A page of the market data host: what is wrong with a question is a bad request there. */
    readonly isOfDataHost?: true
    /** Of streams that the vendor has retired: where to go instead. */
    readonly successor?: string
  }

const v1 = { ids: 'number', query: EventsQuery, hiddenStatuses: [], idMeans: 'account' } as const
const v2 = { ids: 'ulid', query: EventsQuery, hiddenStatuses: [], idMeans: 'account' } as const

export const activitiesPage: EventPage = {
  ...v2,
  paths: ['/v2beta1/events/activities'],
  summary: 'Stream activities of all kinds',
  streams: ['trade_activity', 'non_trade_activity'],
  sinceNeedsUntil: true,
  event: ActivityEvent,
  present: presentActivity,
}

/** All generations of the vendor's streams, from one log. */
export const eventPages: readonly EventPage[] = [
  {
    ...v1,
    paths: ['/v1/events/accounts/status'],
    summary: 'Stream changes of accounts',
    streams: ['account'],
    event: AccountStatusEvent,
    present: presentAccountEvent,
  },
  {
    ...v1,
    paths: ['/v1/events/transfers/status'],
    summary: 'Stream changes of transfers (v1)',
    streams: ['transfer'],
    event: TransferStatusEvent,
    present: presentTransferEvent,
    successor: '/v2/events/funding/status',
  },
  {
    ...v1,
    paths: ['/v1/events/trades'],
    summary: 'Stream orders and fills (v1)',
    streams: ['trade'],
    event: TradeEventV1,
    present: presentTradeEventV1,
    successor: '/v2/events/trades',
  },
  {
    ...v1,
    paths: ['/v1/events/journals/status'],
    summary: 'Stream changes of journals (v1)',
    streams: ['journal'],
    hiddenStatuses: ['activity_created'],
    idMeans: 'subject',
    event: JournalStatusEvent,
    present: presentJournalEventV1,
  },
  {
    ...v1,
    paths: ['/v1/events/nta'],
    summary: 'Stream non-trade activities (v1)',
    streams: ['non_trade_activity'],
    event: NonTradeActivityEvent,
    present: presentNonTradeActivity,
  },
  {
    ...v2,
    paths: ['/v2/events/trades', '/v2beta1/events/trades'],
    summary: 'Stream orders and fills',
    streams: ['trade'],
    event: TradeEventV2,
    present: presentTradeEventV2,
  },
  {
    ...v2,
    paths: ['/v2/events/journals/status'],
    summary: 'Stream changes of journals',
    streams: ['journal'],
    idMeans: 'subject',
    event: JournalStatusEventV2,
    present: presentJournalEventV2,
  },
  {
    ...v2,
    paths: ['/v2/events/funding/status'],
    summary: 'Stream changes of transfers, relationships and banks',
    streams: ['transfer', 'bank_relationship', 'wire_bank'],
    event: FundingStatusEvent,
    present: presentFundingEvent,
  },
  {
    ...v2,
    paths: ['/v2/events/admin-actions'],
    summary: 'Stream what operators do',
    streams: ['admin'],
    event: AdminActionEvent,
    present: presentAdminEvent,
  },
  {
    ...v2,
    paths: ['/v2/events/system'],
    summary: 'Stream news of the whole system',
    streams: ['system'],
    event: SystemEvent,
    present: presentSystemEvent,
  },
  activitiesPage,
  {
    ids: 'ulid',
    repeatsCursor: true,
    isOfDataHost: true,
    paths: ['/v1beta1/events/corporate-actions'],
    summary: 'Stream announcements of corporate actions',
    streams: ['corporate_action'],
    hiddenStatuses: [],
    query: CorporateActionEventsQuery,
    event: CorporateActionEvent,
    present: presentCorporateActionEvent,
  },
]
