import type { OrderRejected, OrderRejection } from '../../orders/order.ts'
import type { PositionRejected, PositionRejection } from '../../positions/position.ts'
import type { Details, WireError } from '../wire-error.ts'

const text = (details: Details, key: string) => String(details[key])

const invalid = (message: WireError['message']): WireError => ({ status: 422, code: 40010001, message })
const unprocessable = (message: WireError['message']): WireError => ({ status: 422, code: 42210000, message })
const forbidden = (message: WireError['message']): WireError => ({ status: 403, code: 40310000, message })

/** What orders and positions are refused with (contracts/alpaca/orders.md §6). */
export const orderErrors: Record<OrderRejection | PositionRejection, WireError> = {
  account_follows_portfolio: forbidden(
    'account follows a rebalancing portfolio: manual orders are not allowed',
  ),
  account_not_active: forbidden('account is not active'),
  asset_not_active: invalid((details) => `asset ${text(details, 'symbol')} is not active`),
  asset_not_for_orders: unprocessable((details) => `asset "${text(details, 'symbol')}" not found`),
  asset_not_fractionable: forbidden((details) => `asset "${text(details, 'symbol')}" is not fractionable`),
  asset_not_tradable: unprocessable((details) => `asset "${text(details, 'symbol')}" is not tradable`),
  asset_splitting: forbidden(
    (details) => `trading in "${text(details, 'symbol')}" is halted until its split is processed`,
  ),
  client_order_id_taken: invalid('client_order_id must be unique'),
  commission_negative: forbidden('negative commission is prohibited'),
  commission_not_exact: unprocessable('commission must be limited to 2 decimal places'),
  commission_type_not_supported: invalid('commission_type is not supported yet: use "notional"'),
  cost_below_minimum: forbidden('cost basis must be >= minimal amount of order 1'),
  crypto_not_active: forbidden('crypto orders not allowed for account'),
  extended_hours_not_supported: unprocessable('extended hours order must be DAY limit orders'),
  fractional_not_day: unprocessable('fractional orders must be DAY orders'),
  fractional_trading_disabled: forbidden('fractional trading is disabled for account'),
  insufficient_buying_power: {
    ...forbidden('insufficient buying power'),
    fields: (details) => ({
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
    fields: (details) => ({
      symbol: text(details, 'symbol'),
      available: text(details, 'available'),
      existing_qty: text(details, 'existing'),
      held_for_orders: text(details, 'heldForOrders'),
      ...(details.assetClass === 'crypto' ? { balance: text(details, 'existing') } : {}),
    }),
  },
  intent_mismatch: unprocessable(
    (details) => `position_intent ${text(details, 'positionIntent')} does not match the order`,
  ),
  liquidation_only: forbidden('account is restricted to liquidation only'),
  notional_not_exact: unprocessable('notional value must be limited to 2 decimal places'),
  notional_not_positive: unprocessable('notional must be > 0'),
  order_class_not_supported: invalid(
    (details) => `order_class ${text(details, 'orderClass')} is not supported yet`,
  ),
  estimate_by_notional_only: invalid('only market orders by notional can be estimated'),
  order_at_work: unprocessable('unable to replace order in current state'),
  order_not_changed: unprocessable('order parameters are not changed'),
  order_not_replaceable: unprocessable(
    (details) => `cannot replace order in ${text(details, 'status')} status`,
  ),
  order_not_cancelable: unprocessable((details) => `order is already in "${text(details, 'status')}" state`),
  order_not_found: {
    status: 404,
    code: 40410000,
    message: (details) => `order not found for ${text(details, 'orderId')}`,
  },
  order_type_not_supported: invalid((details) => `${text(details, 'type')} orders are not supported yet`),
  position_not_found: { status: 404, code: 40410000, message: 'position does not exist' },
  price_not_for_market_orders: invalid('market orders require no limit or stop price'),
  quantity_and_notional: invalid('only one of qty or notional is accepted'),
  quantity_and_percentage: invalid('only one of qty or percentage is accepted'),
  quantity_not_above_filled: unprocessable('qty must be > filled_qty'),
  quantity_not_exact: unprocessable('qty must be limited to 9 decimal places'),
  quantity_not_positive: unprocessable('qty must be > 0'),
  quantity_or_notional_required: invalid('qty or notional is required'),
  share_of_position_invalid: invalid('percentage must be > 0 and <= 100'),
  time_in_force_not_for_crypto: unprocessable('invalid crypto time_in_force'),
  time_in_force_not_supported: invalid(
    (details) => `time_in_force ${text(details, 'timeInForce')} is not supported yet`,
  ),
  trading_blocked: forbidden('trading is blocked for account'),
  trading_suspended_by_user: forbidden('new orders are rejected by user request'),
}

/** The same answer as one row of a 207. */
export function presentRowError({ code, details }: OrderRejected | PositionRejected) {
  const { status, code: wireCode, message, fields } = orderErrors[code]
  const said = typeof message === 'string' ? message : message(details)
  return { status, body: { code: wireCode, message: said, ...fields?.(details) } }
}
