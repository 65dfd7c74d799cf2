import fc from 'fast-check'
import { application, NUMBERS } from '../../../servers/broker/test/broker-world.ts'
import { live } from './live-ids.ts'

const choice = fc.nat(999)
const amount = fc.constantFrom('1', '0.01', '12.34', '49.99', 5)

/** Bodies whose fields only make sense together, which a schema cannot say. */
export const validExamples: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'POST /v1/accounts': choice.map(() => {
    const whole = application()
    return { ...whole, contact: { ...whole.contact, email_address: 'john.@fresh()@example.com' } }
  }),
  'PATCH /v1/accounts/{account_id}': fc.constantFrom(
    { contact: { city: 'Daly City' } },
    { identity: { given_name: 'Johanna' } },
    {
      trusted_contact: { given_name: 'Ines', family_name: 'Halim', email_address: 'ines.halim@example.org' },
    },
  ),
  'POST /v1/accounts/{account_id}/ach_relationships': fc.constant(NUMBERS),
  'POST /v1/accounts/{account_id}/recipient_banks': fc.constantFrom(
    { name: 'Harbor Trust', bank_code: '121000358', bank_code_type: 'ABA', account_number: '778812340' },
    {
      name: 'Hafenbank',
      bank_code: 'HAFEDEFFXXX',
      bank_code_type: 'BIC',
      account_number: 'DE001',
      country: 'DEU',
      state_province: 'HH',
      postal_code: '20095',
      city: 'Hamburg',
      street_address: 'Kai 1',
    },
  ),
  'POST /v1/accounts/{account_id}/transfers': fc.oneof(
    fc.record({
      transfer_type: fc.constant('ach'),
      relationship_id: choice.map((one) => live('ach_relationship', one)),
      amount,
      direction: fc.constantFrom('INCOMING', 'OUTGOING'),
      timing: fc.constant('immediate'),
    }),
    fc.record({
      transfer_type: fc.constant('wire'),
      bank_id: choice.map((one) => live('recipient_bank', one)),
      amount,
      direction: fc.constant('OUTGOING'),
    }),
  ),
  'POST /v1/accounts/{account_id}/documents/upload': fc.constant([
    {
      document_type: 'identity_verification',
      document_sub_type: 'passport',
      content:
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      mime_type: 'image/png',
    },
  ]),
  'POST /v1/trading/accounts/{account_id}/orders': fc.oneof(
    fc.record({
      symbol: fc.constantFrom('SPY', 'AAPL', 'BTC/USD'),
      notional: fc.constantFrom('1', '5.5', 12),
      side: fc.constantFrom('buy', 'buy', 'sell'),
      type: fc.constant('market'),
      time_in_force: fc.constantFrom('day', 'gtc'),
    }),
    fc.record({
      symbol: fc.constantFrom('SPY', 'AAPL', 'BTCUSD'),
      qty: fc.constantFrom('0.01', 0.000000001, '1'),
      side: fc.constantFrom('buy', 'sell'),
      type: fc.constant('market'),
      time_in_force: fc.constantFrom('day', 'gtc'),
      client_order_id: fc.constant('mine-@fresh()'),
    }),
  ),
  'POST /v1/journals': fc.oneof(
    fc.record({
      from_account: fc.constant(live('firm', 0)),
      to_account: choice.map((one) => live('account', one)),
      entry_type: fc.constant('JNLC'),
      amount,
    }),
    fc.record({
      from_account: fc.constant(live('firm', 0)),
      to_account: choice.map((one) => live('account', one)),
      entry_type: fc.constant('JNLS'),
      symbol: fc.constant('SPY'),
      qty: fc.constantFrom('0.1', 0.001),
    }),
  ),
  'POST /v1/journals/batch': choice.map((one) => ({
    entry_type: 'JNLC',
    from_account: live('firm', 0),
    entries: [
      { to_account: live('account', one), amount: '0.5' },
      { to_account: live('account', 0), amount: 0.25, description: 'a bonus' },
    ],
  })),
  'POST /v1/journals/reverse_batch': choice.map((one) => ({
    entry_type: 'JNLC',
    to_account: live('firm', 0),
    entries: [{ from_account: live('account', one), amount: '0.5' }],
  })),
  'POST /v1/trading/accounts/{account_id}/watchlists': fc.record({
    name: fc.constant('list @fresh()'),
    symbols: fc.constantFrom(['SPY'], ['SPY', 'BTC/USD'], []),
  }),
  'POST /v1/rebalancing/portfolios': choice.map(() => ({
    name: 'mix @fresh()',
    description: 'a mix',
    cooldown_days: 7,
    weights: [
      { type: 'cash', percent: '5' },
      { type: 'asset', symbol: 'SPY', percent: 95 },
    ],
    rebalance_conditions: [{ type: 'drift_band', sub_type: 'absolute', percent: '5' }],
  })),
  'POST /v1/rebalancing/runs': choice.map((one) => ({
    account_id: live('account', one),
    type: 'full_rebalance',
    weights: [
      { type: 'cash', percent: '5' },
      { type: 'asset', symbol: 'SPY', percent: '95' },
    ],
  })),
  // Exactly one of three. A leap takes as long as the work of all its days, so these are of seconds.
  'POST /_sim/clock/advance': fc.oneof(
    fc.record({ seconds: fc.integer({ min: 0, max: 9 }) }),
    fc.record({ days: fc.constant(0) }),
    fc.record({ to: fc.constantFrom('2026-12-12T17:30:00Z', '2026-12-12T13:00:00.5-05:00') }),
  ),
  'POST /v1/instant_funding': choice.map((one) => ({
    account_no: live('account_number', one),
    source_account_no: live('firm_number', 0),
    amount: '1.00',
  })),
}
