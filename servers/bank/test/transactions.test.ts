import { expect, test } from 'vitest'
import { bankWith } from './bank-with.ts'
import { codeOf, emptyCopy, linkUser, listAll, sorted, syncAll } from './transaction-steps.ts'
import { hasVendorDocument, readVendorDocument } from './vendor-document.ts'

test('transactions of a new item are not ready, then the last month is there, then all that was asked for', async () => {
  await using bank = await bankWith()
  const access_token = await linkUser(bank, { seconds: 0 })
  const days = { start_date: '2000-01-01', end_date: '2100-01-01' }
  expect((await bank.client.transactionsSync({ access_token })).data).toMatchObject({
    transactions_update_status: 'NOT_READY',
    added: [],
    next_cursor: '',
    has_more: false,
  })
  expect(await codeOf(bank.client.transactionsGet({ access_token, ...days }))).toBe('PRODUCT_NOT_READY')

  bank.clock.moveTo(bank.clock.now().add({ seconds: 3 }))
  const { data: initial } = await bank.client.transactionsSync({ access_token, count: 500 })
  expect(initial.transactions_update_status).toBe('INITIAL_UPDATE_COMPLETE')
  expect(initial.added.length).toBeGreaterThan(20)
  expect(initial.added.every(({ date }) => date >= '2026-10-21')).toBe(true)

  bank.clock.moveTo(bank.clock.now().add({ seconds: 4 }))
  const { data: rest } = await bank.client.transactionsSync({
    access_token,
    count: 500,
    cursor: initial.next_cursor,
  })
  expect(rest.transactions_update_status).toBe('HISTORICAL_UPDATE_COMPLETE')
  expect(rest.added.every(({ date }) => date < '2026-10-21' && date >= '2026-08-22')).toBe(true)
  const { data: list } = await bank.client.transactionsGet({ access_token, ...days })
  expect(list.total_transactions).toBe(initial.added.length + rest.added.length)
  expect((await bank.client.transactionsSync({ access_token, cursor: rest.next_cursor })).data).toMatchObject(
    {
      added: [],
      modified: [],
      removed: [],
      has_more: false,
    },
  )
})

test('an item that gets the product by its first call may ask for two years; the same login tells the same life', async () => {
  await using bank = await bankWith()
  const lives: string[][] = []
  for (const _ of [1, 2]) {
    const access_token = await linkUser(bank, { username: 'user_salaried', products: ['auth' as never] })
    const asked = { access_token, options: { days_requested: 730 } }
    expect((await bank.client.transactionsSync(asked)).data.next_cursor).toBe('')
    bank.clock.moveTo(bank.clock.now().add({ seconds: 10 }))
    const { rows } = await syncAll(bank.client, access_token)
    const all = sorted(rows.values())
    expect(all.length).toBeGreaterThan(800)
    expect(
      all
        .map(({ date }) => date)
        .toSorted()[0]
        ?.slice(0, 7),
    ).toMatch(/2024-1[12]/)
    lives.push(all.map((one) => `${one.date} ${one.amount} ${one.name}`).toSorted())
    const reel = all.filter(({ merchant_name }) => merchant_name === 'Reelhouse').map(({ amount }) => amount)
    expect(new Set(reel)).toEqual(new Set([13.99, 15.99]))
  }
  expect(lives[1]).toEqual(lives[0])
})

test('pages, lists and replays tell the same', async () => {
  await using bank = await bankWith()
  const access_token = await linkUser(bank)
  const whole = await syncAll(bank.client, access_token)
  expect(sorted((await syncAll(bank.client, access_token, emptyCopy(), 7)).rows.values())).toEqual(
    sorted(whole.rows.values()),
  )
  const listed = await listAll(bank.client, access_token)
  expect(sorted(listed)).toEqual(sorted(whole.rows.values()))
  expect(listed.map(({ date }) => date)).toEqual(
    listed
      .map(({ date }) => date)
      .toSorted()
      .toReversed(),
  )
  const { data } = await bank.client.transactionsGet({
    access_token,
    start_date: '2026-01-01',
    end_date: '2026-11-20',
    options: { count: 2, offset: 1 },
  })
  expect(data.transactions).toEqual(listed.slice(1, 3))
  const { data: now } = await bank.client.transactionsSync({ access_token, cursor: 'now' })
  expect(now).toMatchObject({ added: [], has_more: false })
  expect(now.next_cursor).toBe(whole.cursor)
})

test('a living person spends as the clock moves, and the balances are those of the books', async () => {
  await using bank = await bankWith()
  const access_token = await linkUser(bank, { username: 'user_salaried' })
  const before = await syncAll(bank.client, access_token)
  const balancesOf = async () => {
    const { data } = await bank.client.accountsGet({ access_token })
    return new Map(data.accounts.map(({ account_id, balances }) => [account_id, balances]))
  }
  const atFirst = await balancesOf()
  await bank.clock.advanceTo(bank.clock.now().add({ hours: 24 * 40 }))
  const { data: delta } = await bank.client.transactionsSync({
    access_token,
    cursor: before.cursor,
    count: 500,
  })
  const after = await syncAll(bank.client, access_token, before)
  const later = await balancesOf()
  expect(delta.added.length).toBeGreaterThan(60)

  const posted = delta.added.filter(({ pending }) => !pending)
  for (const [id, balances] of later) {
    const cents = posted
      .filter(({ account_id }) => account_id === id)
      .reduce((sum, { amount }) => sum + Math.round(amount * 100), 0)
    const isCard = balances.limit !== null
    const moved = Math.round(((balances.current ?? 0) - (atFirst.get(id)?.current ?? 0)) * 100)
    expect(moved).toBe(isCard ? cents : -cents)
    const pendingOut = [...after.rows.values()]
      .filter((one) => one.account_id === id && one.pending && one.amount > 0)
      .reduce((sum, { amount }) => sum + Math.round(amount * 100), 0)
    const free = isCard ? (balances.limit ?? 0) - (balances.current ?? 0) : (balances.current ?? 0)
    expect(Math.round((free - (balances.available ?? 0)) * 100)).toBe(pendingOut)
  }
  const wasPending = [...before.rows.values()].filter(({ pending }) => pending)
  for (const { transaction_id } of wasPending) {
    expect(delta.removed.map((one) => one.transaction_id)).toContain(transaction_id)
  }
  const names = posted.map(({ name }) => name)
  for (const name of [
    'LARKSPUR LOGISTICS PAYROLL',
    'INTEREST PAYMENT',
    'CREDIT CARD AUTOPAY',
    'ATM WITHDRAWAL',
  ]) {
    expect(names).toContain(name)
  }
})

test('a change between two pages of a run is an error, and a cursor fits its own stream only', async () => {
  await using bank = await bankWith()
  const access_token = await linkUser(bank, { username: 'user_transactions_dynamic' })
  const { data: first } = await bank.client.transactionsSync({ access_token, count: 1 })
  expect(first.has_more).toBe(true)
  await bank.client.transactionsRefresh({ access_token })
  const next = { access_token, cursor: first.next_cursor }
  expect(await codeOf(bank.client.transactionsSync(next))).toBe(
    'TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION',
  )

  const { cursor } = await syncAll(bank.client, access_token)
  const { data: listed } = await bank.client.accountsGet({ access_token })
  const account_id = listed.accounts[0]?.account_id ?? ''
  expect(await codeOf(bank.client.transactionsSync({ access_token, cursor: 'x' }))).toBe('INVALID_FIELD')
  expect(await codeOf(bank.client.transactionsSync({ access_token, cursor, options: { account_id } }))).toBe(
    'INVALID_FIELD',
  )
  const own = await bank.client.transactionsSync({ access_token, options: { account_id }, count: 500 })
  expect(new Set(own.data.added.map((one) => one.account_id))).toEqual(new Set([account_id]))
  expect(await codeOf(bank.client.transactionsSync({ access_token, options: { account_id: 'x' } }))).toBe(
    'INVALID_ACCOUNT_ID',
  )
})

test('what a custom user wrote down is there, and a date ahead is pending until that day', async () => {
  await using bank = await bankWith()
  const user = {
    override_accounts: [
      {
        starting_balance: 500,
        transactions: [
          {
            date_transacted: '2026-11-02',
            date_posted: '2026-11-03',
            amount: 12.5,
            description: 'Blue Heron Coffee',
            currency: 'USD',
          },
          {
            date_transacted: '2026-11-19',
            date_posted: '2026-11-24',
            amount: 80.25,
            description: 'Odd Socks',
            currency: 'USD',
          },
        ],
      },
    ],
  }
  const access_token = await linkUser(bank, { username: 'user_custom', password: JSON.stringify(user) })
  const balances = async () => (await bank.client.accountsGet({ access_token })).data.accounts[0]?.balances
  const copy = await syncAll(bank.client, access_token)
  const seen = () => [...copy.rows.values()].map(({ name, amount, pending }) => ({ name, amount, pending }))
  expect(seen()).toEqual([
    { name: 'Blue Heron Coffee', amount: 12.5, pending: false },
    { name: 'Odd Socks', amount: 80.25, pending: true },
  ])
  expect(await balances()).toMatchObject({ current: 500, available: 419.75 })
  bank.clock.moveTo(Temporal.Instant.from('2026-11-24T12:00:00Z'))
  const { data } = await bank.client.transactionsSync({ access_token, cursor: copy.cursor })
  expect(data.removed).toHaveLength(1)
  expect(data.added).toMatchObject([
    { name: 'Odd Socks', pending: false, pending_transaction_id: data.removed[0]?.transaction_id },
  ])
  expect(await balances()).toMatchObject({ current: 419.75, available: 419.75 })
})

test('a developer writes transactions down for the dynamic user only, in the last two weeks', async () => {
  await using bank = await bankWith()
  const access_token = await linkUser(bank, { username: 'user_transactions_dynamic' })
  const { cursor } = await syncAll(bank.client, access_token)
  const one = {
    date_transacted: '2026-11-17',
    date_posted: '2026-11-18',
    amount: 9.99,
    description: 'Test shop',
  }
  await bank.client.sandboxTransactionsCreate({ access_token, transactions: [one] })
  const { data } = await bank.client.transactionsSync({ access_token, cursor })
  expect(data.added).toMatchObject([
    { name: 'Test shop', amount: 9.99, date: '2026-11-18', authorized_date: '2026-11-17' },
  ])
  const wrong = [
    { ...one, date_transacted: '2026-11-19' },
    { ...one, date_posted: '2026-11-21' },
    { ...one, date_transacted: '2026-11-01' },
  ]
  for (const bad of wrong) {
    expect(await codeOf(bank.client.sandboxTransactionsCreate({ access_token, transactions: [bad] }))).toBe(
      'INVALID_FIELD',
    )
  }
  const good = await linkUser(bank)
  expect(
    await codeOf(bank.client.sandboxTransactionsCreate({ access_token: good, transactions: [one] })),
  ).toBe('INVALID_FIELD')
})

test.skipIf(!hasVendorDocument)(
  'answers about transactions have the shape that the vendor describes',
  async () => {
    const vendor = readVendorDocument()
    await using bank = await bankWith()
    const access_token = await linkUser(bank, {
      username: 'user_salaried',
      products: ['auth' as never, 'transactions' as never],
    })
    const { data } = await bank.client.accountsGet({ access_token })
    const account_id = data.accounts[0]?.account_id ?? ''
    const token = await bank.client.processorTokenCreate({
      access_token,
      account_id,
      processor: 'alpaca' as never,
    })
    const { processor_token } = token.data
    const days = { start_date: '2026-01-01', end_date: '2026-11-20' }
    const options = { include_original_description: true, personal_finance_category_version: 'v1' }
    const calls: [string, Record<string, unknown>][] = [
      ['/transactions/sync', { access_token, count: 500, options }],
      ['/transactions/get', { access_token, ...days, options: { ...options, count: 500 } }],
      ['/transactions/refresh', { access_token }],
      ['/transactions/recurring/get', { access_token }],
      ['/processor/transactions/sync', { processor_token, cursor: null, options: {} }],
      ['/processor/transactions/get', { processor_token, ...days }],
      ['/categories/get', {}],
    ]
    for (const [path, body] of calls) {
      const answer = await bank.post(
        path,
        body,
        path === '/categories/get' ? { 'content-type': 'application/json' } : undefined,
      )
      expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(200)
      expect(vendor.problemsOf(path, answer.body), path).toBeNull()
    }
  },
)
