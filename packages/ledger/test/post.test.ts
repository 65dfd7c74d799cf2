import { afterAll, beforeAll, expect, test } from 'vitest'
import { balancesAt, ledgerAccountId, lockAccounts, openAccounts, readBalances } from '../src/index.ts'
import {
  alice,
  aliceSpy,
  type Books,
  bob,
  causeOf,
  firm,
  firmSpy,
  freshBooks,
  hold,
  move,
  noon,
  release,
  settle,
} from './books.ts'

const balance = (posted: bigint, pendingIn = 0n, pendingOut = 0n) => ({
  posted,
  pendingIn,
  pendingOut,
  available: posted - pendingOut,
})

test('a post moves money at once', async () => {
  await using books = await freshBooks()
  const [moved] = await books.post(move({ id: 'a', from: firm, to: alice, amount: 250_00n }))
  expect(moved).toEqual({
    id: 'a',
    type: 'post',
    pendingId: null,
    from: firm,
    to: alice,
    asset: 'USD',
    amount: 250_00n,
    cause: causeOf('a'),
    at: noon,
  })
  const balances = await readBalances(books.db, [alice, firm, 'nobody:cash:USD'])
  expect(balances).toEqual(
    new Map([
      [alice, balance(250_00n)],
      [firm, balance(-250_00n)],
    ]),
  )
})

test('a pend sets money aside; posting a part of it frees the rest', async () => {
  await using books = await freshBooks()
  await books.fund(alice, 100n)
  await books.post(hold({ id: 'hold', from: alice, to: firm, amount: 80n }))
  expect((await readBalances(books.db, [alice])).get(alice)).toEqual(balance(100n, 0n, 80n))
  expect((await readBalances(books.db, [firm])).get(firm)).toEqual(balance(-100n, 80n, 0n))

  const [posted] = await books.post(settle('fill', 'hold', 75n))
  expect(posted).toMatchObject({ pendingId: 'hold', from: alice, to: firm, asset: 'USD', amount: 75n })
  expect((await readBalances(books.db, [alice])).get(alice)).toEqual(balance(25n))
})

test('a void frees everything and moves nothing', async () => {
  await using books = await freshBooks()
  await books.fund(alice, 100n)
  await books.post(hold({ id: 'hold', from: alice, to: firm, amount: 80n }))
  const [voided] = await books.post(release('cancel', 'hold'))
  expect(voided).toMatchObject({ type: 'void_pending', amount: 80n })
  expect((await readBalances(books.db, [alice])).get(alice)).toEqual(balance(100n))
})

test('a fill voids its hold and moves cash, commission and shares in one batch', async () => {
  await using books = await freshBooks()
  await books.fund(alice, 1_000_00n)
  await books.post(hold({ id: 'hold', from: alice, to: firm, amount: 1_000_00n }))
  await books.post(
    release('unhold', 'hold'),
    move({ id: 'cost', from: alice, to: firm, amount: 990_00n }),
    move({ id: 'shares', from: firmSpy, to: aliceSpy, amount: 1_500_000_000n }),
    move({ id: 'commission', from: alice, to: firm, amount: 10_00n }),
  )
  const balances = await readBalances(books.db, [alice, aliceSpy])
  expect(balances.get(alice)).toEqual(balance(0n))
  expect(balances.get(aliceSpy)).toEqual(balance(1_500_000_000n))
})

test('the same id with the same content gives the first result, whatever changed since', async () => {
  await using books = await freshBooks()
  await books.fund(alice, 100n)
  const all = move({ id: 'all', from: alice, to: bob, amount: 100n })
  const first = await books.post(all)
  const later = await books.post({ ...all, at: noon.add({ hours: 1 }) })
  expect(later).toEqual(first)
  expect((await readBalances(books.db, [alice])).get(alice)).toEqual(balance(0n))
})

test('a repeated id inside one batch moves money once', async () => {
  await using books = await freshBooks()
  await books.fund(alice, 100n)
  const all = move({ id: 'all', from: alice, to: bob, amount: 100n })
  const [first, second] = await books.post(all, all)
  expect(second).toEqual(first)
  expect((await readBalances(books.db, [bob])).get(bob)).toEqual(balance(100n))
})

test('a pend, its end and a retry of both fit in one batch', async () => {
  await using books = await freshBooks()
  await books.fund(alice, 100n)
  const batch = [hold({ id: 'hold', from: alice, to: bob, amount: 100n }), settle('fill', 'hold', 60n)]
  const first = await books.post(...batch, ...batch)
  expect(first.slice(2)).toEqual(first.slice(0, 2))
  expect(await books.post(...batch)).toEqual(first.slice(0, 2))
  expect((await readBalances(books.db, [alice, bob])).get(bob)).toEqual(balance(60n))
})

test('posting all of a pend is the same content with and without the amount', async () => {
  await using books = await freshBooks()
  await books.post(hold({ id: 'hold', from: firm, to: bob, amount: 60n }))
  const first = await books.post(settle('fill', 'hold'))
  expect(await books.post(settle('fill', 'hold', 60n))).toEqual(first)
})

/** For tests that write nothing: alice has 100 and has sent 100 before. */
let shared: Books

beforeAll(async () => {
  shared = await freshBooks()
  await shared.fund(alice, 200n)
  await shared.post(move({ ...hundred, id: 'taken' }))
})
afterAll(async () => {
  await shared[Symbol.asyncDispose]()
})

const hundred = { from: alice, to: bob, amount: 100n }

test.for([
  { name: 'another amount', other: move({ ...hundred, id: 'taken', amount: 99n }) },
  { name: 'no amount', other: move({ ...hundred, id: 'taken', amount: 0n }) },
  { name: 'another receiver', other: move({ ...hundred, id: 'taken', to: firm }) },
  { name: 'an unknown sender', other: move({ ...hundred, id: 'taken', from: 'nobody:cash:USD' }) },
  { name: 'another type', other: hold({ ...hundred, id: 'taken' }) },
  { name: 'another cause', other: { ...move({ ...hundred, id: 'taken' }), cause: causeOf('other') } },
  { name: 'the end of a pend', other: release('taken', 'nothing') },
])('a taken id with $name is refused before every other rule', async ({ other }) => {
  await expect(shared.post(other)).rejects.toMatchObject({ code: 'transfer_id_taken' })
})

test.for([
  { code: 'insufficient_funds', batch: [move({ ...hundred, id: 'a', amount: 101n })] },
  { code: 'insufficient_funds', batch: [hold({ ...hundred, id: 'a', amount: 101n })] },
  {
    code: 'insufficient_funds',
    batch: [hold({ ...hundred, id: 'a', amount: 40n }), move({ ...hundred, id: 'b', amount: 61n })],
  },
  { code: 'amount_not_positive', batch: [move({ ...hundred, id: 'a', amount: 0n })] },
  { code: 'amount_not_positive', batch: [hold({ ...hundred, id: 'a', amount: -1n })] },
  { code: 'account_not_found', batch: [move({ ...hundred, id: 'a', to: 'nobody:cash:USD' })] },
  { code: 'asset_mismatch', batch: [move({ ...hundred, id: 'a', to: firmSpy })] },
  { code: 'pending_not_found', batch: [settle('a', 'nothing')] },
  { code: 'pending_not_found', batch: [settle('a', `fund-${alice}`)] },
  { code: 'pending_not_found', batch: [settle('b', 'a'), hold({ ...hundred, id: 'a' })] },
  {
    code: 'pending_already_resolved',
    batch: [hold({ ...hundred, id: 'a' }), settle('b', 'a'), release('c', 'a')],
  },
  { code: 'amount_exceeds_pending', batch: [hold({ ...hundred, id: 'a' }), settle('b', 'a', 101n)] },
  { code: 'amount_not_positive', batch: [hold({ ...hundred, id: 'a' }), settle('b', 'a', 0n)] },
  {
    code: 'cause_taken',
    batch: [
      move({ ...hundred, id: 'a', amount: 1n }),
      { ...move({ ...hundred, id: 'b', amount: 1n }), cause: causeOf('a') },
    ],
  },
  {
    code: 'cause_taken',
    batch: [{ ...move({ ...hundred, id: 'a' }), cause: causeOf(`fund-${alice}`) }],
  },
])('$code: the whole batch is refused and nothing is written', async ({ code, batch }) => {
  const before = await readBalances(shared.db, [alice, bob, firm])
  const good = move({ id: 'good', from: firm, to: bob, amount: 5n })
  await expect(shared.post(good, ...batch)).rejects.toMatchObject({ name: 'LedgerRejected', code })
  expect(await readBalances(shared.db, [alice, bob, firm])).toEqual(before)
})

test('a pend that was ended earlier cannot be ended again', async () => {
  await using books = await freshBooks()
  await books.post(hold({ id: 'hold', from: firm, to: bob, amount: 60n }))
  await books.post(release('cancel', 'hold'))
  await expect(books.post(settle('fill', 'hold'))).rejects.toMatchObject({
    code: 'pending_already_resolved',
    details: { endedBy: 'cancel' },
  })
})

test('a refusal by rule leaves the transaction usable', async () => {
  await using books = await freshBooks()
  const { post } = await import('../src/index.ts')
  await books.db.transaction().execute(async (tx) => {
    await expect(post(tx, [move({ ...hundred, id: 'a' })])).rejects.toMatchObject({
      code: 'insufficient_funds',
      details: { accountId: alice, available: 0n, amount: 100n },
    })
    await post(tx, [move({ id: 'b', from: firm, to: alice, amount: 1n })])
  })
  expect((await readBalances(books.db, [alice])).get(alice)).toEqual(balance(1n))
})

test('amounts far beyond a double stay exact', async () => {
  await using books = await freshBooks()
  const huge = 12_345_678_901_234_567_890_123_456_789n
  await books.post(move({ id: 'a', from: firm, to: alice, amount: huge }))
  await books.post(move({ id: 'b', from: firm, to: alice, amount: 1n }))
  expect((await readBalances(books.db, [alice])).get(alice)).toEqual(balance(huge + 1n))
})

test('names with quotes, braces and backslashes survive', async () => {
  await using books = await freshBooks()
  const odd = `{"a\\b",'c'} NULL`
  const cause = { kind: odd, id: odd, step: odd }
  const request = { ...move({ id: odd, from: firm, to: alice, amount: 1n }), cause }
  const first = await books.post(request)
  expect(first).toMatchObject([{ id: odd, cause }])
  expect(await books.post(request)).toEqual(first)
})

test('opening accounts again is harmless, with another floor it is refused', async () => {
  await using books = await freshBooks()
  const account = { id: alice, owner: 'alice', kind: 'cash', asset: 'USD', floor: 0n }
  await books.fund(alice, 7n)
  await books.db.transaction().execute((tx) => openAccounts(tx, [account, account]))
  expect((await readBalances(books.db, [alice])).get(alice)).toEqual(balance(7n))
  const other = books.db.transaction().execute((tx) => openAccounts(tx, [{ ...account, floor: null }]))
  await expect(other).rejects.toMatchObject({ code: 'account_taken' })
})

test('an account is named after its owner, kind and asset', () => {
  expect(ledgerAccountId('firm', 'street', 'BTC/USD')).toBe('firm:street:BTC/USD')
  expect(() => ledgerAccountId('a:b', 'cash', 'USD')).toThrow()
  expect(() => ledgerAccountId('', 'cash', 'USD')).toThrow()
})

test('locked accounts tell their balances and wait for each other', async () => {
  await using books = await freshBooks()
  await books.fund(alice, 100n)
  const order: string[] = []
  await Promise.all(
    [1, 2].map(() =>
      books.db.transaction().execute(async (tx) => {
        const locked = await lockAccounts(tx, [firm, alice])
        expect(locked.get(alice)).toMatchObject({ posted: 100n, floor: 0n, asset: 'USD', version: 1n })
        order.push('in')
        await new Promise((resolve) => setTimeout(resolve, 20))
        order.push('out')
      }),
    ),
  )
  expect(order).toEqual(['in', 'out', 'in', 'out'])
})

test('past balances follow the time things happened, not the order of recording', async () => {
  await using books = await freshBooks()
  const at = (minutes: number) => noon.add({ minutes })
  await books.post(move({ id: 'late', from: firm, to: alice, amount: 10n, at: at(20) }))
  await books.post(move({ id: 'early', from: firm, to: alice, amount: 5n, at: at(10) }))
  await books.post(hold({ id: 'hold', from: alice, to: bob, amount: 3n, at: at(15) }))
  await books.post({ ...settle('fill', 'hold', 2n), at: at(30) })
  const history = await Promise.all(
    [9, 10, 15, 20, 29, 30].map(async (minutes) =>
      (await balancesAt(books.db, [alice], at(minutes))).get(alice),
    ),
  )
  expect(history).toEqual([
    balance(0n),
    balance(5n),
    balance(5n, 0n, 3n),
    balance(15n, 0n, 3n),
    balance(15n, 0n, 3n),
    balance(13n),
  ])
})
