import { expect, test } from 'vitest'
import { watchRoutes } from '../../../test/conformance/support/served-routes.ts'
import { bankWith } from './bank-with.ts'
import { brokerageLink, linkedItem, processorTokenOf, publicTokenOf } from './linking.ts'

/** What else a body needs besides its token, by field: the table of routes asks for the operations, this for their words. */
const words: Record<string, unknown> = {
  account_id: 'ACCOUNT',
  amount: 20,
  client_transaction_id: 'ours',
  end_date: '2026-11-20',
  initiated: true,
  processor: 'alpaca',
  products: [],
  reason_code: 'OTHER',
  return_code: 'R01',
  start_date: '2026-01-01',
  transactions: [{ date_transacted: '2026-11-19', date_posted: '2026-11-19', amount: 1, description: 'x' }],
  webhook: 'http://127.0.0.1:9/hooks',
  webhook_code: 'LOGIN_REPAIRED',
}
const tokens = ['access_token', 'processor_token', 'public_token', 'link_token'] as const
const refusalOf = {
  access_token: 'INVALID_ACCESS_TOKEN',
  processor_token: 'INVALID_PROCESSOR_TOKEN',
  public_token: 'INVALID_PUBLIC_TOKEN',
  link_token: 'INVALID_LINK_TOKEN',
}

interface Route {
  name: string
  isHidden: boolean
}

test('no operation that takes a token of ours answers another client anything', async () => {
  const { server: bank, routes } = await watchRoutes<Awaited<ReturnType<typeof bankWith>>>(() => bankWith())
  await using _ended = bank
  const { client } = bank
  const public_token = await publicTokenOf(client)
  const { accessToken: access_token, checking } = await linkedItem(client)
  const { processorToken: processor_token } = await processorTokenOf(client)
  const { data: link } = await client.linkTokenCreate(brokerageLink)
  const ours = { access_token, processor_token, public_token, link_token: link.link_token }
  const filled = { ...words, account_id: checking.account_id }
  const stranger = {
    'plaid-client-id': 'other-client',
    'plaid-secret': 'other-secret',
    'content-type': 'application/json',
  }

  let asked = 0
  for (const { name } of routes as Route[]) {
    const [method, path = ''] = name.split(' ')
    if (method !== 'POST' || path.startsWith('/_sim') || path.startsWith('/link/session')) continue
    // With no body the operation names what it needs.
    const { body: told } = await bank.post(path, {})
    const missing = String(told.error_message).split('missing: ')[1]?.split(', ') ?? []
    const token = tokens.find((field) => missing.includes(field))
    if (token === undefined) continue
    const body = Object.fromEntries(
      missing.map((field) => [field, field === token ? ours[token] : filled[field as keyof typeof filled]]),
    )
    const answer = await bank.post(path, body, stranger)
    expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(400)
    expect(answer.body.error_code, path).toBe(refusalOf[token])
    asked += 1
  }
  expect(asked).toBeGreaterThanOrEqual(25)
  // Nothing of it hurt the owner.
  expect((await client.itemPublicTokenExchange({ public_token })).data.item_id).toHaveLength(37)
  expect((await client.itemGet({ access_token })).data.item).toMatchObject({ error: null, webhook: null })
})

test('what a client asked of Signal is unknown to another one, and its ids are its own', async () => {
  await using bank = await bankWith()
  const ask = async (client: typeof bank.client) => {
    const { accessToken: access_token, checking } = await linkedItem(client)
    const { account_id } = checking
    await client.signalEvaluate({ access_token, account_id, client_transaction_id: 'same', amount: 10 })
  }
  await ask(bank.client)
  const reported = bank.post(
    '/signal/decision/report',
    { client_transaction_id: 'same', initiated: true },
    { 'plaid-client-id': 'other-client', 'plaid-secret': 'other-secret', 'content-type': 'application/json' },
  )
  expect((await reported).body.error_code).toBe('INVALID_FIELD')
  await ask(bank.stranger)
})
