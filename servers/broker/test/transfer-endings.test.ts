import { expect, test } from 'vitest'
import { brokerWorld } from './broker-world.ts'
import { booksAreRight, eventsOf, figures } from './funding-facts.ts'

test('a returned deposit goes back: before settlement by a void, after it through the ledger', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const { body: early } = await world.transfer(alice, '10')
  const { body: late } = await world.transfer(alice, '20')
  await world.call('POST', `/_sim/transfers/${late.id}/settle`, {})
  expect((await figures(world, alice.id)).cash).toBe('20')
  for (const { id } of [early, late]) {
    const answer = await world.call('POST', `/_sim/transfers/${id}/return`, { code: 'R01' })
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'RETURNED', reason: 'R01 insufficient funds' },
    })
    expect((await world.call('POST', `/_sim/transfers/${id}/return`, { code: 'R01' })).status).toBe(422)
    expect((await world.call('POST', `/_sim/transfers/${id}/settle`, {})).status).toBe(422)
  }
  expect(await eventsOf(world, early.id)).toEqual(['QUEUED', 'SENT_TO_CLEARING', 'RETURNED'])
  expect(await eventsOf(world, late.id)).toEqual(['QUEUED', 'SENT_TO_CLEARING', 'COMPLETE', 'RETURNED'])
  expect(await figures(world, alice.id)).toEqual({
    cash: '0',
    power: '0',
    settled: '0',
    withdrawable: '0',
    in: '0',
    out: '0',
  })
  await world.advance({ days: 5 })
  expect((await figures(world, alice.id)).cash).toBe('0')
  await booksAreRight(world)
})

test('a deposit that was spent goes back all the same: the account owes what it lacks', async () => {
  await using world = await brokerWorld()
  const alice = await world.seasonedAccount('100')
  const [deposit] = await world.transfers(alice.id)
  await world.transfer(alice, '60', 'OUTGOING')
  expect(await world.call('POST', `/_sim/transfers/${deposit.id}/return`, { code: 'R10' })).toMatchObject({
    status: 200,
    body: { status: 'RETURNED', return_code: 'R10' },
  })
  expect(await figures(world, alice.id)).toMatchObject({
    cash: '0',
    power: '0',
    withdrawable: '0',
    out: '60',
  })
  await booksAreRight(world)
  // The withdrawal does not leave: its bank account is not used any more, and what it had set aside pays the debt.
  await world.advance({ days: 5 })
  expect(await figures(world, alice.id)).toMatchObject({ cash: '0', power: '0', out: '0' })
  await booksAreRight(world)
})

test('a returned withdrawal brings the money home', async () => {
  await using world = await brokerWorld()
  const alice = await world.seasonedAccount('100')
  const { body } = await world.transfer(alice, '60', 'OUTGOING')
  await world.advance({ days: 4 })
  expect((await figures(world, alice.id)).cash).toBe('40')
  await world.must(world.call('POST', `/_sim/transfers/${body.id}/return`, { code: 'R03' }))
  expect((await figures(world, alice.id)).cash).toBe('100')
  await booksAreRight(world)
})

test('a transfer may ask for its own ending', async () => {
  await using world = await brokerWorld()
  const { id, relationshipId } = await world.linkedAccount()
  const endings = {
    QUEUED: 'QUEUED',
    PENDING: 'PENDING',
    REJECTED: 'REJECTED',
    CANCELED: 'CANCELED',
    RETURNED: 'RETURNED',
    APPROVED: 'COMPLETE',
  }
  for (const wish of Object.keys(endings)) {
    await world.advance({ seconds: 5 })
    await world.must(
      world.call('POST', `/v1/accounts/${id}/transfers`, {
        transfer_type: 'ach',
        relationship_id: relationshipId,
        amount: '10',
        direction: 'INCOMING',
        additional_information: `/fixtures/status=${wish}/fixtures/`,
      }),
    )
  }
  await world.advance({ days: 6 })
  const statuses = (await world.transfers(id)).map(({ status }: { status: string }) => status)
  expect(statuses.reverse()).toEqual(Object.values(endings))
  expect(await figures(world, id)).toMatchObject({ cash: '10', in: '20' })
  await booksAreRight(world)
})
