import { expect, test } from 'vitest'
import { booksAreRight } from './funding-facts.ts'
import { FIRM, type JournalWorld, journalWorld } from './journals-world.ts'

const REJECT = 'a test /fixtures/status=rejected/fixtures/'
const PEND = '/fixtures/status=pending/fixtures/'

async function pending(world: JournalWorld, change: object = {}): Promise<string> {
  const { body } = await world.journal({ amount: '100', ...change })
  expect(body.status).toBe('pending')
  return body.id
}

test('while a journal waits its money is set aside; approved, it moves', async () => {
  await using world = await journalWorld()
  const id = await pending(world)
  await world.advance({ days: 3 })
  expect(await world.cash(FIRM)).toEqual({ cash: '50000', power: '49900' })
  expect(await world.cash(world.alice)).toEqual({ cash: '0', power: '0' })
  expect(await world.lines(id)).toEqual([])

  const { status, body } = await world.decide(id, 'approve', {})
  expect(status).toBe(200)
  expect(body).toMatchObject({
    id,
    status: 'executed',
    settle_date: '2026-11-23',
    reason: null,
    corrects: null,
  })
  expect((await world.cash(world.alice)).cash).toBe('100')
  expect(await world.told(id)).toEqual([
    'queued',
    'pending',
    'sent_to_clearing',
    'executed',
    'activity_created',
  ])
  await booksAreRight(world)
})

test('rejected, its money is free again', async () => {
  await using world = await journalWorld()
  const id = await pending(world)
  expect((await world.decide(id, 'reject', {})).status).toBe(422)
  expect((await world.decide(id, 'reject', { reason: ' ' })).status).toBe(422)
  const { body } = await world.decide(id, 'reject', { reason: 'not agreed' })
  expect(body).toMatchObject({ status: 'rejected', reason: 'not agreed', settle_date: null })
  expect(await world.cash(FIRM)).toEqual({ cash: '50000', power: '50000' })
  expect(await world.told(id)).toEqual(['queued', 'pending', 'rejected'])
  expect((await world.decide(id, 'approve', {})).status).toBe(422)
  await booksAreRight(world)
})

test('whoever asked for it can call it off while it waits, and only then', async () => {
  await using world = await journalWorld()
  const remove = (id: string) => world.call('DELETE', `/v1/journals/${id}`)
  const id = await pending(world)
  const answer = await remove(id)
  expect([answer.status, answer.body]).toEqual([204, undefined])
  expect((await world.read(id)).status).toBe('canceled')
  expect(await remove(id)).toMatchObject({ status: 422, body: { code: 42210000 } })
  const { body: small } = await world.journal({ amount: '1' })
  expect((await remove(small.id)).status).toBe(422)
  await world.settle()
  expect((await remove(small.id)).body.message).toBe('journal is not deletable in status executed')
  expect(await world.cash(FIRM)).toEqual({ cash: '49999', power: '49999' })
  await booksAreRight(world)
})

test('approved twice at once, it moves once', async () => {
  await using world = await journalWorld()
  const id = await pending(world)
  const answers = await Promise.all([1, 2, 3].map(() => world.decide(id, 'approve', {})))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422])
  expect((await world.cash(world.alice)).cash).toBe('100')
  await booksAreRight(world)
})

test('of an approval and a cancel at the same time one wins, and the books agree', async () => {
  await using world = await journalWorld()
  for (let round = 0; round < 5; round += 1) {
    const id = await pending(world, { amount: '60' })
    const [approved, canceled] = await Promise.all([
      world.decide(id, 'approve', {}),
      world.call('DELETE', `/v1/journals/${id}`),
    ])
    expect([approved.status, canceled.status]).toEqual(approved.status === 200 ? [200, 422] : [422, 204])
  }
  await booksAreRight(world)
})

test('a description can ask for a rejection at the end of the day, above the limit only', async () => {
  await using world = await journalWorld()
  const rejected = await pending(world, { description: REJECT })
  const waiting = await pending(world, { description: PEND })
  const { body: small } = await world.journal({ amount: '5', description: REJECT })
  await world.advance({ to: '2026-11-21T03:59:59Z' })
  expect((await world.read(rejected)).status).toBe('pending')
  await world.advance({ seconds: 1 })
  expect((await world.read(rejected)).status).toBe('rejected')
  await world.advance({ days: 20 })
  expect((await world.read(waiting)).status).toBe('pending')
  expect((await world.read(small.id)).status).toBe('executed')
  await booksAreRight(world)
})

test('what an operator decided first stays', async () => {
  await using world = await journalWorld()
  const id = await pending(world, { description: REJECT })
  await world.must(world.decide(id, 'approve', {}))
  await world.advance({ days: 2 })
  expect((await world.read(id)).status).toBe('executed')
})

test('when an account may no longer take, the journal is refused and the money stays', async () => {
  await using world = await journalWorld()
  const bob = await world.activeAccount()
  const { body: queued } = await world.journal({ amount: '5', to_account: bob })
  const waiting = await pending(world, { to_account: bob })
  await world.must(world.call('POST', `/_sim/accounts/${bob}/status`, { status: 'ACCOUNT_CLOSED' }))
  await world.settle()
  expect((await world.read(queued.id)).status).toBe('refused')
  expect(await world.told(queued.id)).toEqual(['queued', 'refused'])
  const { body } = await world.decide(waiting, 'approve', {})
  expect(body).toMatchObject({ status: 'refused', reason: 'the account that takes is not active' })
  expect(await world.cash(FIRM)).toEqual({ cash: '50000', power: '50000' })
  await booksAreRight(world)
})

test('a correction undoes the old journal and puts a new one in its place', async () => {
  await using world = await journalWorld()
  const { body: old } = await world.journal({ amount: '40', description: 'reward' })
  await world.settle()
  const correct = (body: object) => world.decide(old.id, 'correct', { reason: 'typo', ...body })
  expect((await correct({ amount: '40.00' })).status).toBe(422)
  expect((await correct({ qty: '4' })).status).toBe(422)
  expect((await correct({ amount: '4', qty: '4' })).status).toBe(422)
  expect((await correct({ amount: '4.001' })).status).toBe(422)

  const { status, body } = await correct({ amount: '4' })
  expect(status).toBe(200)
  expect(body).toMatchObject({ status: 'executed', net_amount: '4', corrects: old.id, description: 'reward' })
  expect(body.id).not.toBe(old.id)
  expect(await world.read(old.id)).toMatchObject({ status: 'correct', net_amount: '40' })
  expect((await world.cash(world.alice)).cash).toBe('4')
  expect((await world.cash(FIRM)).cash).toBe('49996')
  expect(await world.told(old.id)).toEqual([
    'queued',
    'sent_to_clearing',
    'executed',
    'activity_created',
    'correct',
  ])
  expect(await world.told(body.id)).toEqual(['queued', 'sent_to_clearing', 'executed'])
  expect(await world.lines(old.id)).toMatchObject(
    [
      { account: 'firm', amount: -40_00n, status: 'executed' },
      { account: 'alice', amount: -40_00n, status: 'canceled' },
      { account: 'alice', amount: 40_00n, status: 'executed' },
      { account: 'firm', amount: 40_00n, status: 'canceled' },
    ]
      .toSorted((a, b) => Number(a.amount - b.amount))
      .map(({ amount }) => ({ amount })),
  )
  expect(await world.lines(body.id)).toMatchObject([
    { account: 'firm', amount: -4_00n, status: 'correct' },
    { account: 'alice', amount: 4_00n, status: 'correct' },
  ])
  expect((await correct({ amount: '5' })).status).toBe(422)
  await booksAreRight(world)
})

test('a correction upwards works though the money has been passed on', async () => {
  await using world = await journalWorld()
  const { body: old } = await world.journal({ amount: '40' })
  await world.settle()
  await world.journal({ from_account: world.alice, to_account: FIRM, amount: '30' })
  await world.settle()
  expect((await world.decide(old.id, 'correct', { amount: '29.99', reason: 'x' })).status).toBe(422)
  expect((await world.decide(old.id, 'correct', { amount: '45', reason: 'x' })).status).toBe(200)
  expect((await world.cash(world.alice)).cash).toBe('15')
  await booksAreRight(world)
})

test('corrected twice at once, it is corrected once', async () => {
  await using world = await journalWorld()
  const { body: old } = await world.journal({ amount: '40' })
  await world.settle()
  const answers = await Promise.all(
    ['41', '42', '43'].map((amount) => world.decide(old.id, 'correct', { amount, reason: 'x' })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422])
  await booksAreRight(world)
})

test('an operator can take a journal out of the books, unless the money is gone', async () => {
  await using world = await journalWorld()
  const { body: first } = await world.journal({ amount: '40' })
  await world.settle()
  const { body: back } = await world.journal({ from_account: world.alice, to_account: FIRM, amount: '1' })
  await world.settle()
  const refused = await world.decide(first.id, 'delete')
  expect(refused).toMatchObject({ status: 422, body: { code: 42210000 } })
  expect((await world.read(first.id)).status).toBe('executed')
  expect((await world.decide(back.id, 'delete')).body.status).toBe('deleted')
  expect((await world.decide(first.id, 'delete', { reason: 'twice' })).body).toMatchObject({
    status: 'deleted',
    reason: 'twice',
  })
  expect((await world.decide(first.id, 'delete')).status).toBe(422)
  expect(await world.cash(FIRM)).toEqual({ cash: '50000', power: '50000' })
  await booksAreRight(world)
})

test("the firm's account can be found, and is in no list of customers", async () => {
  await using world = await journalWorld()
  expect(await world.firm()).toMatchObject({ id: FIRM, account_number: '730000001', cash: '50000' })
  const listed = await world.must(world.call('GET', '/v1/accounts'))
  expect(listed.map(({ id }: { id: string }) => id)).toEqual([world.alice])
})
