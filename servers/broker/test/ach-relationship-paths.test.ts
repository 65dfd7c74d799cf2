import { expect, test } from 'vitest'
import { type BrokerWorld, brokerWorld, NUMBERS } from './broker-world.ts'
import { booksAreRight } from './funding-facts.ts'

const pathOf = (accountId: string) => `/v1/accounts/${accountId}/ach_relationships`

async function link(world: BrokerWorld, accountId: string, wish: string) {
  const nickname = `/fixtures/status=${wish}/fixtures/`
  return world.must(world.call('POST', pathOf(accountId), { ...NUMBERS, nickname }))
}

async function stepsOf(world: BrokerWorld, relationshipId: string) {
  const rows = await world.db
    .selectFrom('events')
    .select(['status_from', 'status_to', 'payload'])
    .where('stream', '=', 'bank_relationship')
    .where('entity_id', '=', relationshipId)
    .orderBy('id')
    .execute()
  return rows.map(({ status_to }) => status_to)
}

test('a nickname may ask for a verdict; what was rejected is shown only to who asks for it', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const { id: rejected } = await link(world, id, 'REJECTED')
  await world.advance({ seconds: 5 })
  expect((await world.call('GET', pathOf(id))).body).toEqual([])
  expect((await world.call('GET', `${pathOf(id)}?statuses=REJECTED`)).body).toMatchObject([
    { id: rejected, status: 'REJECTED' },
  ])
  expect(await stepsOf(world, rejected)).toEqual(['QUEUED', 'REJECTED'])
  expect((await world.call('DELETE', `${pathOf(id)}/${rejected}`)).status).toBe(404)

  const { id: queued } = await link(world, id, 'QUEUED')
  await world.advance({ days: 1 })
  expect((await world.call('GET', pathOf(id))).body).toMatchObject([{ id: queued, status: 'QUEUED' }])
  await world.must(world.call('DELETE', `${pathOf(id)}/${queued}`))
  expect(await stepsOf(world, queued)).toEqual(['QUEUED', 'CANCELED'])
  await booksAreRight(world)
})

test('a relationship that waits for a review is decided by an operator, and its transfers wait for that', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const { id: relationshipId } = await link(world, id, 'PENDING')
  await world.advance({ seconds: 2 })
  expect((await world.call('GET', pathOf(id))).body).toMatchObject([{ status: 'PENDING' }])
  await world.must(world.transfer({ id, relationshipId }, '10'))
  await world.advance({ days: 1 })
  expect(await world.transfers(id)).toMatchObject([{ status: 'QUEUED' }])

  const approve = () => world.call('POST', `/_ops/ach_relationships/${relationshipId}/approve`)
  expect(await approve()).toMatchObject({ status: 200, body: { status: 'APPROVED' } })
  expect(await approve()).toMatchObject({ status: 422, body: { code: 42210000 } })
  await world.advance({ days: 4 })
  expect(await world.transfers(id)).toMatchObject([{ status: 'COMPLETE' }])
  expect(await stepsOf(world, relationshipId)).toEqual(['QUEUED', 'PENDING', 'APPROVED'])
  await booksAreRight(world)
})

test('a transfer through a relationship that an operator rejects is rejected at its cut-off', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const { id: relationshipId } = await link(world, id, 'PENDING')
  await world.advance({ seconds: 2 })
  await world.must(world.transfer({ id, relationshipId }, '10'))
  const reject = `/_ops/ach_relationships/${relationshipId}/reject`
  expect(await world.call('POST', reject, { reason: 'another name' })).toMatchObject({ status: 200 })
  await world.advance({ days: 1 })
  expect(await world.transfers(id)).toMatchObject([
    { status: 'REJECTED', reason: 'the bank was not approved' },
  ])
  expect((await world.call('POST', '/_ops/ach_relationships/nobody/reject')).status).toBe(400)
  await booksAreRight(world)
})

test('the end of an approved relationship is told step by step', async () => {
  await using world = await brokerWorld()
  const { id, relationshipId } = await world.linkedAccount()
  await world.must(world.call('DELETE', `${pathOf(id)}/${relationshipId}`))
  expect(await stepsOf(world, relationshipId)).toEqual([
    'QUEUED',
    'APPROVED',
    'CANCEL_REQUESTED',
    'CANCEL_SENT',
    'CANCELED',
  ])
  await booksAreRight(world)
})

test('a clearing house may refuse the end; the relationship is in no one’s way and may be ended again', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const { id: relationshipId } = await link(world, id, 'CANCEL_FAILED')
  await world.advance({ seconds: 2 })
  const path = `${pathOf(id)}/${relationshipId}`
  expect((await world.call('DELETE', path)).status).toBe(204)
  expect((await world.call('GET', pathOf(id))).body).toEqual([])
  expect((await world.call('GET', `${pathOf(id)}?statuses=CANCEL_FAILED`)).body).toHaveLength(1)
  expect((await world.call('DELETE', path)).status).toBe(204)
  expect((await world.call('DELETE', path)).status).toBe(404)
  expect((await stepsOf(world, relationshipId)).slice(-4)).toEqual([
    'CANCEL_FAILED',
    'CANCEL_REQUESTED',
    'CANCEL_SENT',
    'CANCELED',
  ])
  await booksAreRight(world)
})
