import type {
  AccountStatusEvent as AccountStatusBody,
  FundingStatusEvent as FundingStatusBody,
} from '@paddock/broker-wire'
import { type FollowOptions, followEvents } from './event-stream.ts'
import type { Open } from './open.ts'
import type { Order } from './orders.ts'
import type { Transport } from './transport.ts'

export type AccountStatusEvent = Open<AccountStatusBody>
export type FundingStatusEvent = Open<FundingStatusBody>

/** What happened to an order; fills carry price and quantity. */
export type TradeEvent = {
  account_id: string
  at: string
  /** `accepted`, `new`, `fill`, `partial_fill`, `canceled`, `expired`, `rejected` … */
  event: string
  event_id: string
  timestamp: string
  execution_id?: string
  price?: string
  qty?: string
  position_qty?: string
  order: Order
}

export function eventCalls(transport: Transport) {
  return {
    /** Changes of accounts. The only stream of the first version: its cursor is `event_ulid`. */
    accountStatus: (options?: FollowOptions): AsyncGenerator<AccountStatusEvent> =>
      followEvents<AccountStatusEvent>(
        transport,
        {
          path: '/v1/events/accounts/status',
          cursorParameter: 'since_ulid',
          cursorOf: (event) => event.event_ulid,
        },
        options,
      ),

    /** Transfers, ACH relationships and wire banks; the cursor is `event_id`. */
    fundingStatus: (options?: FollowOptions): AsyncGenerator<FundingStatusEvent> =>
      followEvents<FundingStatusEvent>(
        transport,
        {
          path: '/v2/events/funding/status',
          cursorParameter: 'since_id',
          cursorOf: (event) => event.event_id,
        },
        options,
      ),

    /** Orders and fills; the cursor is `event_id`. */
    trades: (options?: FollowOptions): AsyncGenerator<TradeEvent> =>
      followEvents<TradeEvent>(
        transport,
        { path: '/v2/events/trades', cursorParameter: 'since_id', cursorOf: (event) => event.event_id },
        options,
      ),
  }
}
