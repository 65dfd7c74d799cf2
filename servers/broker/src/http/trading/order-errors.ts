import type { OrderRejected, OrderRejection } from '../../orders/order.ts'
import type { PositionRejected, PositionRejection } from '../../positions/position.ts'
import type { Details, WireError } from '../wire-error.ts'

const text = (details: Details, key: string) => String(details[key])

const invalid = (message: WireError['message']): WireError => ({ status: 422, code: 40010001, message })
const unprocessable = (message: WireError['message']): WireError => ({ status: 422, code: 42210000, message })
const forbidden = (message: WireError['message']): WireError => ({ status: 403, code: 40310000, message })

/** A field of the refusal that is several ids. */
const ids = (details: Details, key: string) => (details[key] as readonly unknown[]).map(String)

const symbolSaid = (details: Details) => `asset "${text(details, 'symbol')}"`

const accountRefusals = {
  account_follows_portfolio: forbidden(
    'account follows a rebalancing portfolio: manual orders are not allowed',
  ),
  account_not_active: forbidden('account is not active'),
  crypto_not_active: forbidden('crypto orders not allowed for account'),
  fractional_trading_disabled: forbidden('fractional trading is disabled for account'),
  liquidation_only: forbidden('account is restricted to liquidation only'),
  trading_blocked: forbidden('trading is blocked for account'),
  trading_suspended_by_user: forbidden('new orders are rejected by user request'),
} satisfies Partial<Record<OrderRejection, WireError>>

const assetRefusals = {
  asset_halted: forbidden((details) => `trading in "${text(details, 'symbol')}" is halted`),
  asset_not_active: invalid((details) => `asset ${text(details, 'symbol')} is not active`),
  asset_not_for_orders: unprocessable((details) => `${symbolSaid(details)} not found`),
  asset_not_fractionable: forbidden((details) => `${symbolSaid(details)} is not fractionable`),
  asset_not_shortable: unprocessable((details) => `${symbolSaid(details)} cannot be sold short`),
  asset_not_tradable: unprocessable((details) => `${symbolSaid(details)} is not tradable`),
  asset_splitting: forbidden(
    (details) => `trading in "${text(details, 'symbol')}" is halted until its split is processed`,
  ),
  options_not_built: invalid('options are not available on this server'),
} satisfies Partial<Record<OrderRejection, WireError>>

const amountRefusals = {
  commission_negative: forbidden('negative commission is prohibited'),
  commission_not_exact: unprocessable((details) =>
    details.commissionType === 'qty'
      ? 'commission must be limited to 6 decimal places'
      : 'commission must be limited to 2 decimal places',
  ),
  cost_above_maximum: forbidden('cost basis must be <= maximal amount of order 200000'),
  cost_below_minimum: forbidden('cost basis must be >= minimal amount of order 1'),
  fractional_extended_hours: unprocessable(
    (details) => `${symbolSaid(details)} does not trade fractions in extended hours`,
  ),
  fractional_not_day: unprocessable('fractional orders must be DAY orders'),
  fractional_not_simple: unprocessable('fractional orders must be simple orders'),
  fractional_type_not_allowed: unprocessable(
    'fractional orders must be market, limit, stop or stop limit orders',
  ),
  notional_not_exact: unprocessable('notional value must be limited to 2 decimal places'),
  notional_not_positive: unprocessable('notional must be > 0'),
  quantity_and_notional: invalid('only one of qty or notional is accepted'),
  quantity_not_exact: unprocessable('qty must be limited to 9 decimal places'),
  quantity_not_positive: unprocessable('qty must be > 0'),
  quantity_or_notional_required: invalid('qty or notional is required'),
} satisfies Partial<Record<OrderRejection, WireError>>

/** What a type asks for, in the vendor's words. */
const pricesAsked: Record<string, string> = {
  market: 'market orders require no limit or stop price',
  limit: 'limit orders require only a limit price',
  stop: 'stop orders require only a stop price',
  stop_limit: 'stop limit orders require both stop and limit price',
  trailing_stop: 'trailing stop orders require no limit or stop price',
}

const asksForPrices = (details: Details) => pricesAsked[text(details, 'type')] ?? ''

const priceRefusals = {
  limit_price_not_allowed: invalid(asksForPrices),
  limit_price_required: invalid((details) =>
    details.type === 'limit' ? 'limit orders require a limit price' : asksForPrices(details),
  ),
  price_not_positive: unprocessable((details) => `${text(details, 'field')} must be > 0`),
  price_sub_penny: unprocessable(
    (details) =>
      `invalid ${text(details, 'field')} ${text(details, 'price')}. sub-penny increment does not fulfill minimum pricing criteria`,
  ),
  price_too_high: unprocessable((details) => `invalid ${text(details, 'field')} ${text(details, 'price')}`),
  stop_on_wrong_side: {
    ...unprocessable((details) =>
      details.side === 'sell'
        ? 'stop price must be less than current price'
        : 'stop price must be greater than current price',
    ),
    fields: marketPrice,
  },
  stop_price_not_allowed: invalid(asksForPrices),
  stop_price_required: invalid((details) =>
    details.type === 'stop' ? 'stop orders require a stop price' : asksForPrices(details),
  ),
  trail_beyond_price: {
    ...unprocessable('trail_price must be less than current price'),
    fields: marketPrice,
  },
  trail_not_allowed: invalid('only trailing stop orders have a trail_price or trail_percent'),
  trail_percent_not_allowed: unprocessable('trail_percent must be < 100 and limited to 4 decimal places'),
  trail_price_xor_percent: invalid('trailing stop orders must specify one of trail_price or trail_percent'),
} satisfies Partial<Record<OrderRejection, WireError>>

function marketPrice(details: Details) {
  return { market_price: text(details, 'marketPrice') }
}

const classRefusals = {
  auction_closed: forbidden((details) =>
    details.timeInForce === 'opg'
      ? 'opg orders must be submitted after 7:00pm and before 9:28am'
      : 'cls orders must be submitted after 7:00pm and before 3:50pm',
  ),
  crypto_class_not_simple: invalid('crypto orders must be simple orders'),
  crypto_extended_hours: invalid('extended hours are not supported for crypto orders'),
  crypto_type_not_allowed: invalid('invalid order type for crypto order'),
  exit_beyond_base: {
    ...unprocessable((details) => {
      const bound = details.isAbove === true ? '>= base_price + 0.01' : '<= base_price - 0.01'
      return `${text(details, 'field')} must be ${bound}`
    }),
    fields: (details: Details) => ({ base_price: text(details, 'basePrice') }),
  },
  exit_prices_crossed: unprocessable((details) => {
    const side = details.side === 'sell' ? 'greater' : 'less'
    return `take_profit.limit_price must be ${side} than stop_loss.stop_price`
  }),
  exits_not_allowed: invalid('simple orders have no take_profit or stop_loss'),
  extended_hours_not_limit: unprocessable('extended hours order must be DAY or GTC limit orders'),
  extended_hours_not_simple: unprocessable('extended hours order must be simple orders'),
  oco_not_an_exit: unprocessable('oco orders must be exit orders'),
  order_class_not_day_or_gtc: unprocessable(
    (details) => `${text(details, 'orderClass')} orders must be DAY or GTC orders`,
  ),
  order_class_type_not_allowed: invalid((details) =>
    details.orderClass === 'oco'
      ? 'oco orders must be limit orders'
      : 'trailing stop orders must be simple orders',
  ),
  oto_needs_one_exit: unprocessable('oto orders require either take_profit or stop_loss'),
  side_not_allowed: invalid((details) => `side ${text(details, 'side')} is not supported`),
  side_required: invalid('side is required'),
  stop_loss_required: unprocessable('stop_loss.stop_price is required'),
  symbol_required: invalid('symbol is required'),
  take_profit_required: unprocessable('take_profit.limit_price is required'),
  time_in_force_not_for_crypto: unprocessable('invalid crypto time_in_force'),
  time_in_force_not_for_type: unprocessable(
    (details) => `invalid time_in_force ${text(details, 'timeInForce')} for ${text(details, 'type')} order`,
  ),
} satisfies Partial<Record<OrderRejection, WireError>>

const holdRefusals = {
  client_order_id_taken: invalid('client_order_id must be unique'),
  closing_orders_open: forbidden(
    'unable to open new notional orders while having open closing position orders',
  ),
  insufficient_buying_power: {
    ...forbidden('insufficient buying power'),
    fields: (details: Details) => ({
      buying_power: text(details, 'buyingPower'),
      cost_basis: text(details, 'costBasis'),
    }),
  },
  insufficient_quantity: {
    ...forbidden((details) => {
      const what = `(requested: ${text(details, 'requested')}, available: ${text(details, 'available')})`
      return details.assetClass === 'crypto'
        ? `insufficient balance for ${text(details, 'symbol').replace('/USD', '')} ${what}`
        : `insufficient qty available for order ${what}`
    }),
    fields: (details: Details) => ({
      symbol: text(details, 'symbol'),
      available: text(details, 'available'),
      existing_qty: text(details, 'existing'),
      held_for_orders: text(details, 'heldForOrders'),
      related_orders: ids(details, 'relatedOrders'),
      ...(details.assetClass === 'crypto' ? { balance: text(details, 'existing') } : {}),
    }),
  },
  intent_mismatch: unprocessable(
    (details) => `position_intent ${text(details, 'positionIntent')} does not match the order`,
  ),
  wash_trade: {
    ...forbidden('potential wash trade detected. use complex orders'),
    fields: (details: Details) => ({
      existing_order_id: text(details, 'existingOrderId'),
      reject_reason: `opposite side ${text(details, 'existingType')} order exists. use complex/limit/stop_limit orders`,
    }),
  },
} satisfies Partial<Record<OrderRejection, WireError>>

const changeRefusals = {
  estimate_by_notional_only: invalid('only market orders by notional can be estimated'),
  fractional_not_replaceable: unprocessable('unable to replace order in current state'),
  order_not_cancelable: unprocessable((details) => `order is already in "${text(details, 'status')}" state`),
  order_not_changed: unprocessable('order parameters are not changed'),
  order_not_found: {
    status: 404,
    code: 40410000,
    message: (details: Details) => `order not found for ${text(details, 'orderId')}`,
  },
  order_not_replaceable: unprocessable((details) =>
    details.status === 'replaced'
      ? 'order already replaced'
      : `cannot replace order in ${text(details, 'status')} status`,
  ),
  quantity_not_above_filled: unprocessable('qty must be > filled_qty'),
  quantity_not_whole: unprocessable('qty must be a whole number of shares'),
  replace_field_not_of_type: unprocessable((details) => {
    const type = text(details, 'type').replace('_', ' ')
    return `${text(details, 'field')} cannot be set on a ${type} order`
  }),
} satisfies Partial<Record<OrderRejection, WireError>>

/** What orders and positions are refused with (contracts/alpaca/orders.md §6). */
export const orderErrors: Record<OrderRejection | PositionRejection, WireError> = {
  ...accountRefusals,
  ...assetRefusals,
  ...amountRefusals,
  ...priceRefusals,
  ...classRefusals,
  ...holdRefusals,
  ...changeRefusals,

  position_not_found: { status: 404, code: 40410000, message: 'position does not exist' },
  quantity_and_percentage: invalid('only one of qty or percentage is accepted'),
  share_of_position_invalid: invalid('percentage must be > 0 and <= 100'),
}

/** The same answer as one row of a 207. */
export function presentRowError({ code, details }: OrderRejected | PositionRejected) {
  const { status, code: wireCode, message, fields } = orderErrors[code]
  const said = typeof message === 'string' ? message : message(details)
  return { status, body: { code: wireCode, message: said, ...fields?.(details) } }
}
