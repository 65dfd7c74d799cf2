import { access, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Account, Application, Bank, Order, Transfer } from '@paddock/platform-wire'
import { dataDirOf, demoKeys, type Settings } from '../settings.ts'
import type { Stack } from '../stack.ts'
import { StartRefused } from '../start-refused.ts'
import { Api } from './api.ts'

/**
 * The demo brokerage: Ada, who is funded and holds four positions. She is made the way every customer is,
 * over HTTP, so what she has is true in all three servers. Every step finds its earlier self, so that a
 * first start that was cut off is completed by the next.
 */
const ada = {
  email: 'ada@paddock.example',
  // Her sign-in is one click on the landing page of the demo; this only keeps the account well-formed.
  password: 'ada-demo-password',
  given_name: 'Ada',
  family_name: 'Byron',
  depositId: '0190ada0-0000-7000-8000-000000000001',
  deposit: '25000.00',
  orders: [
    { id: '0190ada0-0000-7000-8000-000000000011', symbol: 'SPY', notional: '6000.00' },
    { id: '0190ada0-0000-7000-8000-000000000012', symbol: 'AAPL', notional: '3500.00' },
    { id: '0190ada0-0000-7000-8000-000000000013', symbol: 'KO', notional: '1500.00' },
    { id: '0190ada0-0000-7000-8000-000000000014', symbol: 'BTC/USD', notional: '2000.00' },
  ],
} as const

interface SeedTokens {
  access_token: string
  /** The seed's name for the user's id. */
  cognito_user_id: string
}

/** Sees every account; also made at the first start, with a password that everybody may know. */
const operator = { email: 'ops@paddock.example', password: 'ops-demo-password' } as const

const MARKER = 'demo-seeded'
const INSTITUTION = 'ins_109508'
/** Ada's login at the bank, as the vendor's sandbox describes a custom user. */
const adasLogin = {
  override_accounts: [
    {
      type: 'depository',
      subtype: 'checking',
      starting_balance: 8_412.77,
      force_available_balance: 8_366.02,
      meta: { name: 'Everyday Checking', mask: '4417' },
      identity: { names: [`${ada.given_name} ${ada.family_name}`] },
    },
    {
      type: 'depository',
      subtype: 'savings',
      starting_balance: 31_200,
      meta: { name: 'Rainy Day Savings', mask: '9026' },
      identity: { names: [`${ada.given_name} ${ada.family_name}`] },
    },
  ],
}

export async function seedDemoWorld(settings: Settings, stack: Stack): Promise<void> {
  const { platform: platformUrl, broker: brokerUrl, bank: bankUrl } = stack.urls
  // With a vendor in the place of one of our servers there is no demo world: its customers are real.
  if (platformUrl === undefined || brokerUrl === undefined || bankUrl === undefined) return
  const marker = path.join(dataDirOf(settings), MARKER)
  if (await exists(marker)) return
  console.log('Making the demo world …')

  const tokens = await signIn(new Api(platformUrl))
  const platform = new Api(platformUrl, { authorization: `Bearer ${tokens.access_token}` })
  const broker = new Api(brokerUrl)
  await openAccount(platform, broker)
  const bank = await linkBank(platform, new Api(bankUrl), broker)
  await deposit(platform, broker, bank)
  await buyPositions(platform, broker)
  await stack.platform?.ensureOperator(operator.email, operator.password, true)
  await stack.platform?.markDemoUser(tokens.cognito_user_id)
  await writeFile(marker, '')
}

async function signIn(platform: Api): Promise<SeedTokens> {
  const credentials = { email: ada.email, password: ada.password }
  const signedUp = await platform.try('POST', '/platform/signup', credentials)
  if (signedUp.ok) return (await signedUp.json()) as SeedTokens
  return platform.call('POST', '/platform/login', credentials)
}

async function openAccount(platform: Api, broker: Api): Promise<void> {
  const present = await platform.try('GET', '/api/account')
  if (present.status === 404) {
    const sample = await platform.call<Application>('GET', '/api/application/sample')
    await platform.call('POST', '/api/application', {
      ...sample,
      contact: { ...sample.contact, email_address: ada.email },
      identity: { ...sample.identity, given_name: ada.given_name, family_name: ada.family_name },
      enabled_assets: ['us_equity', 'crypto'],
    })
  }
  await until('the account is active', broker, async () => {
    const account = await platform.call<Account>('GET', '/api/account')
    return account.status === 'ACTIVE' && account.crypto_status === 'ACTIVE'
  })
}

async function linkBank(platform: Api, bankServer: Api, broker: Api): Promise<Bank> {
  if ((await banksOf(platform)).length === 0) {
    const { public_token } = await bankServer.call<{ public_token: string }>(
      'POST',
      '/sandbox/public_token/create',
      {
        client_id: demoKeys.bank.clientId,
        secret: demoKeys.bank.secret,
        institution_id: INSTITUTION,
        initial_products: ['auth'],
        options: { override_username: 'user_custom', override_password: JSON.stringify(adasLogin) },
      },
    )
    await platform.call('POST', '/api/link/exchange', { public_token })
  }
  await until('the bank is connected', broker, async () => {
    const [bank] = await banksOf(platform)
    return bank?.funding?.status === 'APPROVED'
  })
  const [bank] = await banksOf(platform)
  if (bank === undefined) throw new StartRefused('demo_failed', { message: 'The demo bank is missing.' })
  return bank
}

async function banksOf(platform: Api): Promise<Bank[]> {
  return (await platform.call<{ banks: Bank[] }>('GET', '/api/banks')).banks
}

async function deposit(platform: Api, broker: Api, bank: Bank): Promise<void> {
  const transfer = await platform.call<Transfer>('PUT', `/api/transfers/${ada.depositId}`, {
    relationship_id: bank.funding?.relationship_id,
    direction: 'INCOMING',
    amount: ada.deposit,
  })
  if (transfer.status === 'COMPLETE') return
  await broker.call('POST', `/_sim/transfers/${transfer.broker_transfer_id}/settle`, {})
}

async function buyPositions(platform: Api, broker: Api): Promise<void> {
  for (const { id, symbol, notional } of ada.orders) {
    await platform.call('PUT', `/api/orders/${id}`, {
      symbol,
      notional,
      side: 'buy',
      type: 'market',
      time_in_force: symbol.includes('/') ? 'gtc' : 'day',
    })
  }
  await until('the orders are filled', broker, async () => {
    const { orders } = await platform.call<{ orders: Order[] }>('GET', '/api/orders')
    return orders.filter((order) => order.status === 'filled').length === ada.orders.length
  })
}

/** Moves the world on by a second at a time until `done`: what would take seconds takes none. */
async function until(what: string, broker: Api, done: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 40; tries += 1) {
    if (await done()) return
    await broker.call('POST', '/_sim/clock/advance', { seconds: 1 })
    await wait(50)
  }
  throw new StartRefused('demo_failed', {
    message: `The demo world could not be made: waited for "${what}".`,
  })
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
