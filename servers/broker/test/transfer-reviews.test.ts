import { expect, test } from 'vitest'
import { type BrokerWorld, brokerWorld } from './broker-world.ts'
import { booksAreRight, eventsOf, figures } from './funding-facts.ts'
import { wire, wireAccount } from './wire-world.ts'

const UNKNOWN = '0b0e4f4e-0000-4000-8000-000000000000'
const REVIEWED = { additional_information: '/fixtures/status=APPROVAL_PENDING/fixtures/' }

const decide = (world: BrokerWorld, id: string, word: string, body?: object) =>
  world.call('POST', `/_ops/transfers/${id}/${word}`, body)

async function deposit(world: BrokerWorld, account: { id: string; relationshipId: string }) {
  return world.must(
    world.call('POST', `/v1/accounts/${account.id}/transfers`, {
      transfer_type: 'ach',
      relationship_id: account.relationshipId,
      direction: 'INCOMING',
      amount: '10',
      ...REVIEWED,
    }),
  )
}

/** As much as two days of deposits may bring, free to leave. */
async function richAccount(world: BrokerWorld) {
  const alice = await wireAccount(world, '50000')
  for (let days = 0; days < 2; days += 1) {
    const { id } = await world.must(world.transfer(alice, '50000'))
    await world.must(world.call('POST', `/_sim/transfers/${id}/settle`, {}))
    await world.advance({ days: 1 })
  }
  await world.advance({ days: 10 })
  return alice
}

test.for([
  { amount: '100000', status: 'QUEUED' },
  { amount: '100000.01', status: 'APPROVAL_PENDING' },
])('a wire of $amount is $status at first', async ({ amount, status }) => {
  await using world = await brokerWorld()
  const alice = await richAccount(world)
  const { body } = await wire(world, alice, amount)
  expect(body.status).toBe(status)
  expect(await eventsOf(world, body.id)).toEqual(status === 'QUEUED' ? ['QUEUED'] : ['QUEUED', status])
  await booksAreRight(world)
})

test('what an operator approves goes to its next cut-off', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const { id } = await deposit(world, alice)
  await world.advance({ days: 3 })
  expect(await world.transfers(alice.id)).toMatchObject([{ status: 'APPROVAL_PENDING' }])
  expect(await decide(world, id, 'approve')).toMatchObject({
    status: 200,
    body: { id, status: 'APPROVED', cutoff_at: '2026-11-23T19:00:00Z', settles_on: '2026-11-24' },
  })
  expect(await decide(world, id, 'approve')).toMatchObject({ status: 422, body: { code: 42210000 } })
  await world.advance({ days: 2 })
  expect(await eventsOf(world, id)).toEqual([
    'QUEUED',
    'APPROVAL_PENDING',
    'APPROVED',
    'SENT_TO_CLEARING',
    'COMPLETE',
  ])
  expect((await figures(world, alice.id)).cash).toBe('10')
  await booksAreRight(world)
})

test('what an operator rejects frees its money and its fee, with the operator’s reason', async () => {
  await using world = await brokerWorld()
  const alice = await wireAccount(world, '500')
  const { body } = await wire(world, alice, '100', { ...REVIEWED, fee_payment_method: 'user' })
  expect(await figures(world, alice.id)).toMatchObject({ withdrawable: '400', out: '100' })
  const answer = await decide(world, body.id, 'reject', { reason: 'looks odd' })
  expect(answer).toMatchObject({ status: 200, body: { status: 'REJECTED', reason: 'looks odd' } })
  expect(await figures(world, alice.id)).toMatchObject({ withdrawable: '500', out: '0' })
  expect((await decide(world, body.id, 'approve')).status).toBe(422)
  await booksAreRight(world)
})

test('of an approval, a rejection and a cancellation at once one wins', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  for (let round = 0; round < 4; round += 1) {
    const { id } = await deposit(world, alice)
    const answers = await Promise.all([
      decide(world, id, 'reject'),
      decide(world, id, 'reject', {}),
      world.call('DELETE', `/v1/accounts/${alice.id}/transfers/${id}`),
    ])
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1)
  }
  await booksAreRight(world)
})

test('what nobody looks at expires after seven days', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const { id } = await deposit(world, alice)
  await world.advance({ days: 8 })
  expect(await world.transfers(alice.id)).toMatchObject([
    { status: 'CANCELED', reason: 'not processed before it expired' },
  ])
  expect((await eventsOf(world, id)).at(-1)).toBe('EXPIRED')
  expect((await decide(world, id, 'approve')).status).toBe(422)
  await booksAreRight(world)
})

test('a transfer that waits for a review can be settled by force, through every state', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const { id } = await deposit(world, alice)
  await world.must(world.call('POST', `/_sim/transfers/${id}/settle`, {}))
  expect(await eventsOf(world, id)).toEqual([
    'QUEUED',
    'APPROVAL_PENDING',
    'APPROVED',
    'SENT_TO_CLEARING',
    'COMPLETE',
  ])
  await booksAreRight(world)
})

test('a review needs a transfer and a reason that can be read', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const { id } = await deposit(world, alice)
  expect((await decide(world, UNKNOWN, 'approve')).status).toBe(404)
  expect((await decide(world, 'x', 'approve')).status).toBe(400)
  expect((await decide(world, id, 'reject', { reason: 'x'.repeat(201) })).status).toBe(422)
  expect((await decide(world, id, 'reject', { reason: 5 })).status).toBe(400)
  expect(await world.transfers(alice.id)).toMatchObject([{ status: 'APPROVAL_PENDING' }])
})
