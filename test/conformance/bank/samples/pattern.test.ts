import {
  type AccountBase,
  CountryCode,
  ProcessorTokenCreateRequestProcessorEnum as Processor,
  type Transaction,
} from 'plaid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusalOf } from '../../../../servers/bank/test/refusal.ts'
import { webhookReceiver } from '../../../../servers/bank/test/webhook-receiver.ts'
import { type BankTarget, openBank } from '../support/bank-target.ts'
import { throughLink } from '../support/through-link.ts'

/** The calls of the vendor's two larger sample applications, with the bodies that they send. */
let bank: BankTarget
let app: Awaited<ReturnType<typeof webhookReceiver>>

beforeAll(async () => {
  bank = await openBank()
  app = await webhookReceiver()
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await bank[Symbol.asyncDispose]()
})

/** A link token as both ask for it: the access token is null for a new item and real in update mode. */
async function linkToken(user: number, client_name: string, products: string[], access_token: string | null) {
  const { data } = await bank.plaid.linkTokenCreate({
    user: { client_user_id: `uniqueId${user}` },
    client_name,
    products,
    country_codes: ['US'],
    language: 'en',
    webhook: app.url,
    access_token,
  } as never)
  return data.link_token
}

/** The sample's tables: what may not be null, and what must be unique over all of its items. */
class PatternTables {
  readonly accounts = new Map<string, AccountBase>()
  readonly transactions = new Map<string, Transaction>()
  readonly cursors = new Map<string, string>()

  saveAccounts(rows: readonly AccountBase[]): void {
    for (const row of rows) {
      const { account_id, name, mask, type, subtype } = row
      expect([account_id, name, mask, type, subtype]).not.toContainEqual(expect.toBeOneOf([null, undefined]))
      this.accounts.set(account_id, row)
    }
  }

  saveTransactions(rows: readonly Transaction[]): void {
    for (const row of rows) {
      const { transaction_id, name, amount, date, pending, transaction_type } = row
      const notNull = [name, amount, date, pending, transaction_type, row.personal_finance_category?.primary]
      expect([transaction_id, notNull]).not.toEqual([
        transaction_id,
        expect.arrayContaining([expect.toBeOneOf([null, undefined])]),
      ])
      expect(this.accounts.has(row.account_id)).toBe(true)
      this.transactions.set(transaction_id, row)
    }
  }
}

/** Its update: all pages from the stored cursor, then the accounts, then everything is stored. */
async function patternUpdate(tables: PatternTables, access_token: string): Promise<void> {
  let cursor: string | null = tables.cursors.get(access_token) ?? null
  const added: Transaction[] = []
  const removed: string[] = []
  for (let hasMore = true; hasMore; ) {
    const { data } = await bank.plaid.transactionsSync({ access_token, cursor: cursor as string, count: 100 })
    added.push(...data.added, ...data.modified)
    removed.push(...data.removed.map(({ transaction_id }) => transaction_id))
    hasMore = data.has_more
    cursor = data.next_cursor
  }
  const { data } = await bank.plaid.accountsGet({ access_token })
  tables.saveAccounts(data.accounts)
  tables.saveTransactions(added)
  for (const id of removed) tables.transactions.delete(id)
  tables.cursors.set(access_token, cursor ?? '')
}

const webhooksOf = (itemId: string) => app.received.filter(({ body }) => body.item_id === itemId)

test('Pattern: two items fill its tables by the webhooks alone, a broken one is repaired, and one is removed', async () => {
  const tables = new PatternTables()
  const items: { access_token: string; item_id: string }[] = []
  for (const user of [1, 2]) {
    const success = await throughLink(bank.url, await linkToken(user, 'Pattern', ['transactions'], null))
    expect(success.metadata.institution?.institution_id).toBe('ins_109508')
    const { data } = await bank.plaid.itemPublicTokenExchange({ public_token: success.public_token })
    items.push(data)
    await patternUpdate(tables, data.access_token)
  }
  const [first] = items
  if (first === undefined) throw new Error('no item')
  // Nothing was ready at the first look: unless it is announced, the page stays empty.
  await bank.pass(15)
  for (const { access_token, item_id } of items) {
    const told = webhooksOf(item_id).filter(({ body }) => body.webhook_code === 'SYNC_UPDATES_AVAILABLE')
    expect(told.at(-1)?.body).toMatchObject({ historical_update_complete: true })
    await patternUpdate(tables, access_token)
  }
  expect(tables.accounts.size).toBe(
    2 * (await bank.plaid.accountsGet({ access_token: first.access_token })).data.accounts.length,
  )
  const stored = tables.transactions.size
  expect(stored).toBeGreaterThan(40)

  for (const options of [{ include_optional_metadata: true }, undefined]) {
    const country_codes = [CountryCode.Us]
    await bank.plaid.institutionsGetById({
      institution_id: 'ins_109508',
      country_codes,
      ...(options && { options }),
    })
    await bank.plaid.institutionsGet({ count: 200, offset: 0, country_codes, ...(options && { options }) })
  }
  const { access_token, item_id } = first
  await bank.plaid.transactionsRefresh({ access_token })
  await patternUpdate(tables, access_token)
  expect(tables.transactions.size).toBeGreaterThanOrEqual(stored)

  await bank.plaid.sandboxItemResetLogin({ access_token })
  await bank.pass(1)
  expect(webhooksOf(item_id).at(-1)?.body).toMatchObject({
    webhook_type: 'ITEM',
    webhook_code: 'ERROR',
    error: { error_code: 'ITEM_LOGIN_REQUIRED' },
  })
  await throughLink(bank.url, await linkToken(1, 'Pattern', [], access_token))
  await patternUpdate(tables, access_token)
  await bank.plaid.itemRemove({ access_token })
  expect((await refusalOf(bank.plaid.itemRemove({ access_token }))).code).toBe('ITEM_NOT_FOUND')
})

/** The only account of Link's metadata, else the first checking one, else the first savings one. */
function chosenAccount(accounts: readonly { id: string; subtype: string }[]): string {
  const of = (subtype: string) => accounts.find((account) => account.subtype === subtype)
  const chosen = accounts.length === 1 ? accounts[0] : (of('checking') ?? of('savings'))
  if (chosen === undefined) throw new Error('no account to fund from')
  return chosen.id
}

async function fundingItem(user: number, products: string[]) {
  const token = await linkToken(user, 'Pattern Account Funding', products, null)
  const { public_token, metadata } = await throughLink(bank.url, token)
  const { data } = await bank.plaid.itemPublicTokenExchange({ public_token })
  return { access_token: data.access_token, account_id: chosenAccount(metadata.accounts) }
}

test('account funding by account numbers: identity is compared, balances are fresh, and Signal accepts', async () => {
  const { access_token, account_id } = await fundingItem(3, ['auth', 'signal', 'identity'])
  const options = { account_ids: [account_id] }
  const { data: identity } = await bank.plaid.identityGet({ access_token, options })
  const { names = [], emails = [] } = identity.accounts[0]?.owners[0] ?? {}
  expect([names[0], emails[0]?.data]).toEqual([expect.stringMatching(/\S/), expect.stringContaining('@')])
  const { data: auth } = await bank.plaid.authGet({ access_token, options })
  expect(auth.numbers.ach[0]).toMatchObject({
    account_id,
    account: expect.any(String),
    routing: expect.any(String),
  })
  expect(auth.accounts[0]?.balances.current).toBe(110)
  const { data: fresh } = await bank.plaid.accountsBalanceGet({ access_token, options })
  expect(fresh.accounts[0]?.balances).toMatchObject({ current: 110, available: 100 })
  for (const [amount, result] of [
    [50, 'ACCEPT'],
    [5_000, 'REROUTE'],
  ] as const) {
    const { data } = await bank.plaid.signalEvaluate({
      access_token,
      account_id,
      amount,
      client_user_id: '3',
      ruleset_key: 'onboarding_funding',
      client_transaction_id: `user_3_1795186800000_${crypto.randomUUID().slice(0, 8)}`,
    })
    expect(data.ruleset?.result).toBe(result)
  }
})

test('account funding by a processor: dwolla gets a token of the account that was chosen', async () => {
  const { access_token, account_id } = await fundingItem(4, ['auth', 'signal'])
  const { data } = await bank.plaid.processorTokenCreate({
    access_token,
    account_id,
    processor: Processor.Dwolla,
  })
  expect(data.processor_token).toMatch(/^processor-sandbox-/)
  await bank.plaid.sandboxItemResetLogin({ access_token })
  await throughLink(bank.url, await linkToken(4, 'Pattern Account Funding', [], access_token))
  await bank.plaid.itemRemove({ access_token })
})
