import type {
  AccountStatusEvent as AccountStatusBody,
  ActivityEvent as ActivityBody,
  AdminActionEvent as AdminActionBody,
  CorporateActionEvent as CorporateActionBody,
  FundingStatusEvent as FundingStatusBody,
  JournalStatusEventV2 as JournalStatusBody,
  JournalStatusEvent as JournalStatusV1Body,
  NonTradeActivityEvent as NonTradeActivityBody,
  SystemEvent as SystemBody,
  TransferStatusEvent as TransferStatusBody,
} from '@paddock/broker-wire'
import { BrokerError } from './broker-error.ts'
import { type FollowOptions, followEvents, type StreamKind } from './event-stream.ts'
import type { Open } from './open.ts'
import type { Order } from './orders.ts'
import { readServerSentEvents } from './sse.ts'
import type { Transport } from './transport.ts'
import { firstUlidOf } from './ulid.ts'

export type AccountStatusEvent = Open<AccountStatusBody>
export type ActivityEvent = Open<ActivityBody>
export type AdminActionEvent = Open<AdminActionBody>
export type CorporateActionEvent = Open<CorporateActionBody>
export type FundingStatusEvent = Open<FundingStatusBody>
export type JournalStatusEvent = Open<JournalStatusBody>
export type JournalStatusEventV1 = Open<JournalStatusV1Body>
export type NonTradeActivityEvent = Open<NonTradeActivityBody>
export type SystemEvent = Open<SystemBody>
export type TransferStatusEvent = Open<TransferStatusBody>

interface TradeFacts {
  account_id: string
  at: string
  /** `accepted`, `new`, `fill`, `partial_fill`, `canceled`, `expired`, `rejected` … */
  event: string
  timestamp: string
  execution_id?: string
  price?: string
  qty?: string
  position_qty?: string
  order: Order
}

/** What happened to an order; fills carry price and quantity. */
export type TradeEvent = TradeFacts & { event_id: string }
export type TradeEventV1 = TradeFacts & { event_id: number; event_ulid: string }

/** Events of the first version have a number and a ULID; we go by the ULID, which the vendor keeps. */
const v1 = <Event extends { event_ulid: string }>(path: string): StreamKind<Event> => ({
  path,
  cursorParameter: 'since_ulid',
  cursorOf: (event) => event.event_ulid,
})

const v2 = <Event extends { event_id: string }>(path: string): StreamKind<Event> => ({
  path,
  cursorParameter: 'since_id',
  cursorOf: (event) => event.event_id,
})

const activities: StreamKind<ActivityEvent> = {
  ...v2('/v2beta1/events/activities'),
  // A beginning in time would need an end on this stream; a ULID has its time in itself.
  beginAt: (since) => ({ since_id: firstUlidOf(since) }),
}

const corporateActions: StreamKind<CorporateActionEvent> = {
  ...v2('/v1beta1/events/corporate-actions'),
  repeatsCursor: true,
}

export interface CorporateActionOptions extends Omit<FollowOptions, 'id'> {
  /** Such as `cash_dividend_corporateaction_event`; all when there are none. */
  types?: readonly string[]
  region?: 'all' | 'us' | 'non_us'
}

export function eventCalls(transport: Transport) {
  const stream =
    <Event>(kind: StreamKind<Event>) =>
    (options?: FollowOptions): AsyncGenerator<Event> =>
      followEvents<Event>(transport, kind, options)
  return {
    /** Changes of accounts. This stream has no second version: its cursor is `event_ulid`. */
    accountStatus: stream(v1<AccountStatusEvent>('/v1/events/accounts/status')),
    /** Transfers, ACH relationships and wire banks; the cursor is `event_id`. */
    fundingStatus: stream(v2<FundingStatusEvent>('/v2/events/funding/status')),
    /** Orders and fills; the cursor is `event_id`. */
    trades: stream(v2<TradeEvent>('/v2/events/trades')),
    /** Journals; the cursor is `event_id`. */
    journals: stream(v2<JournalStatusEvent>('/v2/events/journals/status')),
    /** Every line of every statement; the cursor is `event_id`, what was seen is told by `ref_id`. */
    activities: stream(activities),
    /** What operators did; the cursor is `event_id`. */
    adminActions: stream(v2<AdminActionEvent>('/v2/events/admin-actions')),
    /** That the day's balances and positions are ready; the cursor is `event_id`. */
    system: stream(v2<SystemEvent>('/v2/events/system')),
    /** What companies announced or changed; the cursor is `event_id`, what it is about is told by `ca.id`. */
    corporateActions({ types, region, ...options }: CorporateActionOptions = {}) {
      const filter = { type: types?.join(','), region }
      return followEvents(transport, { ...corporateActions, filter }, options)
    },
    /** The older streams, which the vendor keeps for older clients. The cursor is `event_ulid`. */
    v1: {
      trades: stream(v1<TradeEventV1>('/v1/events/trades')),
      transfers: stream(v1<TransferStatusEvent>('/v1/events/transfers/status')),
      journals: stream(v1<JournalStatusEventV1>('/v1/events/journals/status')),
      nonTradeActivities: stream(v1<NonTradeActivityEvent>('/v1/events/nta')),
    },

    /** One activity, by the id of its event. */
    async activity(accountId: string, eventId: string): Promise<ActivityEvent> {
      const done = new AbortController()
      const path = `/v2beta1/accounts/${encodeURIComponent(accountId)}/events/activities/${encodeURIComponent(eventId)}`
      try {
        for await (const data of readServerSentEvents(await transport.open(path, {}, done.signal))) {
          if (data !== undefined) return JSON.parse(data) as ActivityEvent
        }
      } finally {
        done.abort()
      }
      throw new BrokerError('the answer holds no event')
    },
  }
}
