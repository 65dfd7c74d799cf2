import {
  bracket,
  coins,
  exits,
  forbidden,
  holding,
  invalid,
  ko,
  last,
  limit,
  oco,
  oneShare,
  order,
  type RuleRow,
  stop,
  stopLimit,
  subPenny,
  trailing,
  unprocessable,
} from './order-rule-row.ts'

const amountRows: readonly RuleRow[] = [
  order('quantity_or_notional_required', ko, invalid('qty or notional is required')),
  order(
    'quantity_and_notional',
    { ...oneShare, notional: 5 },
    invalid('only one of qty or notional is accepted'),
  ),
  order('quantity_not_positive', { ...ko, qty: 0 }, unprocessable('qty must be > 0')),
  order(
    'quantity_not_exact',
    { ...ko, qty: 1e-10 },
    unprocessable('qty must be limited to 9 decimal places'),
  ),
  order('notional_not_positive', { ...ko, notional: -1 }, unprocessable('notional must be > 0')),
  order(
    'notional_not_exact',
    { ...ko, notional: '10.001' },
    unprocessable('notional value must be limited to 2 decimal places'),
  ),
  order(
    'cost_below_minimum',
    { ...ko, notional: '0.99' },
    forbidden('cost basis must be >= minimal amount of order 1'),
  ),
  order(
    'cost_below_minimum',
    { ...ko, qty: '0.001' },
    forbidden('cost basis must be >= minimal amount of order 1'),
  ),
  order(
    'cost_above_maximum',
    { ...coins, qty: undefined, notional: '200000.01' },
    forbidden('cost basis must be <= maximal amount of order 200000'),
  ),
  order(
    'commission_negative',
    { ...oneShare, commission: -1 },
    forbidden('negative commission is prohibited'),
  ),
  order(
    'commission_not_exact',
    { ...oneShare, commission: '0.005' },
    unprocessable('commission must be limited to 2 decimal places'),
  ),
  order(
    'commission_not_exact',
    { ...oneShare, commission: '0.0000001', commission_type: 'qty' },
    unprocessable('commission must be limited to 6 decimal places'),
  ),
  order(
    'intent_mismatch',
    { ...oneShare, position_intent: 'buy_to_close' },
    unprocessable('position_intent buy_to_close does not match the order'),
  ),
]

const fractionRows: readonly RuleRow[] = [
  order(
    'fractional_not_day',
    { ...ko, qty: '1.5', time_in_force: 'gtc' },
    unprocessable('fractional orders must be DAY orders'),
  ),
  order(
    'fractional_not_simple',
    { ...bracket, qty: '1.5' },
    unprocessable('fractional orders must be simple orders'),
  ),
  order(
    'fractional_type_not_allowed',
    { ...trailing, qty: '1.5' },
    unprocessable('fractional orders must be market, limit, stop or stop limit orders'),
  ),
  order(
    'fractional_extended_hours',
    { ...limit, symbol: 'FNMA', side: 'sell', qty: '1.5', extended_hours: true },
    unprocessable('asset "FNMA" does not trade fractions in extended hours'),
  ),
]

const priceRows: readonly RuleRow[] = [
  order(
    'limit_price_required',
    { ...limit, limit_price: null },
    invalid('limit orders require a limit price'),
  ),
  order(
    'limit_price_required',
    { ...stopLimit, limit_price: null },
    invalid('stop limit orders require both stop and limit price'),
  ),
  order(
    'limit_price_not_allowed',
    { ...oneShare, limit_price: 60 },
    invalid('market orders require no limit or stop price'),
  ),
  order(
    'limit_price_not_allowed',
    { ...stop, limit_price: 60 },
    invalid('stop orders require only a stop price'),
  ),
  order('stop_price_required', { ...stop, stop_price: null }, invalid('stop orders require a stop price')),
  order(
    'stop_price_required',
    { ...stopLimit, stop_price: null },
    invalid('stop limit orders require both stop and limit price'),
  ),
  order(
    'stop_price_not_allowed',
    { ...limit, stop_price: 60 },
    invalid('limit orders require only a limit price'),
  ),
  order(
    'stop_price_not_allowed',
    { ...trailing, stop_price: 60 },
    invalid('trailing stop orders require no limit or stop price'),
  ),
  order(
    'trail_not_allowed',
    { ...limit, trail_price: 1 },
    invalid('only trailing stop orders have a trail_price or trail_percent'),
  ),
  order(
    'trail_price_xor_percent',
    { ...trailing, trail_price: 1 },
    invalid('trailing stop orders must specify one of trail_price or trail_percent'),
  ),
  order(
    'trail_percent_not_allowed',
    { ...trailing, trail_percent: 100 },
    unprocessable('trail_percent must be < 100 and limited to 4 decimal places'),
  ),
  order(
    'trail_beyond_price',
    { ...trailing, side: 'sell', trail_percent: null, trail_price: 900 },
    {
      ...unprocessable('trail_price must be less than current price'),
      scene: holding('1'),
      fields: (world) => ({ market_price: last(world) }),
    },
  ),
  order('price_not_positive', { ...limit, limit_price: 0 }, unprocessable('limit_price must be > 0')),
  order(
    'price_too_high',
    { ...limit, limit_price: '1000000000' },
    unprocessable('invalid limit_price 1000000000'),
  ),
  order(
    'price_sub_penny',
    { ...limit, limit_price: '101.237' },
    unprocessable(subPenny('limit_price', '101.237')),
  ),
  order(
    'price_sub_penny',
    { ...stop, stop_price: '0.12345' },
    unprocessable(subPenny('stop_price', '0.12345')),
  ),
  order(
    'price_sub_penny',
    { ...bracket, take_profit: { limit_price: '66.001' } },
    unprocessable(subPenny('take_profit.limit_price', '66.001')),
  ),
  order(
    'stop_on_wrong_side',
    { ...stop, stop_price: 1 },
    {
      ...unprocessable('stop price must be greater than current price'),
      fields: (world) => ({ market_price: last(world) }),
    },
  ),
  order(
    'stop_on_wrong_side',
    { ...stopLimit, side: 'sell' },
    {
      ...unprocessable('stop price must be less than current price'),
      scene: holding('1'),
      fields: (world) => ({ market_price: last(world) }),
    },
  ),
]

const classRows: readonly RuleRow[] = [
  order(
    'time_in_force_not_for_type',
    { ...stop, time_in_force: 'opg' },
    unprocessable('invalid time_in_force opg for stop order'),
  ),
  order(
    'auction_closed',
    { ...oneShare, time_in_force: 'opg' },
    forbidden('opg orders must be submitted after 7:00pm and before 9:28am'),
  ),
  order(
    'auction_closed',
    { ...oneShare, time_in_force: 'cls' },
    {
      ...forbidden('cls orders must be submitted after 7:00pm and before 3:50pm'),
      options: { at: Temporal.Instant.from('2026-11-20T20:50:00Z'), marketHours: 'exchange' },
    },
  ),
  order(
    'extended_hours_not_limit',
    { ...oneShare, extended_hours: true },
    unprocessable('extended hours order must be DAY or GTC limit orders'),
  ),
  order(
    'extended_hours_not_simple',
    { ...bracket, extended_hours: true },
    unprocessable('extended hours order must be simple orders'),
  ),
  order(
    'exits_not_allowed',
    { ...limit, stop_loss: { stop_price: 50 } },
    invalid('simple orders have no take_profit or stop_loss'),
  ),
  order(
    'take_profit_required',
    { ...bracket, take_profit: null },
    unprocessable('take_profit.limit_price is required'),
  ),
  order('stop_loss_required', { ...oco, stop_loss: null }, unprocessable('stop_loss.stop_price is required')),
  order(
    'oto_needs_one_exit',
    { ...bracket, order_class: 'oto' },
    unprocessable('oto orders require either take_profit or stop_loss'),
  ),
  order(
    'exit_prices_crossed',
    { ...bracket, stop_loss: { stop_price: 67 } },
    unprocessable('take_profit.limit_price must be greater than stop_loss.stop_price'),
  ),
  order(
    'exit_beyond_base',
    { ...bracket, stop_loss: { stop_price: 60 } },
    {
      ...unprocessable('stop_loss.stop_price must be <= base_price - 0.01'),
      fields: () => ({ base_price: '60' }),
    },
  ),
  order(
    'exit_beyond_base',
    {
      ...bracket,
      type: 'market',
      limit_price: null,
      take_profit: { limit_price: 2 },
      stop_loss: { stop_price: 1 },
    },
    {
      ...unprocessable('take_profit.limit_price must be >= base_price + 0.01'),
      fields: (world) => ({ base_price: last(world) }),
    },
  ),
  order(
    'order_class_not_day_or_gtc',
    { ...bracket, time_in_force: 'ioc' },
    unprocessable('bracket orders must be DAY or GTC orders'),
  ),
  order(
    'order_class_type_not_allowed',
    { ...oco, type: 'market' },
    invalid('oco orders must be limit orders'),
  ),
  order(
    'order_class_type_not_allowed',
    { ...trailing, order_class: 'bracket', ...exits },
    invalid('trailing stop orders must be simple orders'),
  ),
  order('oco_not_an_exit', { ...oco, side: 'buy' }, unprocessable('oco orders must be exit orders')),
  order(
    'crypto_type_not_allowed',
    { ...stop, symbol: 'BTC/USD', time_in_force: 'gtc' },
    invalid('invalid order type for crypto order'),
  ),
  order(
    'time_in_force_not_for_crypto',
    { ...coins, time_in_force: 'day' },
    unprocessable('invalid crypto time_in_force'),
  ),
  order(
    'crypto_class_not_simple',
    { ...bracket, symbol: 'BTC/USD' },
    invalid('crypto orders must be simple orders'),
  ),
  order(
    'crypto_extended_hours',
    { ...coins, type: 'limit', limit_price: 100, extended_hours: true },
    invalid('extended hours are not supported for crypto orders'),
  ),
]

export const termRules: readonly RuleRow[] = [...amountRows, ...fractionRows, ...priceRows, ...classRows]
