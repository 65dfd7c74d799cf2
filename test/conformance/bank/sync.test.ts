import { Products, type TransactionsSyncResponse } from 'plaid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { syncAll } from '../../../servers/bank/test/transaction-steps.ts'
import { type BankTarget, openBank } from './support/bank-target.ts'

let bank: BankTarget

beforeAll(async () => {
  bank = await openBank()
})
afterAll(() => bank[Symbol.asyncDispose]())

async function freshItem(): Promise<string> {
  const { data: made } = await bank.plaid.sandboxPublicTokenCreate({
    institution_id: 'ins_109508',
    initial_products: [Products.Transactions],
    options: { override_username: 'user_transactions_dynamic', override_password: 'any' },
  })
  const { data } = await bank.plaid.itemPublicTokenExchange({ public_token: made.public_token })
  return data.access_token
}

/** An item whose whole history is there: `next_cursor` is empty only while nothing is. */
async function readyItem(): Promise<string> {
  const access_token = await freshItem()
  for (let tries = 0; tries < 30; tries += 1) {
    const { data } = await bank.plaid.transactionsSync({ access_token, count: 1 })
    const isNotReady = data.transactions_update_status === 'NOT_READY'
    expect(data.next_cursor === '').toBe(isNotReady)
    if (isNotReady) expect(data).toMatchObject({ added: [], modified: [], removed: [], has_more: false })
    if (data.transactions_update_status === 'HISTORICAL_UPDATE_COMPLETE') return access_token
    await bank.pass(2)
  }
  throw new Error('never ready')
}

const idsOf = ({ added, modified, removed }: TransactionsSyncResponse) =>
  [...added, ...modified, ...removed].map(({ transaction_id }) => transaction_id)

test('the first page is empty with an empty cursor only while nothing is ready', async () => {
  await readyItem()
})

test('pages of one row lead through all rows once, and the same cursor tells the same again', async () => {
  const access_token = await readyItem()
  const { data: whole } = await bank.plaid.transactionsSync({ access_token, count: 500 })
  const seen: string[] = []
  let cursor = ''
  for (const _ of [1, 2, 3, 4, 5]) {
    const request = { access_token, cursor, count: 1 }
    const { data } = await bank.plaid.transactionsSync(request)
    expect(idsOf(data)).toHaveLength(1)
    expect(data.has_more).toBe(true)
    expect(idsOf((await bank.plaid.transactionsSync(request)).data)).toEqual(idsOf(data))
    seen.push(...idsOf(data))
    cursor = data.next_cursor
  }
  expect(seen).toEqual(idsOf(whole).slice(0, 5))
  const { data: nothing } = await bank.plaid.transactionsSync({ access_token, cursor: whole.next_cursor })
  expect(nothing).toMatchObject({ added: [], modified: [], removed: [], has_more: false })
})

test('a change between two pages of a run is an error, and the run begins again at its first cursor', async () => {
  const access_token = await readyItem()
  const { data: first } = await bank.plaid.transactionsSync({ access_token, cursor: null as never, count: 1 })
  await bank.plaid.transactionsRefresh({ access_token })
  await bank.pass(10)
  const next = { access_token, cursor: first.next_cursor, count: 1 }
  expect(await bank.post('/transactions/sync', next)).toMatchObject({
    status: 400,
    body: { error_type: 'TRANSACTIONS_ERROR', error_code: 'TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION' },
  })
  expect((await syncAll(bank.plaid, access_token)).rows.size).toBeGreaterThan(5)
})

test('what is pending posts under another id, and what is gone is told by its id and its account alone', async () => {
  const access_token = await readyItem()
  const before = await syncAll(bank.plaid, access_token)
  await bank.plaid.transactionsRefresh({ access_token })
  await bank.pass(10)
  const { data: delta } = await bank.plaid.transactionsSync({
    access_token,
    cursor: before.cursor,
    count: 500,
  })
  expect(delta.removed.length).toBeGreaterThan(0)
  for (const row of delta.removed) {
    expect(Object.keys(row).toSorted()).toEqual(['account_id', 'transaction_id'])
    expect(before.rows.get(row.transaction_id)).toMatchObject({ account_id: row.account_id, pending: true })
  }
  const successors = delta.added.filter(({ pending_transaction_id }) => pending_transaction_id !== null)
  const gone = delta.removed.map(({ transaction_id }) => transaction_id)
  expect(successors.length).toBeGreaterThan(0)
  for (const row of successors) expect(gone).toContain(row.pending_transaction_id)
})

test('one account has a stream of its own, and its cursor fits no other', async () => {
  const access_token = await readyItem()
  const { data: listed } = await bank.plaid.accountsGet({ access_token })
  const account_id = listed.accounts[0]?.account_id ?? ''
  const options = { account_id }
  const { data } = await bank.plaid.transactionsSync({ access_token, options, count: 500 })
  expect(data.added.length).toBeGreaterThan(0)
  for (const row of data.added) expect(row.account_id).toBe(account_id)
  const { data: nothing } = await bank.plaid.transactionsSync({
    access_token,
    options,
    cursor: data.next_cursor,
  })
  expect(nothing.added).toEqual([])
  for (const wrong of [
    { access_token, cursor: data.next_cursor },
    { access_token: await readyItem(), cursor: data.next_cursor, options: {} },
    { access_token, cursor: 'nonsense' },
  ]) {
    const { status, body } = await bank.post('/transactions/sync', wrong)
    expect([status, body.error_type, body.error_code]).toEqual([400, 'INVALID_REQUEST', 'INVALID_FIELD'])
  }
})
