import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  balancesAt,
  LedgerRejected,
  ledgerChecks,
  openAccounts,
  readBalances,
  type Transfer,
} from '../src/index.ts'
import { type Books, freshBooks } from './books.ts'
import { Model } from './model.ts'
import { castOf, instantOf, opening, requestsOf, script } from './scripts.ts'

let books: Books
let runs = 0

beforeAll(async () => {
  books = await freshBooks()
})
afterAll(async () => {
  await books[Symbol.asyncDispose]()
})

async function newRun() {
  runs += 1
  const run = `run${runs}`
  const cast = castOf(run)
  await books.db.transaction().execute((tx) => openAccounts(tx, cast))
  return { run, cast, ids: cast.map(({ id }) => id) }
}

async function attempt(batch: readonly Transfer[]) {
  try {
    return { results: await books.post(...batch) }
  } catch (error) {
    if (error instanceof LedgerRejected) return { refusedFor: error.code }
    throw error
  }
}

async function expectNoViolation() {
  for (const check of ledgerChecks)
    expect({ [check.id]: await check.run(books.db) }).toEqual({ [check.id]: [] })
}

test('any story of batches ends as the model says, now and at every instant', {
  timeout: 120_000,
}, async () => {
  let accepted = 0
  let refused = 0
  await fc.assert(
    fc.asyncProperty(script, async (batches) => {
      const { run, cast, ids } = await newRun()
      const model = new Model(cast)
      const told = opening(run, cast)
      expect(await attempt(told)).toEqual(model.post(told))
      for (const lines of batches) {
        const batch = requestsOf(run, cast, lines, told)
        const expected = model.post(batch)
        const answer = await attempt(batch)
        if ('results' in expected) {
          expect(answer).toEqual(expected)
          accepted += 1
        } else {
          expect(expected.refusedFor).toContain('refusedFor' in answer ? answer.refusedFor : 'accepted')
          refused += 1
          told.splice(told.length - batch.length)
        }
      }
      expect(await readBalances(books.db, ids)).toEqual(new Map(ids.map((id) => [id, model.balance(id)])))
      for (const minute of [-1, 0, 3, 7, 12, 20]) {
        const at = instantOf(minute)
        const then = new Map(ids.map((id) => [id, model.balance(id, at)]))
        expect(await balancesAt(books.db, ids, at)).toEqual(then)
      }
    }),
    { numRuns: 150 },
  )
  // A generator that is refused always, or never, would prove nothing.
  expect(accepted).toBeGreaterThan(120)
  expect(refused).toBeGreaterThan(120)
  await expectNoViolation()
})

test('batches that run at once on hot accounts leave books that balance', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(script, async (batches) => {
      const { run, cast, ids } = await newRun()
      const told = opening(run, cast)
      await attempt(told)
      const requests = batches.map((lines) => requestsOf(run, cast, lines, told))
      // Each batch twice: a client that lost the answer, and asks again while the first is still running.
      const answers = await Promise.all(requests.flatMap((batch) => [attempt(batch), attempt(batch)]))

      const recorded = new Map<string, object>()
      for (const answer of answers) {
        for (const result of 'results' in answer ? answer.results : []) {
          expect(recorded.get(result.id) ?? result).toEqual(result)
          recorded.set(result.id, result)
        }
      }
      const balances = [...(await readBalances(books.db, ids)).entries()]
      for (const asset of ['USD', 'SPY']) {
        const ofAsset = balances.filter(([id]) => id.endsWith(asset)).map(([, balance]) => balance)
        expect(ofAsset.reduce((sum, { posted }) => sum + posted, 0n)).toBe(0n)
        const pending = ofAsset.reduce((sum, balance) => sum + balance.pendingIn - balance.pendingOut, 0n)
        expect(pending).toBe(0n)
      }
      for (const { id, floor } of cast) {
        const available = new Map(balances).get(id)?.available ?? 0n
        expect(floor === null || available >= floor).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
  await expectNoViolation()
})

test('twins that arrive together are one transfer with one answer', { timeout: 60_000 }, async () => {
  for (let round = 0; round < 20; round += 1) {
    const { run, ids } = await newRun()
    const [firm = '', alice = '', bob = ''] = ids
    const at = instantOf(0)
    const cause = (step: string) => ({ kind: 'twin', id: run, step })
    const batch: Transfer[] = [
      { type: 'post', id: `${run}-a`, from: firm, to: alice, amount: 10n, cause: cause('a'), at },
      { type: 'pend', id: `${run}-b`, from: alice, to: bob, amount: 10n, cause: cause('b'), at },
      { type: 'post_pending', id: `${run}-c`, pendingId: `${run}-b`, cause: cause('c'), at },
    ]
    const answers = await Promise.all(Array.from({ length: 8 }, () => books.post(...batch)))
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect((await readBalances(books.db, [bob])).get(bob)?.posted).toBe(10n)
  }
})

test('one id asked for with two contents at once goes to one of them', { timeout: 60_000 }, async () => {
  for (let round = 0; round < 20; round += 1) {
    const { run, ids } = await newRun()
    const [firm = '', alice = '', bob = '', , firmSpy = '', aliceSpy = ''] = ids
    const at = instantOf(0)
    const cause = (step: string) => ({ kind: 'quarrel', id: run, step })
    const answers = await Promise.all([
      attempt([{ type: 'post', id: run, from: firm, to: alice, amount: 10n, cause: cause('a'), at }]),
      attempt([{ type: 'post', id: run, from: firm, to: bob, amount: 10n, cause: cause('b'), at }]),
      attempt([{ type: 'post', id: run, from: firmSpy, to: aliceSpy, amount: 10n, cause: cause('c'), at }]),
    ])
    expect(answers.filter((answer) => 'results' in answer)).toHaveLength(1)
    expect(answers.filter((answer) => 'refusedFor' in answer)).toEqual([
      { refusedFor: 'transfer_id_taken' },
      { refusedFor: 'transfer_id_taken' },
    ])
  }
})

test('one cause asked for under two ids at once goes to one of them', { timeout: 60_000 }, async () => {
  for (let round = 0; round < 20; round += 1) {
    const { run, ids } = await newRun()
    const [firm = '', alice = '', , , firmSpy = '', aliceSpy = ''] = ids
    const at = instantOf(0)
    const cause = { kind: 'quarrel', id: run, step: 'fill' }
    const answers = await Promise.all([
      attempt([{ type: 'post', id: `${run}-a`, from: firm, to: alice, amount: 10n, cause, at }]),
      attempt([{ type: 'post', id: `${run}-b`, from: firmSpy, to: aliceSpy, amount: 10n, cause, at }]),
    ])
    expect(answers.filter((answer) => 'results' in answer)).toHaveLength(1)
    expect(answers).toContainEqual({ refusedFor: 'cause_taken' })
  }
})
