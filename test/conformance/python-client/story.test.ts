import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkingAccount, newApplicant, PNG, wireBank } from '../support/people.ts'
import { openTarget, type Target, untilThere } from '../support/target.ts'
import { createPythonClient, methods, type PythonClient } from './client.ts'
import { Float } from './python-text.ts'
import { APIError } from './transport.ts'

const HISTORY_SINCE = '2020-01-01T00:00:00+00:00'

let target: Target
let client: PythonClient
let account: string
let firm: string

beforeAll(async () => {
  target = await openTarget()
  client = createPythonClient(target)
  const created = await client.create_account(newApplicant())
  expect(['SUBMITTED', 'APPROVED', 'ACTIVE']).toContain(created.status)
  account = created.id
  await untilThere(target, 'an active account', async () => {
    const { status } = await client.get_account_by_id(account)
    return status === 'ACTIVE' ? status : undefined
  })
  firm = process.env.CONFORM_FIRM_ACCOUNT ?? 'f1f10000-0000-4000-8000-000000000001'
})
afterAll(async () => target?.[Symbol.asyncDispose]())

/** The first event of a stream whose text mentions this. */
async function firstEvent(
  stream: AsyncGenerator<string>,
  mentioning: string,
): Promise<Record<string, unknown>> {
  const patience = AbortSignal.timeout(20_000)
  for await (const text of stream) {
    if (text.includes(mentioning)) return JSON.parse(text)
    if (patience.aborted) break
  }
  throw new Error(`no event about ${mentioning}`)
}

const refused = (call: Promise<unknown>): Promise<APIError> =>
  call.then(
    () => expect.unreachable('it was not refused'),
    (error: unknown) => {
      if (error instanceof APIError) return error
      throw error
    },
  )

describe('the methods of the official Python client', () => {
  test('accounts: list, get, update, configure, documents', async () => {
    const { contact, created_at } = await client.get_account_by_id(account)
    expect(await client.list_accounts()).toContainEqual(expect.objectContaining({ id: account }))
    const found = await client.list_accounts({
      query: contact?.email_address,
      created_after: `${created_at.slice(0, 10)}T00:00:00+00:00`,
      status: ['ACTIVE', 'SUBMITTED'],
      entities: 'contact,identity',
    })
    expect(found.map(({ id }) => id)).toEqual([account])

    const updated = await client.update_account(account, { contact: { phone_number: '+13125550199' } })
    expect(updated.id).toBe(account)
    await client.upload_documents_to_account(account, [
      {
        document_type: 'identity_verification',
        document_sub_type: 'passport',
        content: PNG,
        mime_type: 'image/png',
      },
    ])
    const { fractional_trading } = await client.get_trade_configuration_for_account(account)
    const changed = await client.update_trade_configuration_for_account(account, { no_shorting: true })
    expect(changed).toMatchObject({ no_shorting: true, fractional_trading })
    expect(await client.get_cip_data_for_account_by_id(account)).toBeUndefined()
    expect(await client.upload_cip_data_for_account_by_id(account)).toBeUndefined()
    const unknown = await refused(client.get_account_by_id('0b0e4f4e-0000-4000-8000-000000000000'))
    expect(unknown).toMatchObject({ status: 401, code: 40110000 })
  })

  test('funding: a bank by ACH, a deposit, its cancellation, a bank for wires', async () => {
    const relationship = await client.create_ach_relationship_for_account(account, checkingAccount)
    await untilThere(target, 'an approved relationship', async () => {
      const [approved] = await client.get_ach_relationships_for_account(account, ['QUEUED', 'APPROVED'])
      return approved?.status === 'APPROVED' ? approved : undefined
    })
    const ach = { transfer_type: 'ach', relationship_id: relationship.id }
    const deposit = await client.create_transfer_for_account(account, {
      ...ach,
      amount: '2000',
      direction: 'INCOMING',
    })
    const second = await client.create_transfer_for_account(account, {
      ...ach,
      amount: '5',
      direction: 'INCOMING',
    })
    await client.cancel_transfer_for_account(account, second.id)
    await untilThere(target, 'the deposit', async () => {
      const transfers = await client.get_transfers_for_account(account, { limit: 1 })
      expect(transfers.map(({ id }) => id).sort()).toEqual([deposit.id, second.id].sort())
      const settled = transfers.find(({ id, status }) => id === deposit.id && status === 'COMPLETE')
      if (settled === undefined) await target.pass({ days: 1 })
      return settled
    })
    const balances = await client.get_trade_account_by_id(account)
    expect(Number(balances.cash)).toBeGreaterThanOrEqual(2000)

    const bank = await client.create_bank_for_account(account, wireBank)
    expect((await client.get_banks_for_account(account)).map(({ id }) => id)).toEqual([bank.id])
    await client.delete_bank_for_account(account, bank.id)
    await client.delete_ach_relationship_for_account(account, relationship.id)
    expect(await client.get_ach_relationships_for_account(account)).toEqual([])
  })

  test('journals: single, batch both ways, list, get, cancel while pending', async () => {
    const parties = { from_account: firm, to_account: account }
    const small = await client.create_journal({ ...parties, entry_type: 'JNLC', amount: new Float(5) })
    const large = await client.create_journal({ ...parties, entry_type: 'JNLC', amount: new Float(500.5) })
    await untilThere(target, 'an executed journal', async () => {
      const { status } = await client.get_journal_by_id(small.id)
      return status === 'executed' ? status : undefined
    })
    expect(await client.get_journal_by_id(large.id)).toMatchObject({ status: 'pending' })
    await client.cancel_journal_by_id(large.id)
    const batch = await client.create_batch_journal({
      entry_type: 'JNLC',
      from_account: firm,
      entries: [
        { to_account: account, amount: '1.5' },
        { to_account: account, amount: new Float(2) },
      ],
    })
    expect(batch).toHaveLength(2)
    const back = await client.create_reverse_batch_journal({
      entry_type: 'JNLC',
      to_account: firm,
      entries: [{ from_account: account, amount: '3.5' }],
    })
    expect(back).toHaveLength(1)
    const listed = await client.get_journals({ to_account: account, entry_type: 'JNLC' })
    expect(listed.map(({ id }) => id)).toEqual(expect.arrayContaining([small.id, large.id]))
  })

  test('the market: clock, calendar, assets, announcements', async () => {
    const { timestamp } = await client.get_clock()
    const days = await client.get_calendar({ start: timestamp.slice(0, 10), end: '2027-01-31' })
    expect(days.length).toBeGreaterThan(10)
    const assets = await client.get_all_assets({ status: 'active', asset_class: 'us_equity' })
    expect(assets.length).toBeGreaterThan(10)
    expect((await client.get_all_assets({ asset_class: 'crypto' })).length).toBeGreaterThan(0)
    const spy = await client.get_asset('SPY')
    expect(await client.get_asset(spy.id)).toEqual(spy)
    expect(await client.get_asset('BTC/USD')).toMatchObject({ symbol: 'BTC/USD', class: 'crypto' })
    const announcements = await client.get_corporate_announcements({
      ca_types: 'dividend,split',
      since: '2026-09-15',
      until: '2026-12-10',
    })
    const [first] = announcements
    if (target.hasSimulation) expect(announcements.length).toBeGreaterThan(0)
    if (first !== undefined) {
      expect(await client.get_corporate_announcement_by_id(first.id)).toEqual(first)
    }
  })

  test('trading: orders, positions, history', async () => {
    const mine = `story-${account}`
    const order = await client.submit_order_for_account(account, {
      symbol: 'SPY',
      notional: new Float(100),
      side: 'buy',
      type: 'market',
      time_in_force: 'day',
      client_order_id: mine,
    })
    const filled = await untilThere(target, 'a fill', async () => {
      const found = await client.get_order_for_account_by_id(account, order.id, { nested: true })
      return found.status === 'filled' ? found : undefined
    })
    expect(await client.get_order_for_account_by_client_id(account, mine)).toMatchObject({ id: order.id })
    const listed = await client.get_orders_for_account(account, {
      status: 'all',
      symbols: 'SPY,AAPL',
      nested: true,
      after: HISTORY_SINCE,
    })
    expect(listed.map(({ id }) => id)).toContain(order.id)
    expect(await refused(client.replace_order_for_account_by_id(account, order.id))).toMatchObject({
      status: 422,
    })
    expect(await refused(client.cancel_order_for_account_by_id(account, order.id))).toMatchObject({
      status: 422,
    })
    expect(await client.cancel_orders_for_account(account)).toEqual([])

    const [position] = await client.get_all_positions_for_account(account)
    expect(position).toMatchObject({ symbol: 'SPY', side: 'long', qty: String(filled.filled_qty) })
    // Prices move between two looks where the clock does not stand still.
    const { asset_id, qty, cost_basis } = position ?? {}
    expect(await client.get_open_position_for_account(account, 'SPY')).toMatchObject({
      asset_id,
      qty,
      cost_basis,
    })
    expect((await client.get_all_accounts_positions()).positions[account]).toHaveLength(1)
    const closing = await client.close_position_for_account(account, 'SPY', { percentage: '50' })
    expect(closing).toMatchObject({ side: 'sell' })
    await target.pass({ seconds: 5 })
    const closed = await client.close_all_positions_for_account(account, true)
    expect(closed.every(({ status }) => status === 200)).toBe(true)
    await target.pass({ seconds: 5 })
    expect(await client.get_all_positions_for_account(account)).toEqual([])

    await target.pass({ days: 1 })
    const history = await client.get_portfolio_history_for_account(account, {
      period: '1M',
      timeframe: '1D',
      extended_hours: false,
      cashflow_types: 'CSD,CSW',
    })
    expect(history.timestamp.length).toBe(history.equity.length)
    const exercise = client.exercise_options_position_for_account_by_id('KO260417C00062500', account)
    expect((await refused(exercise)).status).toBeGreaterThanOrEqual(400)
  })

  test('watchlists: create, get, update, add, remove, delete', async () => {
    const created = await client.create_watchlist_for_account(account, { name: 'Ideas', symbols: ['SPY'] })
    const { id } = created
    expect(await client.get_watchlists_for_account(account)).toContainEqual(expect.objectContaining({ id }))
    await client.update_watchlist_for_account_by_id(account, id, { name: 'Better ideas' })
    await client.add_asset_to_watchlist_for_account_by_id(account, id, 'BTC/USD')
    const { name, assets } = await client.get_watchlist_for_account_by_id(account, id)
    expect([name, assets?.map(({ symbol }) => symbol)]).toEqual(['Better ideas', ['SPY', 'BTC/USD']])
    const left = await client.remove_asset_from_watchlist_for_account_by_id(account, id, 'BTC/USD')
    expect(left.assets?.map(({ symbol }) => symbol)).toEqual(['SPY'])
    await client.delete_watchlist_from_account_by_id(account, id)
    expect(await client.get_watchlists_for_account(account)).toEqual([])
  })

  test('rebalancing: portfolio, subscription, run', async () => {
    const weights = [
      { type: 'cash', percent: new Float(5) },
      { type: 'asset', symbol: 'SPY', percent: new Float(95) },
    ]
    const portfolio = await client.create_portfolio({
      name: `Steady ${account}`,
      description: 'sample mix',
      weights,
      cooldown_days: 7,
      rebalance_conditions: [{ type: 'drift_band', sub_type: 'absolute', percent: new Float(5) }],
    })
    expect(await client.get_all_portfolios({ portfolio_id: portfolio.id })).toHaveLength(1)
    const changed = await client.update_portfolio_by_id(portfolio.id, { description: 'better mix' })
    expect(await client.get_portfolio_by_id(portfolio.id)).toEqual(changed)

    const run = await client.create_manual_run({ account_id: account, type: 'full_rebalance', weights })
    expect(await client.get_run_by_id(run.id)).toMatchObject({ id: run.id, account_id: account })
    await client.cancel_run_by_id(run.id)
    expect((await client.get_all_runs({ account_id: account })).map(({ id }) => id)).toContain(run.id)
    expect(await client.get_all_runs({ account_id: account }, 1)).toHaveLength(1)

    const subscription = await client.create_subscription({
      account_id: account,
      portfolio_id: portfolio.id,
    })
    expect(await client.get_all_subscriptions({ account_id: account })).toEqual([subscription])
    expect(await client.get_subscription_by_id(subscription.id)).toEqual(subscription)
    await client.unsubscribe_account(subscription.id)
    await client.inactivate_portfolio_by_id(portfolio.id)
  })

  test('events: every stream tells what has happened', async () => {
    const all = { since: HISTORY_SINCE }
    expect(await firstEvent(client.get_account_status_events(all), account)).toMatchObject({
      event_id: expect.any(Number),
      event_ulid: expect.any(String),
    })
    expect(await firstEvent(client.get_transfer_events(all), account)).toHaveProperty('transfer_id')
    expect(await firstEvent(client.get_trade_events(all), account)).toHaveProperty('order')
    expect(await firstEvent(client.get_journal_events({ since_id: 0 }), 'journal_id')).toHaveProperty(
      'status_to',
    )
    expect(await firstEvent(client.get_non_trading_activity_events(all), account)).toHaveProperty(
      'net_amount',
    )
  })

  test('activities in pages, and documents as files', async () => {
    const all = await client.get_account_activities({ account_id: account, page_size: 2 })
    const types = new Set(all.map(({ activity_type }) => activity_type))
    expect([...types]).toEqual(expect.arrayContaining(['CSD', 'FILL', 'JNLC']))
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(await client.get_account_activities({ account_id: account }, 3)).toHaveLength(3)
    const [{ id: newest } = { id: '' }] = all
    expect(newest).toMatch(/^\d{17}::[0-9a-f-]{36}$/)

    await client.get_account_activities({
      account_id: account,
      date: '2026-11-20',
      activity_types: 'CSD,FILL',
    })

    await target.pass({ days: 3 })
    const documents = await client.get_trade_documents_for_account(account, { type: 'trade_confirmation' })
    if (!target.hasSimulation && documents.length === 0) return
    const [confirmation] = documents
    const id = confirmation?.id ?? ''
    expect(await client.get_trade_document_for_account_by_id(account, id)).toEqual(confirmation)
    const { bytes } = await client.download_trade_document_for_account_by_id(account, id)
    expect(bytes.toString('latin1', 0, 5)).toBe('%PDF-')
  })

  test('closing: refused while there is money, done for an empty account, by both names', async () => {
    expect(await refused(client.close_account(account))).toMatchObject({ status: 422 })
    for (const close of [client.close_account, client.delete_account]) {
      const { id } = await client.create_account(newApplicant())
      await untilThere(target, 'an active account', async () =>
        (await client.get_account_by_id(id)).status === 'ACTIVE' ? id : undefined,
      )
      await close(id)
      expect(await client.get_account_by_id(id)).toMatchObject({ status: 'ACCOUNT_CLOSED' })
    }
  })

  test('that was all of them', () => {
    const names = Object.keys(methods)
    expect(names).toHaveLength(76)
    const missed = names.filter((name) => !client.called.has(name))
    console.info(
      `${names.length - missed.length} of ${names.length} methods of the Python client were called`,
    )
    expect(missed).toEqual([])
  })
})
