import { Products } from 'plaid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankWith, type TestBank } from './bank-with.ts'
import { brokerageLink, PLATYPUS } from './linking.ts'
import { refusalOf } from './refusal.ts'
import { webhookReceiver } from './webhook-receiver.ts'

/** Update mode with a choice of accounts: what is shared may become more and less (contracts/plaid/link.md §3). */
let bank: TestBank
let hooks: Awaited<ReturnType<typeof webhookReceiver>>

beforeAll(async () => {
  bank = await bankWith()
  hooks = await webhookReceiver()
})
afterAll(async () => {
  await bank[Symbol.asyncDispose]()
  await hooks[Symbol.asyncDispose]()
})

type Body = Record<string, unknown>
interface Choice {
  account_key: string
  mask: string
  reason: string | null
  shared: boolean
}

/** A session of Link at `institutionId`, or in update mode, and its calls. */
async function sessionOf(changes: object, institutionId?: string) {
  const { data } = await bank.client.linkTokenCreate({ ...brokerageLink, ...changes })
  const { body: started } = await bank.post('/link/session/start', { link_token: data.link_token })
  const key = { link_token: data.link_token, link_session_id: started.link_session_id }
  const call = async (name: string, body: Body = {}) =>
    (await bank.post(`/link/session/${name}`, { ...key, ...body })).body
  if (institutionId !== undefined) await call('institution', { institution_id: institutionId })
  return call
}

const goodLogin = { username: 'user_good', password: 'pass_good' }
const masks = (choices: readonly { mask?: string | null }[]) => choices.map(({ mask }) => mask)

/** An item with the accounts of these masks, told since long ago what happens on them. */
async function itemWith(...wanted: string[]) {
  const products = [Products.Transactions]
  const call = await sessionOf({ products, webhook: hooks.url }, PLATYPUS)
  const { accounts } = (await call('credentials', goodLogin)) as { accounts: Choice[] }
  const account_keys = accounts.filter(({ mask }) => wanted.includes(mask)).map((one) => one.account_key)
  const { public_token } = await call('finish', { account_keys })
  const { data } = await bank.client.itemPublicTokenExchange({ public_token: String(public_token) })
  await bank.clock.advanceTo(bank.clock.now().add({ seconds: 10 }))
  return data.access_token
}

/** Goes through update mode and leaves the accounts of these masks shared. */
async function share(access_token: string, ...wanted: string[]) {
  const call = await sessionOf({ products: [], access_token, update: { account_selection_enabled: true } })
  const offer = (await call('credentials', goodLogin)) as { selection: string; accounts: Choice[] }
  const account_keys = offer.accounts
    .filter(({ mask }) => wanted.includes(mask))
    .map((one) => one.account_key)
  return { offer, finished: await call('finish', { account_keys }) }
}

/** A client's copy of an item's transactions, kept by sync alone. */
function copyOf(access_token: string) {
  const copy = new Map<string, string>()
  let cursor = ''
  return {
    async sync() {
      for (;;) {
        const { data } = await bank.client.transactionsSync({ access_token, cursor, count: 200 })
        for (const one of data.removed) copy.delete(one.transaction_id)
        for (const one of data.added) copy.set(one.transaction_id, one.account_id)
        for (const one of data.modified) {
          expect(copy.has(one.transaction_id), 'modified is what the client has').toBe(true)
        }
        cursor = data.next_cursor
        if (!data.has_more) return [...new Set(copy.values())].sort()
      }
    },
    ids: () => [...copy.keys()].sort(),
  }
}

const listed = async (access_token: string) =>
  (await bank.client.accountsGet({ access_token })).data.accounts.map(({ account_id, mask }) => ({
    id: account_id,
    mask,
  }))

test('accounts are added and taken away, and come back under their ids with all that happened on them', async () => {
  const access_token = await itemWith('0000', '1111')
  const before = await listed(access_token)
  const [checking, savings] = before.map(({ id }) => id)
  const copy = copyOf(access_token)
  expect(await copy.sync()).toEqual([checking, savings].sort())
  const all = copy.ids()
  hooks.received.length = 0

  const { offer, finished } = await share(access_token, '1111', '3333')
  expect(offer.selection).toBe('many')
  expect(masks(offer.accounts.filter(({ shared }) => shared))).toEqual(['0000', '1111'])
  expect(offer.accounts).toHaveLength(12)
  const now = await listed(access_token)
  expect(masks(now)).toEqual(['1111', '3333'])
  expect(now[0]?.id).toBe(savings)
  expect((finished.metadata as { accounts: { id: string }[] }).accounts.map(({ id }) => id)).toEqual(
    now.map(({ id }) => id),
  )
  expect(await copy.sync()).toEqual(now.map(({ id }) => id).sort())
  const told = (code: string) => hooks.received.find(({ body }) => body.webhook_code === code)?.body
  await expect
    .poll(() => hooks.codes().sort())
    .toEqual(['HISTORICAL_UPDATE', 'INITIAL_UPDATE', 'SYNC_UPDATES_AVAILABLE', 'TRANSACTIONS_REMOVED'])
  expect(told('INITIAL_UPDATE')?.new_transactions).toBeGreaterThan(0)
  expect(told('TRANSACTIONS_REMOVED')?.removed_transactions).not.toEqual([])

  await share(access_token, '0000', '1111')
  expect(await listed(access_token)).toEqual(before)
  expect(await copy.sync()).toEqual([checking, savings].sort())
  expect(copy.ids()).toEqual(all)
  const { data: fresh } = await bank.client.transactionsSync({ access_token, count: 500 })
  expect(fresh.added.map((one) => one.transaction_id).sort()).toEqual(all)
})

test('an account that is taken away is unknown everywhere, and its processor token is dead', async () => {
  const access_token = await itemWith('0000', '1111')
  const [checking, savings] = await listed(access_token)
  const tokenFor = async (account_id = '') =>
    (await bank.client.processorTokenCreate({ access_token, account_id, processor: 'alpaca' as never })).data
      .processor_token
  const [dies, lives] = [await tokenFor(checking?.id), await tokenFor(savings?.id)]
  await share(access_token, '1111')
  expect(await refusalOf(bank.partner.processorAuthGet({ processor_token: dies }))).toMatchObject({
    code: 'INVALID_PROCESSOR_TOKEN',
  })
  expect((await bank.partner.processorAuthGet({ processor_token: lives })).data.account.mask).toBe('1111')
  const asked = { access_token, options: { account_ids: [checking?.id ?? ''] } }
  expect(await refusalOf(bank.client.accountsGet(asked))).toMatchObject({ code: 'INVALID_ACCOUNT_ID' })
  expect(await refusalOf(bank.client.authGet(asked))).toMatchObject({ code: 'INVALID_ACCOUNT_ID' })
})

test('nobody leaves update mode without an account, with one not offered, or with none for auth', async () => {
  const access_token = await itemWith('0000')
  await bank.client.authGet({ access_token })
  expect((await share(access_token)).finished).toMatchObject({ error_code: 'NO_ACCOUNTS' })
  const { offer, finished } = await share(access_token, '3333')
  expect(offer.accounts.find(({ mask }) => mask === '3333')?.reason).not.toBe(null)
  expect(finished).toMatchObject({ error_code: 'NO_AUTH_ACCOUNTS' })
  expect(masks(await listed(access_token))).toEqual(['0000'])
})

test('told of new accounts, a client lets the person choose; without that choice update mode changes none', async () => {
  const access_token = await itemWith('0000')
  hooks.received.length = 0
  await bank.client.sandboxItemFireWebhook({ access_token, webhook_code: 'NEW_ACCOUNTS_AVAILABLE' as never })
  await expect.poll(hooks.codes).toEqual(['NEW_ACCOUNTS_AVAILABLE'])
  const call = await sessionOf({ products: [], access_token })
  expect(await call('credentials', goodLogin)).toMatchObject({ selection: 'none', accounts: [] })
  await call('finish', { account_keys: ['1'] })
  expect(masks(await listed(access_token))).toEqual(['0000'])
  await bank.client.sandboxItemResetLogin({ access_token })
  await share(access_token, '0000', '1111')
  expect(masks(await listed(access_token))).toEqual(['0000', '1111'])
})

test('at a bank with its own page the choice is made there', async () => {
  const { data: made } = await bank.client.sandboxPublicTokenCreate({
    institution_id: 'ins_127287',
    initial_products: [Products.Auth],
  })
  const { data } = await bank.client.itemPublicTokenExchange({ public_token: made.public_token })
  const { access_token } = data
  const call = await sessionOf({ products: [], access_token, update: { account_selection_enabled: true } })
  const { oauth_state_id } = await call('oauth-begin')
  const { body: page } = await bank.post('/link/oauth/page', { oauth_state_id })
  expect(page.selection).toBe('many')
  expect((page.accounts as Choice[]).every(({ shared }) => shared)).toBe(true)
  await bank.post('/link/oauth/decide', { oauth_state_id, account_keys: ['0', '3'] })
  await call('finish', { account_keys: [] })
  expect(masks(await listed(access_token))).toEqual(['0000', '3333'])
})

test('what nobody agreed to is refused until update mode has asked for it', async () => {
  const agreed = { additional_consented_products: [Products.Identity] }
  const call = await sessionOf(agreed, PLATYPUS)
  const { accounts } = (await call('credentials', goodLogin)) as { accounts: Choice[] }
  const { public_token } = await call('finish', { account_keys: [accounts[0]?.account_key] })
  const { data } = await bank.client.itemPublicTokenExchange({ public_token: String(public_token) })
  const { access_token } = data
  const consented = async () => (await bank.client.itemGet({ access_token })).data.item.consented_products

  expect(await consented()).toEqual(['auth', 'identity'])
  expect((await bank.client.identityGet({ access_token })).data.accounts).toHaveLength(1)
  expect(await refusalOf(bank.client.transactionsSync({ access_token }))).toMatchObject({
    status: 400,
    type: 'INVALID_INPUT',
    code: 'ADDITIONAL_CONSENT_REQUIRED',
  })
  expect((await bank.client.itemGet({ access_token })).data.item.products).toEqual(['auth', 'identity'])

  const asked = { products: [], access_token, additional_consented_products: [Products.Transactions] }
  const again = await sessionOf(asked)
  await again('credentials', goodLogin)
  await again('finish', { account_keys: [] })
  expect(await consented()).toEqual(['auth', 'identity', 'transactions'])
  expect((await bank.client.transactionsSync({ access_token })).data.next_cursor).toBe('')
})
