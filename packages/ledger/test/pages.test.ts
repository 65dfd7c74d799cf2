import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  readAccounts,
  readEntries,
  readOpenPends,
  readTransfers,
  readTransfersOfCause,
} from '../src/index.ts'
import {
  alice,
  aliceSpy,
  type Books,
  bob,
  causeOf,
  firm,
  freshBooks,
  hold,
  move,
  noon,
  settle,
} from './books.ts'

let books: Books

beforeAll(async () => {
  books = await freshBooks()
  await books.fund(alice, 100n)
  await books.post(
    move({ id: 'gift', from: alice, to: bob, amount: 30n }),
    hold({ id: 'order', from: alice, to: firm, amount: 20n }),
    hold({ id: 'second', from: alice, to: firm, amount: 5n, at: noon.add({ minutes: 1 }) }),
  )
  await books.post({
    ...settle('fill', 'order', 15n),
    cause: causeOf('order', 'fill'),
    at: noon.add({ minutes: 2 }),
  })
})
afterAll(async () => {
  await books[Symbol.asyncDispose]()
})

test('accounts come in order of id, a page at a time', async () => {
  const first = await readAccounts(books.db, { limit: 2 })
  expect(first.map(({ id }) => id)).toEqual([alice, aliceSpy])
  expect(first[0]).toEqual({
    id: alice,
    owner: 'alice',
    kind: 'cash',
    asset: 'USD',
    floor: 0n,
    posted: 55n,
    pendingIn: 0n,
    pendingOut: 5n,
    available: 50n,
    version: 3n,
  })
  const rest = await readAccounts(books.db, { afterId: aliceSpy, limit: 1_000 })
  expect(rest[0]?.id).toBe(bob)
})

test('accounts of one owner', async () => {
  const found = await readAccounts(books.db, { owner: 'alice', limit: 10 })
  expect(found.map(({ id }) => id)).toEqual([alice, aliceSpy])
})

test("an account's entries come newest first, each with its cause and the other side", async () => {
  const page = await readEntries(books.db, { accountId: alice, limit: 2 })
  expect(page).toMatchObject([
    {
      version: 3n,
      transferId: 'fill',
      type: 'post_pending',
      otherAccountId: firm,
      amount: -15n,
      balanceAfter: 55n,
      cause: causeOf('order', 'fill'),
      at: noon.add({ minutes: 2 }),
    },
    { version: 2n, transferId: 'gift', otherAccountId: bob, amount: -30n, balanceAfter: 70n },
  ])
  const older = await readEntries(books.db, { accountId: alice, beforeVersion: 2n, limit: 2 })
  expect(older).toMatchObject([{ version: 1n, amount: 100n, otherAccountId: firm }])
})

test('what was recorded when is told by the database, not by the caller', async () => {
  const [entry] = await readEntries(books.db, { accountId: bob, limit: 1 })
  expect(entry?.at).toEqual(noon)
  expect(entry?.createdAt).not.toEqual(noon)
})

test('only pends without an end hold money', async () => {
  const open = await readOpenPends(books.db, { accountId: alice, limit: 10 })
  expect(open).toMatchObject([{ id: 'second', type: 'pend', amount: 5n }])
})

test('transfers by id and by cause', async () => {
  const found = await readTransfers(books.db, ['gift', 'nothing', 'fill'])
  expect([...found.keys()].sort()).toEqual(['fill', 'gift'])
  const ofOrder = await readTransfersOfCause(books.db, { kind: 'test', id: 'order', limit: 10 })
  expect(ofOrder.map(({ id }) => id)).toEqual(['order', 'fill'])
})

test('a page without a sensible limit is a mistake of the caller', async () => {
  for (const limit of [0, -1, 1.5, 1_001]) {
    await expect(readEntries(books.db, { accountId: alice, limit })).rejects.toThrow('cannot be read')
  }
})
