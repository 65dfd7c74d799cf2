import type { UsdMinor } from '@paddock/money'
import { expect, test } from 'vitest'
import { booksAreRight } from './funding-facts.ts'
import { FIRM, type JournalWorld, journalWorld, UNKNOWN } from './journals-world.ts'

const count = async (world: JournalWorld) => (await world.must(world.list(''))).length as number

test('a batch gives to many at once, those above the limit wait', async () => {
  await using world = await journalWorld()
  const bob = await world.activeAccount()
  const { status, body } = await world.batch(
    [
      { to_account: world.alice, amount: '50' },
      { to_account: bob, amount: 100, description: 'for bob' },
      { to_account: world.alice, amount: 700.0 },
    ],
    {},
    { description: 'rewards' },
  )
  expect(status).toBe(200)
  expect(body).toMatchObject([
    {
      status: 'queued',
      net_amount: '50',
      to_account: world.alice,
      description: 'rewards',
      error_message: '',
    },
    { status: 'pending', net_amount: '100', to_account: bob, description: 'for bob', error_message: '' },
    {
      status: 'pending',
      net_amount: '700',
      to_account: world.alice,
      description: 'rewards',
      error_message: '',
    },
  ])
  await world.settle()
  expect(await world.told(body[0].id)).toEqual(['queued', 'sent_to_clearing', 'executed'])
  expect(await world.told(body[1].id)).toEqual(['queued', 'pending'])
  expect(await world.cash(FIRM)).toEqual({ cash: '49950', power: '49150' })
  await booksAreRight(world)
})

test('one bad entry, and nothing of a batch happens; the message says which one', async () => {
  await using world = await journalWorld()
  const closed = await world.activeAccount()
  await world.must(world.call('POST', `/_sim/accounts/${closed}/status`, { status: 'ACCOUNT_CLOSED' }))
  const good = { to_account: world.alice, amount: '10' }
  const bad: [entry: object, status: number][] = [
    [{ to_account: UNKNOWN, amount: '10' }, 404],
    [{ to_account: closed, amount: '10' }, 403],
    [{ to_account: FIRM, amount: '10' }, 422],
    [{ to_account: world.alice, amount: '10.001' }, 422],
    [{ to_account: world.alice, amount: '49980.01' }, 403],
  ]
  for (const [entry, status] of bad) {
    const answer = await world.batch([good, entry, good])
    expect(answer).toMatchObject({ status, body: { code: expect.any(Number) } })
    if (status !== 403 || !('available' in answer.body)) {
      expect(answer.body.message).toContain('entries[1]: ')
    }
  }
  expect((await world.batch([{ amount: '10' }])).status).toBe(422)
  expect((await world.batch([])).status).toBe(422)
  expect((await world.batch([good], {}, { entry_type: 'JNLS' })).status).toBe(422)
  expect((await world.batch([good], {}, { entries: { 0: good } })).status).toBe(400)
  expect((await world.batch(Array.from({ length: 1_001 }, () => good))).status).toBe(422)
  expect(await count(world)).toBe(0)
  expect(await world.cash(FIRM)).toEqual({ cash: '50000', power: '50000' })
  await booksAreRight(world)
})

test('the entries of a batch share one purse', async () => {
  await using world = await journalWorld()
  const half = { to_account: world.alice, amount: '25000' }
  expect(await world.batch([half, { ...half, amount: '25000.01' }])).toMatchObject({
    status: 403,
    body: { available: '25000.00', message: expect.stringContaining('entries[1]') },
  })
  expect((await world.batch([half, half])).status).toBe(200)
  expect((await world.cash(FIRM)).power).toBe('0')
})

test('a reverse batch collects from many', async () => {
  await using world = await journalWorld()
  const bob = await world.activeAccount()
  await world.batch([
    { to_account: world.alice, amount: '20' },
    { to_account: bob, amount: '30' },
  ])
  await world.settle()
  const tooMuch = await world.reverseBatch([
    { from_account: bob, amount: '30' },
    { from_account: world.alice, amount: '15' },
    { from_account: world.alice, amount: '5.01' },
  ])
  expect(tooMuch).toMatchObject({ status: 403, body: { available: '5.00' } })
  const { status, body } = await world.reverseBatch([
    { from_account: bob, amount: 30 },
    { from_account: world.alice, amount: '20', description: 'fee' },
  ])
  expect(status).toBe(200)
  expect(body).toMatchObject([
    { status: 'queued', from_account: bob, to_account: FIRM, entry_type: 'JNLC' },
    { status: 'queued', from_account: world.alice, description: 'fee' },
  ])
  await world.settle()
  expect((await world.cash(FIRM)).cash).toBe('50000')
  await booksAreRight(world)
})

test('a thousand entries go in one batch', async () => {
  await using world = await journalWorld({ journals: { perJournalMinor: 0n as UsdMinor } })
  const entries = Array.from({ length: 1_000 }, () => ({ to_account: world.alice, amount: '50' }))
  const { status, body } = await world.batch(entries)
  expect([status, body.length]).toEqual([200, 1_000])
  expect((await world.cash(FIRM)).power).toBe('0')
  await booksAreRight(world)
})

test('a key names a request: again gives the same answer and does nothing, another body is refused', async () => {
  await using world = await journalWorld()
  const key = { 'idempotency-key': 'reward-2231' }
  const first = await world.journal({ amount: 5 }, key)
  await world.settle()
  const again = await world.journal({ amount: '5.00' }, key)
  expect(again).toMatchObject({ status: 200, body: first.body })
  expect(again.body).toEqual(first.body)
  const other = await world.journal({ amount: '5.01' }, key)
  expect(other).toMatchObject({ status: 422, body: { code: 40010001 } })
  expect((await world.journal({ amount: 5, to_account: UNKNOWN }, key)).status).toBe(422)
  expect(await count(world)).toBe(1)

  const entries = [
    { to_account: world.alice, amount: 5 },
    { to_account: world.alice, amount: 6 },
  ]
  // The same word names another request elsewhere.
  const batch = await world.batch(entries, key)
  expect(batch.status).toBe(200)
  expect((await world.batch(entries, key)).body).toEqual(batch.body)
  expect((await world.batch(entries.toReversed(), key)).status).toBe(422)
  expect(await count(world)).toBe(3)
  await booksAreRight(world)
})

test('a refused request does not use up its key', async () => {
  await using world = await journalWorld()
  const key = { 'idempotency-key': 'k' }
  expect((await world.journal({ amount: '60000' }, key)).status).toBe(403)
  expect((await world.journal({ amount: '6' }, key)).status).toBe(200)
})

test('keys have 1 to 128 characters', async () => {
  await using world = await journalWorld()
  expect((await world.journal({ amount: 1 }, { 'idempotency-key': 'x'.repeat(128) })).status).toBe(200)
  expect((await world.journal({ amount: 1 }, { 'idempotency-key': 'x'.repeat(129) })).status).toBe(422)
  expect((await world.journal({ amount: 1 }, { 'idempotency-key': '' })).status).toBe(422)
  expect(await count(world)).toBe(1)
})

test('the same request many times at once, under one key, happens once', async () => {
  await using world = await journalWorld()
  const key = { 'idempotency-key': '0192f0c4-0000-7000-8000-000000000001' }
  const answers = await Promise.all(Array.from({ length: 8 }, () => world.journal({ amount: 7 }, key)))
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1)
  await world.settle()
  expect((await world.cash(world.alice)).cash).toBe('7')
})

test('of two who want the last dollar one gets it', async () => {
  await using world = await journalWorld()
  const bob = await world.activeAccount()
  await world.journal({ amount: '1' })
  await world.settle()
  const give = (to: string) => world.journal({ from_account: world.alice, to_account: to, amount: '1' })
  const answers = await Promise.all([give(bob), give(FIRM), give(bob), give(FIRM)])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403])
  await world.settle()
  expect(await world.cash(world.alice)).toEqual({ cash: '0', power: '0' })
  await booksAreRight(world)
})

test('accounts that give to each other at the same time do not wait for each other', async () => {
  await using world = await journalWorld()
  const bob = await world.activeAccount()
  await world.batch([
    { to_account: world.alice, amount: '50' },
    { to_account: bob, amount: '50' },
  ])
  await world.settle()
  const rounds = Array.from({ length: 12 }, (_, index) =>
    index % 2 === 0
      ? world.journal({ from_account: world.alice, to_account: bob, amount: '1' })
      : world.journal({ from_account: bob, to_account: world.alice, amount: '1' }),
  )
  const answers = await Promise.all(rounds)
  expect(answers.map(({ status }) => status)).toEqual(rounds.map(() => 200))
  await world.settle()
  expect((await world.cash(bob)).cash).toBe('50')
  await booksAreRight(world)
})
