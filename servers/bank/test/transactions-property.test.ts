import fc from 'fast-check'
import type { Transaction, TransactionsSyncResponse } from 'plaid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankWith, type TestBank } from './bank-with.ts'
import { linkUser, listAll, sorted } from './transaction-steps.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await bankWith()
})
afterAll(() => bank[Symbol.asyncDispose]())

/** Two accounts whose transactions post in the days after they are linked, whenever that is. */
function writtenUser(): string {
  const today = bank.clock.now().toZonedDateTimeISO('America/New_York').toPlainDate()
  const transactions = Array.from({ length: 8 }, (_, index) => ({
    date_transacted: today.subtract({ days: 4 }).toString(),
    date_posted: today.add({ days: index - 3 }).toString(),
    amount: 10 + index,
    description: `Shop ${index}`,
    currency: 'USD',
  }))
  const account = { starting_balance: 500, transactions }
  const other = { ...account, subtype: 'savings', transactions: transactions.slice(2, 5) }
  return JSON.stringify({ override_accounts: [account, other] })
}

type Step =
  | { kind: 'refresh' }
  | { kind: 'write'; cents: number }
  | { kind: 'wait'; seconds: number; isLeap: boolean }
  | { kind: 'page'; stream: number; count: number }

const some = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary })
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    some(1, fc.record({ kind: fc.constant('refresh' as const) })),
    some(1, fc.record({ kind: fc.constant('write' as const), cents: fc.integer({ min: -9999, max: 9999 }) })),
    some(
      2,
      fc.record({
        kind: fc.constant('wait' as const),
        seconds: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 60 * 3600 })),
        isLeap: fc.boolean(),
      }),
    ),
    some(
      6,
      fc.record({
        kind: fc.constant('page' as const),
        stream: fc.integer({ min: 0, max: 2 }),
        count: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 20, max: 500 })),
      }),
    ),
  ),
  { minLength: 1, maxLength: 18 },
)
const users = [
  'user_transactions_dynamic',
  'user_transactions_dynamic',
  'user_family',
  'user_custom',
] as const

/** A client that keeps one stream by the vendor's rules: a run that was disturbed begins again where it began. */
function follower(access_token: string, account_id: string | undefined) {
  const kept = new Map<string, Transaction>()
  let start = ''
  let run: { cursor: string; put: Transaction[]; removed: string[] } | undefined
  return {
    kept,
    account_id,
    /** Answers whether there is more. */
    async page(count: number): Promise<boolean> {
      run ??= { cursor: start, put: [], removed: [] }
      const options = account_id === undefined ? {} : { options: { account_id } }
      const request = { access_token, cursor: run.cursor, count, ...options }
      const { status, body } = await bank.post('/transactions/sync', request)
      if (status !== 200) {
        expect(body.error_code).toBe('TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION')
        expect(run.cursor, 'a run that just begins is not disturbed').not.toBe(start)
        run = undefined
        return true
      }
      const data = body as unknown as TransactionsSyncResponse
      const rows = [...data.added, ...data.modified]
      expect(rows.length + data.removed.length).toBeLessThanOrEqual(count)
      for (const one of data.added) expect(kept.has(one.transaction_id)).toBe(false)
      for (const one of data.modified) expect(kept.has(one.transaction_id)).toBe(true)
      for (const one of [...rows, ...data.removed]) {
        if (account_id !== undefined) expect(one.account_id).toBe(account_id)
      }
      const again = await bank.post('/transactions/sync', request)
      if (!data.has_more) expect({ ...again.body, request_id: '' }).toEqual({ ...body, request_id: '' })
      run.put.push(...rows)
      run.removed.push(...data.removed.map(({ transaction_id }) => transaction_id))
      run.cursor = data.next_cursor
      if (data.has_more) return true
      for (const one of run.put) kept.set(one.transaction_id, one)
      for (const id of run.removed) kept.delete(id)
      start = run.cursor
      run = undefined
      return false
    },
  }
}

async function take(step: Step, access_token: string, isDynamic: boolean): Promise<void> {
  if (step.kind === 'refresh') await bank.client.transactionsRefresh({ access_token })
  if (step.kind === 'wait') {
    const target = bank.clock.now().add({ seconds: step.seconds })
    if (step.isLeap) await bank.clock.advanceTo(target)
    else bank.clock.moveTo(target)
  }
  if (step.kind === 'write' && isDynamic) {
    const today = bank.clock.now().toZonedDateTimeISO('America/New_York').toPlainDate().toString()
    const one = { date_transacted: today, date_posted: today, amount: step.cents / 100, description: 'Any' }
    await bank.client.sandboxTransactionsCreate({ access_token, transactions: [one] })
  }
}

test('whatever happens between pages, the copy of every client that follows the rules ends as the bank has it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...users), steps, async (username, plan) => {
      const password = username === 'user_custom' ? writtenUser() : 'pass_good'
      const access_token = await linkUser(bank, { username, password, seconds: 0 })
      const { data } = await bank.client.accountsGet({ access_token })
      const [first, second] = data.accounts.map(({ account_id }) => account_id)
      const clients = [undefined, first, second].map((account) => follower(access_token, account))
      for (const step of plan) {
        if (step.kind === 'page') await clients[step.stream]?.page(step.count)
        else await take(step, access_token, username === 'user_transactions_dynamic')
      }
      await bank.clock.advanceTo(bank.clock.now().add({ seconds: 10 }))
      const all = await listAll(bank.client, access_token)
      expect(all.length).toBeGreaterThan(5)
      for (const { kept, page, account_id } of clients) {
        while (await page(500));
        const own = all.filter((one) => account_id === undefined || one.account_id === account_id)
        expect(sorted(kept.values())).toEqual(sorted(own))
      }
    }),
    { numRuns: Number(process.env.PADDOCK_PROPERTY_RUNS ?? 6) },
  )
}, 600_000)
