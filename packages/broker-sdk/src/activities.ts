import type {
  ActivityBody,
  ActivityTypeName,
  NonTradeActivityBody,
  TradeActivityBody,
} from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, Transport } from './transport.ts'

export type TradeActivity = Open<TradeActivityBody>
export type NonTradeActivity = Open<NonTradeActivityBody>
export type Activity = Open<ActivityBody>
export type ListActivities = {
  account_id?: string
  /** Not together with `category`. */
  activity_types?: readonly (ActivityTypeName | (string & {}))[]
  category?: 'trade_activity' | 'non_trade_activity'
  order_id?: string
  /** A day of New York; not together with `after` or `until`. */
  date?: string
  after?: string
  until?: string
  /** The vendor's default is `desc`. */
  direction?: 'asc' | 'desc'
  /** 1 to 100; the vendor's default is 100. */
  page_size?: number
  page_token?: string
}

export function activityCalls({ call }: Transport) {
  const page = (filter: ListActivities = {}, options?: CallOptions) =>
    call<Activity[]>({ method: 'GET', path: '/v1/accounts/activities', query: filter, options })
  return {
    /** One page. The next begins after its last id, and the last one is empty. */
    page,

    /** All of them, page after page; lines that come in meanwhile neither repeat nor hide one. */
    async *list(filter: ListActivities = {}, options?: CallOptions): AsyncGenerator<Activity> {
      for (let token = filter.page_token; ; ) {
        const rows = await page(token === undefined ? filter : { ...filter, page_token: token }, options)
        yield* rows
        const last = rows.at(-1)
        if (last === undefined || last.id === token) return
        token = last.id
      }
    },
  }
}

/** True for executions, which have a price, a side and an order. */
export function isTrade(activity: Activity): activity is TradeActivity {
  return activity.activity_type === 'FILL'
}
