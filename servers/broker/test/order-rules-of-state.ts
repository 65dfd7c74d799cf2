import { sql } from 'kysely'
import {
  coins,
  configured,
  forbidden,
  holding,
  inStatus,
  invalid,
  ko,
  limit,
  must,
  oneShare,
  order,
  placed,
  type RuleRow,
  resting,
  restricted,
  trailing,
  unprocessable,
} from './order-rule-row.ts'
import { portfolio } from './rebalancing-world.ts'

const accountRows: readonly RuleRow[] = [
  order('account_not_active', oneShare, {
    ...forbidden('account is not active'),
    scene: inStatus({ status: 'ACCOUNT_CLOSED' }),
  }),
  order('crypto_not_active', coins, {
    ...forbidden('crypto orders not allowed for account'),
    scene: inStatus({ crypto_status: 'INACTIVE' }),
  }),
  order('trading_suspended_by_user', oneShare, {
    ...forbidden('new orders are rejected by user request'),
    scene: configured({ suspend_trade: true }),
  }),
  order(
    'fractional_trading_disabled',
    { ...ko, notional: 5 },
    {
      ...forbidden('fractional trading is disabled for account'),
      scene: configured({ fractional_trading: false }),
    },
  ),
  order('trading_blocked', oneShare, {
    ...forbidden('trading is blocked for account'),
    scene: restricted({ trading_blocked: true }),
  }),
  order('liquidation_only', oneShare, {
    ...forbidden('account is restricted to liquidation only'),
    scene: restricted({ admin_configurations: { restrict_to_liquidation_reasons: { unspecified: true } } }),
  }),
  order('account_follows_portfolio', oneShare, {
    ...forbidden('account follows a rebalancing portfolio: manual orders are not allowed'),
    async scene(world, account) {
      const { id } = await must(await world.call('POST', '/v1/rebalancing/portfolios', portfolio()))
      const subscription = { account_id: account, portfolio_id: id }
      const set = await must(await world.call('POST', '/v1/rebalancing/subscriptions', subscription))
      // Its first run begins at once, and leaves traces of its own.
      await must(await world.call('POST', '/_sim/clock/advance', { seconds: 1 }))
      return set
    },
  }),
]

const assetRows: readonly RuleRow[] = [
  order('symbol_required', { ...oneShare, symbol: null }, invalid('symbol is required')),
  order('asset_not_for_orders', { ...oneShare, symbol: 'NOPE' }, unprocessable('asset "NOPE" not found')),
  order('asset_not_active', { ...oneShare, symbol: 'TWTR' }, invalid('asset TWTR is not active')),
  order('asset_not_tradable', { ...oneShare, symbol: 'FNMA' }, unprocessable('asset "FNMA" is not tradable')),
  order(
    'asset_not_fractionable',
    { ...ko, symbol: 'BRK.A', qty: '0.1' },
    forbidden('asset "BRK.A" is not fractionable'),
  ),
  order(
    'asset_not_shortable',
    { ...oneShare, side: 'sell' },
    unprocessable('asset "KO" cannot be sold short'),
  ),
  order(
    'asset_not_shortable',
    { ...oneShare, side: 'sell_short' },
    { ...unprocessable('asset "KO" cannot be sold short'), scene: holding('1') },
  ),
  order('side_not_allowed', { ...oneShare, side: 'cross' }, invalid('side cross is not supported')),
  order('side_required', { ...oneShare, side: null }, invalid('side is required')),
  order(
    'options_not_built',
    { ...oneShare, symbol: 'KO260417C00062500' },
    invalid('options are not available on this server'),
  ),
  order(
    'options_not_built',
    { qty: 1, type: 'limit', time_in_force: 'day', order_class: 'mleg' },
    invalid('options are not available on this server'),
  ),
  order(
    'asset_halted',
    { ...oneShare, symbol: 'PEP' },
    {
      ...forbidden('trading in "PEP" is halted'),
      scene: async ({ call }) => must(await call('POST', '/_sim/market/PEP', { halted: true })),
    },
  ),
  order(
    'asset_splitting',
    { ...oneShare, symbol: 'TSLA', side: 'sell' },
    {
      ...forbidden('trading in "TSLA" is halted until its split is processed'),
      options: { at: Temporal.Instant.from('2026-11-24T14:00:00Z') },
      async scene(world, account) {
        const split = { type: 'split', symbol: 'TSLA', old_rate: 1, new_rate: 4, ex_date: '2026-12-02' }
        await must(await world.call('POST', '/_sim/corporate-actions', split))
        await world.buy(account, 'TSLA', '1')
        await sql`update agenda set leased_until = now() + interval '1 hour'`.execute(world.db)
        world.clock.moveTo(Temporal.Instant.from('2026-12-02T05:00:01Z'))
        return undefined
      },
    },
  ),
]

const holdRows: readonly RuleRow[] = [
  order(
    'client_order_id_taken',
    { ...oneShare, client_order_id: 'once' },
    { ...invalid('client_order_id must be unique'), scene: placed({ ...resting, client_order_id: 'once' }) },
  ),
  order(
    'insufficient_buying_power',
    { ...limit, qty: 167 },
    {
      ...forbidden('insufficient buying power'),
      fields: () => ({ buying_power: '10000', cost_basis: '10020' }),
    },
  ),
  order(
    'insufficient_buying_power',
    { ...limit, qty: 165 },
    {
      ...forbidden('insufficient buying power'),
      scene: placed({ ...resting, qty: 101 }),
      fields: () => ({ buying_power: '9899', cost_basis: '9900' }),
    },
  ),
  order(
    'insufficient_quantity',
    { ...limit, side: 'sell', qty: 6, limit_price: 900 },
    {
      ...forbidden('insufficient qty available for order (requested: 6, available: 4)'),
      scene: holding('10', { ...limit, side: 'sell', qty: 6, limit_price: 900 }),
      fields: (_, __, { id }) => ({
        symbol: 'KO',
        available: '4',
        existing_qty: '10',
        held_for_orders: '6',
        related_orders: [id],
      }),
    },
  ),
  order(
    'insufficient_quantity',
    { ...coins, side: 'sell' },
    {
      ...forbidden('insufficient balance for BTC (requested: 0.001, available: 0)'),
      fields: () => ({
        symbol: 'BTC/USD',
        available: '0',
        existing_qty: '0',
        held_for_orders: '0',
        related_orders: [],
        balance: '0',
      }),
    },
  ),
  order(
    'wash_trade',
    { ...oneShare, side: 'sell' },
    {
      ...forbidden('potential wash trade detected. use complex orders'),
      scene: holding('1', resting),
      fields: (_, __, { id }) => ({
        existing_order_id: id,
        reject_reason: 'opposite side limit order exists. use complex/limit/stop_limit orders',
      }),
    },
  ),
  order(
    'wash_trade',
    { ...limit, limit_price: 900 },
    {
      ...forbidden('potential wash trade detected. use complex orders'),
      scene: holding('1', { ...limit, side: 'sell', limit_price: 900 }),
      fields: (_, __, { id }) => ({
        existing_order_id: id,
        reject_reason: 'opposite side limit order exists. use complex/limit/stop_limit orders',
      }),
    },
  ),
  order(
    'closing_orders_open',
    { ...ko, notional: 10 },
    {
      ...forbidden('unable to open new notional orders while having open closing position orders'),
      scene: holding('1', { ...trailing, side: 'sell' }),
    },
  ),
]

export const stateRules: readonly RuleRow[] = [...accountRows, ...assetRows, ...holdRows]
