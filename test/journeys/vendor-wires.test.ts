import { createBrokerClient } from '@paddock/broker-sdk'
import { Configuration, PlaidApi, ProcessorTokenCreateRequestProcessorEnum, Products } from 'plaid'
import { expect, test } from 'vitest'
import { applicationFor } from '../support/application.ts'
import { newPlace, startStackProcess } from '../support/running-stack.ts'
import { simulate } from '../support/seed-routes.ts'
import { untilInWorld } from '../support/until.ts'

/** The main job with the vendors' clients alone: Plaid's official one, and our SDK of the Broker API. */
test('the main job over the two public wires, without the platform', async () => {
  await using place = await newPlace()
  const stack = await startStackProcess(place, ['--no-demo'])
  try {
    const broker = createBrokerClient({
      baseUrl: stack.broker,
      key: 'paddock-demo-key',
      secret: 'paddock-demo-secret',
    })
    const plaid = new PlaidApi(
      new Configuration({
        basePath: stack.bank,
        baseOptions: {
          headers: { 'PLAID-CLIENT-ID': 'paddock-demo-client', 'PLAID-SECRET': 'paddock-demo-secret' },
        },
      }),
    )

    const application = applicationFor('wire@example.org')
    const signature = { signed_at: '2026-11-20T15:00:00Z', ip_address: '198.51.100.23' }
    const created = await broker.accounts.create({
      ...application,
      agreements: application.agreements.map((one) => ({ ...one, ...signature })),
    } as Parameters<typeof broker.accounts.create>[0])
    expect(created.status).toBe('SUBMITTED')
    const account = await untilInWorld(stack.broker, 'an active account', async () => {
      const found = await broker.accounts.get(created.id)
      return found.status === 'ACTIVE' ? found : undefined
    })

    const made = await plaid.sandboxPublicTokenCreate({
      institution_id: 'ins_109508',
      initial_products: [Products.Auth],
    })
    const exchanged = await plaid.itemPublicTokenExchange({ public_token: made.data.public_token })
    const { access_token } = exchanged.data
    const { accounts } = (await plaid.accountsGet({ access_token })).data
    const checking = accounts.find(({ subtype }) => subtype === 'checking')
    const token = await plaid.processorTokenCreate({
      access_token,
      account_id: checking?.account_id ?? '',
      processor: ProcessorTokenCreateRequestProcessorEnum.Alpaca,
    })
    const relationship = await broker.achRelationships.create(account.id, {
      processor_token: token.data.processor_token,
    })
    await untilInWorld(stack.broker, 'an approved relationship', async () => {
      const [approved] = await broker.achRelationships.list(account.id, { statuses: ['APPROVED'] })
      return approved
    })

    const transfer = await broker.transfers.create(account.id, {
      transfer_type: 'ach',
      relationship_id: relationship.id,
      amount: '1000',
      direction: 'INCOMING',
    })
    await simulate(stack.broker, '/_sim/clock/advance', { days: 5 })
    const [settled] = await broker.transfers.list(account.id)
    expect(settled).toMatchObject({ id: transfer.id, status: 'COMPLETE', amount: '1000' })
    expect(await broker.tradingAccount.get(account.id)).toMatchObject({ cash: '1000', buying_power: '1000' })

    const following = new AbortController()
    const trades = broker.events.trades({ signal: following.signal, since: '2026-01-01' })
    const order = await broker.orders.create(account.id, {
      symbol: 'SPY',
      notional: '100',
      side: 'buy',
      type: 'market',
      time_in_force: 'day',
    })
    for await (const { event, order: told } of trades) {
      if (event === 'fill' && told.id === order.id) break
    }
    following.abort()
    const [position] = await broker.positions.list(account.id)
    expect(position).toMatchObject({ symbol: 'SPY', side: 'long' })
    expect(position?.qty).toBe((await broker.orders.get(account.id, order.id)).filled_qty)
  } finally {
    await stack.stop()
  }
}, 120_000)
