import { expect, test } from 'vitest'
import { brokerWorld } from './broker-world.ts'
import { booksAreRight, eventsOf, figures } from './funding-facts.ts'

test('a repeated Idempotency-Key gets the first answer, whatever happened since', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const headers = { 'idempotency-key': 'first' }
  const first = await world.transfer(alice, '49999', 'INCOMING', headers)
  await world.call('POST', `/_sim/transfers/${first.body.id}/settle`, {})
  await world.call('POST', `/_sim/accounts/${alice.id}/status`, { status: 'DISABLED' })

  const again = await world.transfer(alice, '49999.00', 'INCOMING', headers)
  expect(again).toMatchObject({ status: 200, body: first.body })
  expect(await world.transfer(alice, '49998', 'INCOMING', headers)).toMatchObject({
    status: 422,
    body: { code: 40010001, message: expect.stringContaining('Idempotency-Key') },
  })
  expect(await world.transfers(alice.id)).toHaveLength(1)
  await booksAreRight(world)
})

test('requests with one key at the same time make one transfer and get one answer', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => world.transfer(alice, '10', 'INCOMING', { 'idempotency-key': 'k' })),
  )
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
  expect(await world.transfers(alice.id)).toHaveLength(1)
})

test('an answer that got lost is had by asking again; nothing moves twice', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const body = JSON.stringify({
    transfer_type: 'ach',
    relationship_id: alice.relationshipId,
    amount: '10',
    direction: 'INCOMING',
  })
  const headers = { 'idempotency-key': 'lost' }
  const impatient = new AbortController()
  const lost = world.send('POST', `/v1/accounts/${alice.id}/transfers`, body, {
    headers,
    signal: impatient.signal,
  })
  while ((await world.db.selectFrom('transfers').select('id').execute()).length === 0) {
    await new Promise((resolve) => setImmediate(resolve))
  }
  impatient.abort()
  await lost.catch(() => undefined)
  const again = await world.send('POST', `/v1/accounts/${alice.id}/transfers`, body, { headers })
  expect(again.status).toBe(200)
  expect(await world.transfers(alice.id)).toMatchObject([{ id: again.body.id }])
  expect((await figures(world, alice.id)).in).toBe('10')
})

test('a key is its account’s own, and must be a key', async () => {
  await using world = await brokerWorld()
  const [alice, bob] = [await world.linkedAccount(), await world.linkedAccount()]
  const headers = { 'idempotency-key': 'same' }
  expect((await world.transfer(alice, '1', 'INCOMING', headers)).status).toBe(200)
  expect((await world.transfer(bob, '2', 'INCOMING', headers)).status).toBe(200)
  for (const key of ['', 'x'.repeat(129), 'a b']) {
    expect((await world.transfer(bob, '1', 'INCOMING', { 'idempotency-key': key })).status).toBe(422)
  }
})

test('a job that runs twice changes nothing the second time', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const { body } = await world.transfer(alice, '10')
  await world.advance({ days: 5 })
  const payload = JSON.stringify({ accountId: alice.id, transferId: body.id })
  for (const queue of ['originate-transfer', 'settle-transfer']) {
    await world.db
      .insertInto('agenda')
      .values({ queue, key: `${body.id}:again`, run_at: world.clock.now(), payload })
      .execute()
  }
  const { body: moved } = await world.advance({ seconds: 1 })
  expect(moved.happened.length).toBeLessThanOrEqual(2)
  expect((await figures(world, alice.id)).cash).toBe('10')
  expect(await eventsOf(world, body.id)).toHaveLength(3)
  await booksAreRight(world)
})
