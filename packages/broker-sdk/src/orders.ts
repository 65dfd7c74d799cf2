import type { OrderBody } from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, CreateOptions, Transport } from './transport.ts'

export type Order = Open<OrderBody>

type TimeInForce = 'day' | 'gtc' | 'opg' | 'cls' | 'ioc' | 'fok'

/** Shares or coins with up to nine decimals, or dollars with up to two. */
type Amount = { qty: string; notional?: undefined } | { notional: string; qty?: undefined }

/** What every order may say. Decimals are text, so that nothing is rounded on the way. */
type Asked = {
  symbol: string
  side: 'buy' | 'sell'
  /** Unique within the account; made by the broker when missing. */
  client_order_id?: string
  position_intent?: 'buy_to_open' | 'sell_to_close'
  commission?: string
  /** Dollars for the order (the default), dollars a share, or basis points. */
  commission_type?: 'notional' | 'qty' | 'bps'
  subtag?: string
  source?: string
  /** Free text; of a sale it may name the lots that go first. */
  instructions?: string
}

export type MarketTerms = { type: 'market' }
export type LimitTerms = { type: 'limit'; limit_price: string }
export type StopTerms = { type: 'stop'; stop_price: string }
export type StopLimitTerms = { type: 'stop_limit'; stop_price: string; limit_price: string }
/** A stop that follows the best price, so many dollars or so many percent behind. */
export type TrailingStopTerms = { type: 'trailing_stop' } & (
  | { trail_price: string; trail_percent?: undefined }
  | { trail_percent: string; trail_price?: undefined }
)

export type MarketOrder = Simple<MarketTerms>
/** Only limit orders are at work before and after the session. */
export type LimitOrder = Simple<LimitTerms & { extended_hours?: boolean }>
export type StopOrder = Simple<StopTerms, 'day' | 'gtc'>
export type StopLimitOrder = Simple<StopLimitTerms>
export type TrailingStopOrder = Simple<TrailingStopTerms, 'day' | 'gtc'>

type Simple<Terms, Time = TimeInForce> = Asked &
  Amount &
  Terms & { time_in_force: Time; order_class?: '' | 'simple' }

export type TakeProfit = { limit_price: string }
/** A stop, or with `limit_price` a stop-limit. */
export type StopLoss = { stop_price: string; limit_price?: string }

/** Whole shares, for the day or until canceled. */
type Complex<Class> = Asked & { order_class: Class; qty: string; time_in_force: 'day' | 'gtc' }
type EntryTerms = MarketTerms | LimitTerms | StopTerms | StopLimitTerms

/** An entry, and two exits that wait for it; one that fills cancels the other. */
export type BracketOrder = Complex<'bracket'> & EntryTerms & { take_profit: TakeProfit; stop_loss: StopLoss }
/** An entry, and one exit that waits for it. */
export type OtoOrder = Complex<'oto'> &
  EntryTerms &
  ({ take_profit: TakeProfit; stop_loss?: undefined } | { stop_loss: StopLoss; take_profit?: undefined })
/** Two exits of what is held; one that fills cancels the other. */
export type OcoOrder = Complex<'oco'> & {
  side: 'sell'
  type: 'limit'
  take_profit: TakeProfit
  stop_loss: StopLoss
}

export type CreateOrder =
  | MarketOrder
  | LimitOrder
  | StopOrder
  | StopLimitOrder
  | TrailingStopOrder
  | BracketOrder
  | OtoOrder
  | OcoOrder

/** A market order by dollars: the only kind that can be estimated. */
export type EstimateOrder = MarketOrder & { notional: string }

/** What is to be different; what is left out stays. */
export type ReplaceOrder = {
  /** Of the whole order, what has filled included. */
  qty?: string
  time_in_force?: TimeInForce
  limit_price?: string
  stop_price?: string
  /** The distance of a trailing stop, in dollars or percent as it was. */
  trail?: string
  client_order_id?: string
}

/** One row of the answer to "cancel all". */
export type CanceledOrder = { id: string; status: number; body?: { code: number; message: string } }

export type ListOrders = {
  status?: 'open' | 'closed' | 'all'
  /** 1 to 500; the vendor's default is 50. */
  limit?: number
  /** Submitted after or before this instant, exclusive. */
  after?: string
  until?: string
  direction?: 'asc' | 'desc'
  /** Exits under `legs` of the order that they belong to, instead of rows of their own. */
  nested?: boolean
  symbols?: readonly string[]
  side?: 'buy' | 'sell'
  asset_class?: readonly ('us_equity' | 'crypto')[]
  /** Shares asked for, exclusive; an order by dollars asks for none. */
  qty_above?: string
  qty_below?: string
  subtag?: string
}

export function orderCalls({ call }: Transport) {
  const pathOf = (accountId: string) => `/v1/trading/accounts/${encodeURIComponent(accountId)}/orders`
  return {
    /**
     * A repeated `client_order_id` is refused and never answers the first order: after an unknown outcome
     * ask `getByClientOrderId`.
     */
    create: (accountId: string, order: CreateOrder, options?: CreateOptions) =>
      call<Order>({ method: 'POST', path: pathOf(accountId), body: order, options }),

    /** What a market order by dollars would bring or cost now; nothing is placed. */
    estimate: (accountId: string, order: EstimateOrder, options?: CallOptions) =>
      call<Order>({ method: 'POST', path: `${pathOf(accountId)}/estimation`, body: order, options }),

    list: (accountId: string, filter: ListOrders = {}, options?: CallOptions) =>
      call<Order[]>({ method: 'GET', path: pathOf(accountId), query: filter, options }),

    get: (accountId: string, orderId: string, view: { nested?: boolean } = {}, options?: CallOptions) =>
      call<Order>({
        method: 'GET',
        path: `${pathOf(accountId)}/${encodeURIComponent(orderId)}`,
        query: view,
        options,
      }),

    getByClientOrderId: (accountId: string, clientOrderId: string, options?: CallOptions) =>
      call<Order>({
        method: 'GET',
        path: `${pathOf(accountId)}:by_client_order_id`,
        query: { client_order_id: clientOrderId },
        options,
      }),

    /** Answers the order that takes the other's place; the old one ends as `replaced`. */
    replace: (accountId: string, orderId: string, change: ReplaceOrder, options?: CallOptions) =>
      call<Order>({
        method: 'PATCH',
        path: `${pathOf(accountId)}/${encodeURIComponent(orderId)}`,
        body: change,
        options,
      }),

    cancelAll: (accountId: string, options?: CallOptions) =>
      call<CanceledOrder[]>({ method: 'DELETE', path: pathOf(accountId), options }),

    cancel: (accountId: string, orderId: string, options?: CallOptions) =>
      call<void>({ method: 'DELETE', path: `${pathOf(accountId)}/${encodeURIComponent(orderId)}`, options }),
  }
}
