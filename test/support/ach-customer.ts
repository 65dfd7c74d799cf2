import { createBrokerClient } from '@paddock/broker-sdk'
import { Configuration, PlaidApi, ProcessorTokenCreateRequestProcessorEnum, Products } from 'plaid'
import { applicationFor } from './application.ts'
import type { RunningStack } from './running-stack.ts'
import { simulate } from './seed-routes.ts'
import { untilInWorld } from './until.ts'

const BROKER_KEYS = { key: 'paddock-demo-key', secret: 'paddock-demo-secret' }
const BASIC = `Basic ${Buffer.from(`${BROKER_KEYS.key}:${BROKER_KEYS.secret}`).toString('base64')}`

/** A customer of a running stack, over the vendors' two wires, whose bank account has this balance. */
export async function achCustomer(stack: RunningStack, email: string, balance: number) {
  const broker = createBrokerClient({ baseUrl: stack.broker, ...BROKER_KEYS })
  const plaid = new PlaidApi(
    new Configuration({
      basePath: stack.bank,
      baseOptions: {
        headers: { 'PLAID-CLIENT-ID': 'paddock-demo-client', 'PLAID-SECRET': 'paddock-demo-secret' },
      },
    }),
  )
  const application = applicationFor(email)
  const signature = { signed_at: '2026-11-20T15:00:00Z', ip_address: '198.51.100.23' }
  const { id } = await broker.accounts.create({
    ...application,
    agreements: application.agreements.map((one) => ({ ...one, ...signature })),
  } as Parameters<typeof broker.accounts.create>[0])
  await untilInWorld(stack.broker, 'an active account', async () =>
    (await broker.accounts.get(id)).status === 'ACTIVE' ? true : undefined,
  )
  const accessToken = await linkCustomUser(plaid, email, balance)
  const relationshipId = await relate(plaid, broker, id, accessToken, stack)

  const advance = (move: object) => simulate(stack.broker, '/_sim/clock/advance', move)
  const ops = async (path: string) => {
    const response = await fetch(`${stack.broker}/_ops/${path}`, { headers: { authorization: BASIC } })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field in tests
    return (await response.json()) as any
  }
  return {
    id,
    broker,
    advance,
    ops,
    transfer: (amount: string, direction: 'INCOMING' | 'OUTGOING') =>
      broker.transfers.create(id, {
        transfer_type: 'ach',
        relationship_id: relationshipId,
        amount,
        direction,
      }),
    async transferOf(transferId: string) {
      const found = (await broker.transfers.list(id)).find((one) => one.id === transferId)
      if (found === undefined) throw new Error(`there is no transfer ${transferId}`)
      return found
    },
    cash: async () => (await broker.tradingAccount.get(id)).cash,
    /** What the bank shows for the account. */
    async bankBalance() {
      const { data } = await plaid.accountsBalanceGet({ access_token: accessToken })
      return data.accounts[0]?.balances.current
    },
    bank: async (path: string) => (await fetch(`${stack.bank}/_sim/${path}`)).json(),
    bankCall: (path: string, body: object) => simulate(stack.bank, `/_sim/${path}`, body),
  }
}

async function linkCustomUser(plaid: PlaidApi, email: string, balance: number): Promise<string> {
  const { data } = await plaid.sandboxPublicTokenCreate({
    institution_id: 'ins_109508',
    initial_products: [Products.Auth],
    options: {
      override_username: 'user_custom',
      override_password: JSON.stringify({
        seed: email,
        override_accounts: [{ type: 'depository', subtype: 'checking', starting_balance: balance }],
      }),
    },
  })
  return (await plaid.itemPublicTokenExchange({ public_token: data.public_token })).data.access_token
}

async function relate(
  plaid: PlaidApi,
  broker: ReturnType<typeof createBrokerClient>,
  accountId: string,
  access_token: string,
  stack: RunningStack,
): Promise<string> {
  const [account] = (await plaid.accountsGet({ access_token })).data.accounts
  const { data } = await plaid.processorTokenCreate({
    access_token,
    account_id: account?.account_id ?? '',
    processor: ProcessorTokenCreateRequestProcessorEnum.Alpaca,
  })
  const { id } = await broker.achRelationships.create(accountId, { processor_token: data.processor_token })
  await untilInWorld(stack.broker, 'an approved relationship', async () => {
    const [approved] = await broker.achRelationships.list(accountId, { statuses: ['APPROVED'] })
    return approved
  })
  return id
}
