import { expect, test } from 'vitest'
import { corporateActionChecks } from '../src/checks/corporate-action-checks.ts'
import { brokerWorld } from './broker-world.ts'
import { actionsWorld, dividend } from './corporate-actions-world.ts'

test('a dividend goes to those who had settled shares at the end of the record date', async () => {
  await using world = await actionsWorld({ cashMinor: 50_000_00n })
  const [alice, bob, carol, dave] = [
    world.alice,
    await world.customer(50_000_00n),
    await world.customer(50_000_00n),
    await world.customer(50_000_00n),
  ]
  const announced = await world.announce(dividend)
  await world.buy(alice, 'TSLA', '10')
  await world.buy(bob, 'TSLA', '3')
  // The last moment of the day before the ex date, and the first of it.
  await world.leapTo('2026-12-01T04:59:59Z')
  await world.buy(carol, 'TSLA', '1.234567891')
  await world.leapTo('2026-12-01T05:00:00Z')
  await world.buy(dave, 'TSLA', '5')
  await world.call('DELETE', `${world.positionsOf(bob)}/TSLA`)
  await world.leapTo('2026-12-10T12:00:00Z')

  const [line] = await world.linesOf(alice, 'DIV')
  expect(line).toMatchObject({
    sub_type: 'CDIV',
    net_amount_minor: 3_70n,
    symbol: 'TSLA',
    quantity_nano: 0n,
    per_share_micro: 370_000n,
    details: {
      ca_id: announced.id,
      ex_date: '2026-12-01',
      record_date: '2026-12-01',
      payable_date: '2026-12-09',
      rate: '0.37',
      entitled_qty: '10',
    },
  })
  expect(line?.settles_on.toString()).toBe('2026-12-09')
  expect(line?.at.toString()).toBe('2026-12-09T07:30:00Z')
  const paid = async (id: string) => (await world.linesOf(id, 'DIV')).map((row) => row.net_amount_minor)
  expect(await paid(bob)).toEqual([1_11n])
  // 1.234567891 × 0.37 = 0.45679…
  expect(await paid(carol)).toEqual([46n])
  expect(await paid(dave)).toEqual([])
  expect(await world.balance('firm:issuers:USD')).toBe(-(3_70n + 1_11n + 46n))
})

test('a dividend tells on how many shares it was paid, though it moves none', async () => {
  await using world = await actionsWorld({ cashMinor: 50_000_00n })
  await world.announce(dividend)
  await world.buy(world.alice, 'TSLA', '2.5')
  await world.leapTo('2026-12-10T12:00:00Z')
  const { body } = await world.call('GET', `/v1/accounts/activities/DIV?account_id=${world.alice}`)
  expect(body).toMatchObject([
    { symbol: 'TSLA', qty: '2.5', per_share_amount: '0.37', net_amount: '0.93', activity_sub_type: 'CDIV' },
  ])
  const { payload } = await world.db
    .selectFrom('events')
    .select('payload')
    .where('stream', '=', 'non_trade_activity')
    .where('account_id', '=', world.alice)
    .executeTakeFirstOrThrow()
  expect(payload).toMatchObject({ activity_type: 'DIV', qty: '2.5', per_share_amount: '0.37' })
  expect(await world.held(world.alice, 'TSLA')).toBe(2_500_000_000n)
  for (const { title, run } of corporateActionChecks)
    expect([title, await run(world.db)]).toEqual([title, []])
})

test('a dividend of less than half a cent is none, and one that is paid twice is paid once', async () => {
  await using world = await actionsWorld()
  await world.announce(dividend)
  const tiny = await world.customer(100_00n)
  await world.buy(tiny, 'TSLA', '0.0135')
  await world.buy(world.alice, 'TSLA', '0.02')
  await world.leapTo('2026-12-10T12:00:00Z')
  expect(await world.linesOf(tiny, 'DIV')).toEqual([])
  expect(await world.linesOf(world.alice, 'DIV')).toMatchObject([{ net_amount_minor: 1n }])
  await world.db
    .updateTable('agenda' as never)
    .set({ payload: JSON.stringify({ day: '2026-12-09' }) } as never)
    .where('queue' as never, '=', 'pay-dividends' as never)
    .execute()
  await world.call('POST', '/_sim/clock/advance', { days: 2 })
  expect(await world.linesOf(world.alice, 'DIV')).toHaveLength(1)
})

test('who pays taxes elsewhere gets a dividend less thirty percent', async () => {
  await using world = await actionsWorld()
  await world.db
    .updateTable('accounts')
    .set({ application: JSON.stringify({ identity: { country_of_tax_residence: 'FRA' } }) })
    .where('id', '=', world.alice)
    .execute()
  await world.announce(dividend)
  await world.buy(world.alice, 'TSLA', '10')
  const { posted: before } = await world.cash(world.alice)
  await world.leapTo('2026-12-10T12:00:00Z')
  const [paid] = await world.linesOf(world.alice, 'DIV')
  const [tax] = await world.linesOf(world.alice, 'DIVNRA')
  expect(paid?.net_amount_minor).toBe(3_70n)
  expect(tax).toMatchObject({ net_amount_minor: -1_11n, group_id: paid?.id })
  expect((await world.cash(world.alice)).posted - before).toBe(2_59n)
  expect(await world.balance('firm:withholding:USD')).toBe(1_11n)
})

test('a W-8BEN that claims less than thirty percent is believed', async () => {
  await using world = await brokerWorld()
  const { id } = await world.fundedAccount('5000')
  await world.db
    .updateTable('accounts')
    .set({ application: JSON.stringify({ identity: { country_of_tax_residence: 'MEX' } }) })
    .where('id', '=', id)
    .execute()
  const form = {
    country_citizen: 'Mexico',
    date: '2026-11-20',
    date_of_birth: '1990-01-01',
    foreign_tax_id: 'RFC-1',
    full_name: 'Juana Doe',
    ip_address: '185.13.21.99',
    permanent_address_city_state: 'Merida, Yucatan',
    permanent_address_country: 'Mexico',
    permanent_address_street: 'Calle 60',
    percent_rate_withholding: 10,
    revision: '10-2021',
    signer_full_name: 'Juana Doe',
    timestamp: '2026-11-20T17:00:00Z',
  }
  const papers = [
    {
      document_type: 'w8ben',
      document_sub_type: 'Form W-8BEN',
      mime_type: 'application/json',
      content_data: form,
    },
  ]
  await world.must(world.call('POST', `/v1/accounts/${id}/documents/upload`, papers))
  const body = { ...dividend, ex_date: '2026-12-08', payable_date: '2026-12-11' }
  await world.must(world.call('POST', '/_sim/corporate-actions', body))
  const order = { symbol: 'TSLA', qty: 10, side: 'buy', type: 'market', time_in_force: 'day' }
  await world.must(world.call('POST', `/v1/trading/accounts/${id}/orders`, order))
  await world.call('POST', '/_sim/clock/advance', { to: '2026-12-12T12:00:00Z' })
  const lines = await world.db
    .selectFrom('activities')
    .select(['activity_type', 'net_amount_minor'])
    .where('account_id', '=', id)
    .where('symbol', '=', 'TSLA')
    .where('net_amount_minor', '<', 1000n)
    .where('activity_type', '<>', 'FILL')
    .orderBy('net_amount_minor', 'desc')
    .execute()
  expect(lines).toEqual([
    { activity_type: 'DIV', net_amount_minor: 3_70n },
    { activity_type: 'DIVNRA', net_amount_minor: -37n },
  ])
})

test('a holder whose account was closed since leaves his dividend with the firm', async () => {
  await using world = await actionsWorld()
  await world.announce(dividend)
  await world.buy(world.alice, 'TSLA', '10')
  await world.leapTo('2026-12-02T15:00:00Z')
  await world.call('DELETE', `${world.positionsOf(world.alice)}/TSLA`)
  await world.leapTo('2026-12-04T15:00:00Z')
  await world.db
    .updateTable('accounts')
    .set({ status: 'ACCOUNT_CLOSED' })
    .where('id', '=', world.alice)
    .execute()
  const { posted: before } = await world.cash(world.alice)
  await world.leapTo('2026-12-10T12:00:00Z')
  expect((await world.cash(world.alice)).posted).toBe(before)
  const kept = await world.db
    .selectFrom('activities')
    .selectAll()
    .where('activity_type', '=', 'DIV')
    .execute()
  expect(kept).toMatchObject([
    {
      account_id: 'f1f10000-0000-4000-8000-000000000001',
      net_amount_minor: 3_70n,
      details: { holder_account_id: world.alice },
    },
  ])
})
