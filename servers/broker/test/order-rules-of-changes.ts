import {
  canceled,
  change,
  forbidden,
  holding,
  invalid,
  last,
  limit,
  missing,
  must,
  NOBODY,
  oneShare,
  placed,
  type RuleRow,
  resting,
  stop,
  subPenny,
  unprocessable,
} from './order-rule-row.ts'

const fractionalLimit = { ...resting, qty: '1.5' }
const partly = { ...limit, qty: 5, limit_price: 900, client_order_id: 'sim-partial-2-a' }

export const changeRules: readonly RuleRow[] = [
  change(
    'order_not_found',
    'a change of an unknown order',
    async () => ({ id: NOBODY }),
    { qty: 1 },
    missing('order not found for 00000000-0000-4000-8000-000000000000'),
  ),
  change(
    'order_not_found',
    'a cancel of an unknown order',
    async () => ({ id: NOBODY }),
    undefined,
    missing('order not found for 00000000-0000-4000-8000-000000000000'),
  ),
  change(
    'order_not_cancelable',
    'a cancel of what is canceled',
    canceled,
    undefined,
    unprocessable('order is already in "canceled" state'),
  ),
  change(
    'order_not_replaceable',
    'a change of what is canceled',
    canceled,
    { qty: 2 },
    unprocessable('cannot replace order in canceled status'),
  ),
  change(
    'order_not_replaceable',
    'a change of what waits for the market',
    placed(resting),
    { qty: 2 },
    {
      ...unprocessable('cannot replace order in accepted status'),
      options: { at: Temporal.Instant.from('2026-11-21T17:00:00Z'), marketHours: 'exchange' },
    },
  ),
  change(
    'order_not_replaceable',
    'a change of what was replaced',
    async (world, account) => {
      const { id } = await placed(resting)(world, account)
      await must(await world.call('PATCH', `${world.ordersOf(account)}/${id}`, { qty: 2 }))
      return { id: String(id) }
    },
    { qty: 3 },
    unprocessable('order already replaced'),
  ),
  change(
    'order_not_changed',
    'no change',
    placed(resting),
    { qty: null, trail: null },
    unprocessable('order parameters are not changed'),
  ),
  change(
    'quantity_not_above_filled',
    'a quantity that has been filled',
    async (world, account) => {
      const { id } = await placed(partly)(world, account)
      await world.worked(account, String(id))
      return { id: String(id) }
    },
    { qty: 2 },
    unprocessable('qty must be > filled_qty'),
  ),
  change(
    'quantity_not_whole',
    'a fraction for whole shares',
    placed(resting),
    { qty: 1.5 },
    unprocessable('qty must be a whole number of shares'),
  ),
  change(
    'fractional_not_replaceable',
    'a change of a fraction',
    placed(fractionalLimit),
    { limit_price: 2 },
    unprocessable('unable to replace order in current state'),
  ),
  change(
    'replace_field_not_of_type',
    'a stop for a limit order',
    placed(resting),
    { stop_price: 2 },
    unprocessable('stop_price cannot be set on a limit order'),
  ),
  change(
    'replace_field_not_of_type',
    'dollars',
    placed(resting),
    { notional: 2 },
    unprocessable('notional cannot be set on a limit order'),
  ),
  change(
    'price_sub_penny',
    'a change to a tenth of a cent',
    placed(resting),
    { limit_price: '1.001' },
    unprocessable(subPenny('limit_price', '1.001')),
  ),
  change(
    'stop_on_wrong_side',
    'a stop that is moved past the market',
    placed(stop),
    { stop_price: 1 },
    {
      ...unprocessable('stop price must be greater than current price'),
      fields: (world) => ({ market_price: last(world) }),
    },
  ),
  change(
    'auction_closed',
    'a change to the opening auction at noon',
    placed(resting),
    { time_in_force: 'opg' },
    forbidden('opg orders must be submitted after 7:00pm and before 9:28am'),
  ),
  change(
    'wash_trade',
    'a limit that is moved to where another meets it',
    async (world, account) => {
      const { id: sale } = await holding('1', { ...limit, side: 'sell', limit_price: 900 })(world, account)
      const { id } = await placed(resting)(world, account)
      return { id: String(id), sale: String(sale) }
    },
    { limit_price: 901 },
    {
      ...forbidden('potential wash trade detected. use complex orders'),
      fields: (_, __, { sale }) => ({
        existing_order_id: sale,
        reject_reason: 'opposite side limit order exists. use complex/limit/stop_limit orders',
      }),
    },
  ),
  change(
    'insufficient_buying_power',
    'a change to more than the cash',
    placed(resting),
    { qty: 10_001 },
    {
      ...forbidden('insufficient buying power'),
      fields: () => ({ buying_power: '10000', cost_basis: '10001' }),
    },
  ),
  {
    ...invalid('only market orders by notional can be estimated'),
    refusal: 'estimate_by_notional_only',
    what: 'an estimate by shares',
    ask: (world, account) => ({ path: `${world.ordersOf(account)}/estimation`, body: oneShare }),
  },
  {
    ...missing('position does not exist'),
    refusal: 'position_not_found',
    what: 'an unknown position',
    ask: (world, account) => ({ method: 'DELETE', path: `${world.positionsOf(account)}/KO` }),
  },
  {
    ...invalid('only one of qty or percentage is accepted'),
    refusal: 'quantity_and_percentage',
    what: 'a part of a position in two ways',
    scene: holding('1'),
    ask: (world, account) => ({
      method: 'DELETE',
      path: `${world.positionsOf(account)}/KO?qty=1&percentage=100`,
    }),
  },
  {
    ...invalid('percentage must be > 0 and <= 100'),
    refusal: 'share_of_position_invalid',
    what: 'more than all of a position',
    scene: holding('1'),
    ask: (world, account) => ({
      method: 'DELETE',
      path: `${world.positionsOf(account)}/KO?percentage=100.1`,
    }),
  },
]
