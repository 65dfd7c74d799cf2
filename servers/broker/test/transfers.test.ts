import { expect, test } from 'vitest'
import { brokerWorld, NUMBERS } from './broker-world.ts'
import { booksAreRight, eventsOf, figures } from './funding-facts.ts'

const UNKNOWN = '0b0e4f4e-0000-4000-8000-000000000000'

test('a deposit leaves at the cut-off, settles on the next banking day and may leave five later', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const { body: deposit } = await world.transfer(alice, 1000)
  expect(deposit).toMatchObject({
    status: 'QUEUED',
    amount: '1000',
    type: 'ach',
    direction: 'INCOMING',
    cutoff_at: '2026-11-20T19:00:00Z',
    settles_on: '2026-11-23',
    hold_until: '2026-12-01',
  })
  expect(await figures(world, alice.id)).toEqual({
    cash: '0',
    power: '0',
    settled: '0',
    withdrawable: '0',
    in: '1000',
    out: '0',
  })

  await world.advance({ to: '2026-11-20T19:00:00Z' })
  expect(await world.transfers(alice.id)).toMatchObject([{ status: 'SENT_TO_CLEARING' }])
  await world.advance({ to: '2026-11-23T13:29:59Z' })
  expect((await figures(world, alice.id)).cash).toBe('0')
  const { body: moved } = await world.advance({ seconds: 1 })
  expect(moved.happened).toMatchObject([{ queue: 'settle-transfer', key: deposit.id }])
  expect(await world.transfers(alice.id)).toMatchObject([{ status: 'COMPLETE', settles_on: '2026-11-23' }])
  expect(await figures(world, alice.id)).toEqual({
    cash: '1000',
    power: '1000',
    settled: '1000',
    withdrawable: '0',
    in: '0',
    out: '0',
  })

  expect(await world.balances(alice.id)).toMatchObject({
    equity: '1000',
    last_equity: '0',
    intraday_adjustments: '1000',
  })
  await world.advance({ to: '2026-11-23T21:00:00Z' })
  expect(await world.balances(alice.id)).toMatchObject({ last_equity: '1000', intraday_adjustments: '0' })

  await world.advance({ to: '2026-12-01T04:59:59Z' })
  expect((await figures(world, alice.id)).withdrawable).toBe('0')
  await world.advance({ to: '2026-12-01T05:00:00Z' })
  expect((await figures(world, alice.id)).withdrawable).toBe('1000')
  expect(await eventsOf(world, deposit.id)).toEqual(['QUEUED', 'SENT_TO_CLEARING', 'COMPLETE'])
  await booksAreRight(world)
})

test('a deposit asked for after the cut-off on a Friday waits until Monday', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  await world.advance({ to: '2026-11-20T19:00:00Z' })
  const { body } = await world.transfer(alice, '10')
  expect(body).toMatchObject({ cutoff_at: '2026-11-23T19:00:00Z', settles_on: '2026-11-24' })
})

test('a withdrawal is set aside at once, and gone when it settles', async () => {
  await using world = await brokerWorld()
  const alice = await world.seasonedAccount('500')
  const { body } = await world.transfer(alice, '200.25', 'OUTGOING')
  expect(body).toMatchObject({ status: 'QUEUED', amount: '200.25' })
  expect(body).not.toHaveProperty('hold_until')
  expect(await figures(world, alice.id)).toEqual({
    cash: '500',
    power: '299.75',
    settled: '299.75',
    withdrawable: '299.75',
    in: '0',
    out: '200.25',
  })
  await world.advance({ days: 4 })
  expect(await figures(world, alice.id)).toEqual({
    cash: '299.75',
    power: '299.75',
    settled: '299.75',
    withdrawable: '299.75',
    in: '0',
    out: '0',
  })
  await booksAreRight(world)
})

test('more than is withdrawable cannot leave, not even in many pieces at once', async () => {
  await using world = await brokerWorld()
  const alice = await world.seasonedAccount('100')
  expect(await world.transfer(alice, '100.01', 'OUTGOING')).toMatchObject({
    status: 403,
    body: { code: 40310000, available: '100.00' },
  })
  const answers = await Promise.all(Array.from({ length: 8 }, () => world.transfer(alice, '30', 'OUTGOING')))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 403, 403, 403, 403, 403])
  expect(await figures(world, alice.id)).toMatchObject({ withdrawable: '10', out: '90' })
  await booksAreRight(world)
})

test('a fresh deposit may buy but not leave', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const { body } = await world.transfer(alice, '100')
  await world.call('POST', `/_sim/transfers/${body.id}/settle`, {})
  expect(await figures(world, alice.id)).toMatchObject({ power: '100', withdrawable: '0' })
  expect((await world.transfer(alice, '0.01', 'OUTGOING')).status).toBe(403)
})

test('a transfer can be called back until its file leaves', async () => {
  await using world = await brokerWorld()
  const alice = await world.seasonedAccount('100')
  const { body: out } = await world.transfer(alice, '40', 'OUTGOING')
  const { body: in_ } = await world.transfer(alice, '40')
  const path = (id: string) => `/v1/accounts/${alice.id}/transfers/${id}`
  expect((await world.call('DELETE', path(out.id))).status).toBe(204)
  expect((await world.call('DELETE', path(in_.id))).status).toBe(204)
  expect(await world.call('DELETE', path(out.id))).toMatchObject({ status: 422, body: { code: 42210000 } })
  expect(await figures(world, alice.id)).toEqual({
    cash: '100',
    power: '100',
    settled: '100',
    withdrawable: '100',
    in: '0',
    out: '0',
  })

  const { body: sent } = await world.transfer(alice, '40')
  await world.advance({ days: 1 })
  expect((await world.call('DELETE', path(sent.id))).status).toBe(422)
  expect((await world.call('DELETE', path(UNKNOWN))).status).toBe(404)
  expect((await world.call('DELETE', path('x'))).status).toBe(400)
  await world.advance({ days: 7 })
  expect((await figures(world, alice.id)).cash).toBe('140')
  await booksAreRight(world)
})

test('of a cancel and a forced settlement at the same time one wins, and the books agree', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  for (let round = 0; round < 5; round += 1) {
    const { body } = await world.transfer(alice, '10')
    const [settled, canceled] = await Promise.all([
      world.call('POST', `/_sim/transfers/${body.id}/settle`, {}),
      world.call('DELETE', `/v1/accounts/${alice.id}/transfers/${body.id}`),
    ])
    expect([settled.status, canceled.status].toSorted()).toEqual(
      settled.status === 200 ? [200, 422] : [204, 422],
    )
  }
  await booksAreRight(world)
})

test('a transfer through a bank that is not approved yet waits for it', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  // Two seconds before the cut-off; the approval would come after one, were it not taken away.
  await world.advance({ to: '2026-11-20T18:59:58Z' })
  const { body: relationship } = await world.call('POST', `/v1/accounts/${id}/ach_relationships`, NUMBERS)
  await world.db.deleteFrom('agenda').where('queue', '=', 'approve-relationship').execute()
  const { body } = await world.transfer({ id, relationshipId: relationship.id }, '10')
  expect(body.status).toBe('QUEUED')
  await world.advance({ days: 1 })
  expect(await world.transfers(id)).toMatchObject([
    { status: 'QUEUED', cutoff_at: '2026-11-23T19:00:00Z', settles_on: '2026-11-24' },
  ])
  await world.db.updateTable('ach_relationships').set({ status: 'APPROVED' }).execute()
  await world.advance({ days: 5 })
  expect(await world.transfers(id)).toMatchObject([{ status: 'COMPLETE' }])
})

test('a transfer whose bank is never approved expires, and tells so in a word the vendor knows', async () => {
  await using world = await brokerWorld()
  const { id, relationshipId } = await world.linkedAccount()
  await world.db.updateTable('ach_relationships').set({ status: 'QUEUED' }).execute()
  await world.transfer({ id, relationshipId }, '10')
  await world.advance({ days: 12 })
  expect(await world.transfers(id)).toMatchObject([
    { status: 'CANCELED', reason: 'not processed before it expired' },
  ])
  expect(await figures(world, id)).toMatchObject({ in: '0', cash: '0' })
})
