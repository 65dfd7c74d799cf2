import { Products } from 'plaid'
import { expect, test } from 'vitest'
import { bankWith, type TestBank } from './bank-with.ts'
import { linkUser, listAll, syncAll } from './transaction-steps.ts'
import { webhookReceiver } from './webhook-receiver.ts'

/** Links a user whose client listens from the beginning. */
async function listeningUser(bank: TestBank, webhook: string, override_username: string) {
  const { data: made } = await bank.client.sandboxPublicTokenCreate({
    institution_id: 'ins_109508',
    initial_products: [Products.Transactions],
    options: { webhook, override_username, override_password: 'pass_good' },
  })
  const { data } = await bank.client.itemPublicTokenExchange({ public_token: made.public_token })
  return { access_token: data.access_token, item_id: data.item_id }
}

test('a client is told when the first days and the rest are there, and of syncs only once it has synced', async () => {
  await using bank = await bankWith()
  await using app = await webhookReceiver()
  await using other = await webhookReceiver()
  const { access_token, item_id } = await listeningUser(bank, app.url, 'user_good')
  await listeningUser(bank, other.url, 'user_good')
  await bank.clock.advanceTo(bank.clock.now().add({ seconds: 3 }))
  expect(app.codes()).toEqual(['INITIAL_UPDATE'])
  const { data: first } = await bank.client.transactionsSync({ access_token, count: 500 })
  expect(app.received[0]?.body).toEqual({
    webhook_type: 'TRANSACTIONS',
    webhook_code: 'INITIAL_UPDATE',
    item_id,
    new_transactions: first.added.length,
    error: null,
    environment: 'sandbox',
  })
  await bank.clock.advanceTo(bank.clock.now().add({ seconds: 4 }))
  expect(app.codes()).toEqual(['INITIAL_UPDATE', 'SYNC_UPDATES_AVAILABLE', 'HISTORICAL_UPDATE'])
  expect(app.received[1]?.body).toMatchObject({
    initial_update_complete: true,
    historical_update_complete: true,
  })
  const { data: rest } = await bank.client.transactionsSync({
    access_token,
    cursor: first.next_cursor,
    count: 500,
  })
  expect(app.received[2]?.body).toMatchObject({ new_transactions: rest.added.length })
  await bank.restart()
  await bank.clock.advanceTo(bank.clock.now().add({ hours: 48 }))
  expect(app.received).toHaveLength(3)
  expect(other.codes()).toEqual(['INITIAL_UPDATE', 'HISTORICAL_UPDATE'])
})

test('what a life brings is announced each morning, all of it and once, to those who listen', async () => {
  await using bank = await bankWith()
  await using app = await webhookReceiver()
  const { access_token } = await listeningUser(bank, app.url, 'user_family')
  await linkUser(bank, { username: 'user_family' })
  await bank.clock.advanceTo(Temporal.Instant.from('2026-11-21T12:00:00Z'))
  let copy = await syncAll(bank.client, access_token)
  await bank.client.transactionsRecurringGet({ access_token })
  app.received.length = 0
  const streams: unknown[] = []
  for (let day = 0; day < 4; day += 1) {
    await bank.clock.advanceTo(bank.clock.now().add({ hours: 9 }))
    // A look in between is no announcement, and takes nothing from the next one.
    await listAll(bank.client, access_token)
    await bank.clock.advanceTo(bank.clock.now().add({ hours: 15 }))
    const told = new Map(app.received.map(({ body }) => [body.webhook_code, body]))
    expect(told.size).toBe(app.received.length)
    const { data } = await bank.client.transactionsSync({ access_token, cursor: copy.cursor, count: 500 })
    const changes = data.added.length + data.modified.length + data.removed.length
    expect(told.has('SYNC_UPDATES_AVAILABLE')).toBe(changes > 0)
    expect(told.get('DEFAULT_UPDATE')?.new_transactions ?? 0).toBe(data.added.length)
    const removed = told.get('TRANSACTIONS_REMOVED')?.removed_transactions ?? []
    expect(removed).toEqual(data.removed.map(({ transaction_id }) => transaction_id))
    const childcare = data.added.find(
      (one) => one.personal_finance_category?.detailed === 'GENERAL_SERVICES_CHILDCARE',
    )
    if (childcare !== undefined) streams.push(told.get('RECURRING_TRANSACTIONS_UPDATE')?.account_ids)
    if (childcare !== undefined) expect(streams.at(-1)).toContain(childcare.account_id)
    app.received.length = 0
    copy = { ...copy, cursor: data.next_cursor }
  }
  await bank.clock.advanceTo(bank.clock.now().add({ hours: 24 * 5 }))
  expect(streams.length).toBeGreaterThan(0)
  const announced = app.codes().filter((code) => code === 'SYNC_UPDATES_AVAILABLE').length
  expect(announced).toBeGreaterThan(2)
  expect(announced).toBeLessThanOrEqual(5)
})

test('a refresh tells by webhook what is new and what is gone', async () => {
  await using bank = await bankWith()
  await using app = await webhookReceiver()
  const access_token = await linkUser(bank, { username: 'user_transactions_dynamic' })
  const { cursor } = await syncAll(bank.client, access_token)
  await bank.client.itemWebhookUpdate({ access_token, webhook: app.url })
  await bank.client.transactionsRefresh({ access_token })
  await bank.clock.advanceTo(bank.clock.now().add({ seconds: 1 }))
  const { data } = await bank.client.transactionsSync({ access_token, cursor, count: 500 })
  expect(data.modified).toHaveLength(1)
  const told = new Map(app.received.map(({ body }) => [body.webhook_code, body]))
  expect(told.get('SYNC_UPDATES_AVAILABLE')).toMatchObject({ historical_update_complete: true })
  expect(told.get('DEFAULT_UPDATE')).toMatchObject({ new_transactions: data.added.length })
  expect(told.get('TRANSACTIONS_REMOVED')?.removed_transactions).toEqual(
    data.removed.map(({ transaction_id }) => transaction_id),
  )
  // Nothing moves this user but a refresh: what it posted does not post again.
  await bank.clock.advanceTo(bank.clock.now().add({ hours: 24 * 7 }))
  const later = await bank.client.transactionsSync({ access_token, cursor: data.next_cursor })
  expect(later.data).toMatchObject({ added: [], modified: [], removed: [] })
  const held = (await listAll(bank.client, access_token)).filter(({ pending }) => pending)
  for (const { account_id, balances } of later.data.accounts) {
    const own = held.filter((one) => one.account_id === account_id)
    const pendingCents = own.reduce((sum, { amount }) => sum + Math.round(amount * 100), 0)
    const free = balances.limit == null ? (balances.current ?? 0) : balances.limit - (balances.current ?? 0)
    expect(Math.round((free - (balances.available ?? 0)) * 100)).toBe(pendingCents)
  }
})

test('a transaction that somebody makes by the simulation is in the books, told by webhook and by sync', async () => {
  await using bank = await bankWith()
  await using app = await webhookReceiver()
  const { access_token } = await listeningUser(bank, app.url, 'user_good')
  await bank.clock.advanceTo(bank.clock.now().add({ seconds: 10 }))
  const { cursor } = await syncAll(bank.client, access_token)
  app.received.length = 0

  const listed = (await (await fetch(`${bank.url}/_sim/bank-accounts`)).json()) as {
    accounts: { id: string; subtype: string; balance: string }[]
  }
  const checking = listed.accounts.find(({ subtype }) => subtype === 'checking')
  const door = `/_sim/bank-accounts/${checking?.id}/transactions`
  const made = { amount: '-12.34', description: 'CORNER SHOP 17' }
  expect((await bank.post(door, made)).body).toMatchObject({ balance: '97.66' })
  await bank.clock.advanceTo(bank.clock.now())
  expect(app.codes()).toEqual(['SYNC_UPDATES_AVAILABLE', 'DEFAULT_UPDATE'])
  const { data } = await bank.client.transactionsSync({ access_token, cursor })
  expect(data.added).toMatchObject([{ amount: 12.34, name: 'CORNER SHOP 17', pending: false }])

  for (const wrong of [{ amount: '0' }, { amount: '1.005' }, { description: '' }, { description: 'ü' }]) {
    expect([wrong, (await bank.post(door, { ...made, ...wrong })).status]).toEqual([wrong, 400])
  }
  expect((await bank.post('/_sim/bank-accounts/nobody/transactions', made)).status).toBe(404)
  expect((await bank.client.transactionsSync({ access_token, cursor })).data.added).toHaveLength(1)
})
