import { ledgerChecks } from '@paddock/ledger'
import { WorldClock } from '@paddock/service'
import { FIRM_ACCOUNT_ID, FIRM_ACCOUNT_NUMBER } from '../../../servers/broker/src/firm/firm-account.ts'
import { brokerChecks } from '../../../servers/broker/src/index.ts'
import { bankBeside } from '../../../servers/broker/test/bank-beside.ts'
import {
  application,
  BASIC,
  type BrokerWorld,
  brokerWorld,
  FRIDAY_NOON,
} from '../../../servers/broker/test/broker-world.ts'
import { brokerVocabulary } from './broker-vocabulary.ts'
import { violationsOf } from './checks.ts'
import type { FuzzTarget } from './fuzz-target.ts'
import { LiveIds } from './live-ids.ts'
import { logLevel } from './log-level.ts'
import type { Operation } from './operations.ts'
import type { RawAnswer } from './response-reader.ts'
import { countRows } from './rows.ts'

/** A broker with a bank beside it and something of every kind in it. */
export async function fuzzedBroker() {
  const bank = await bankBeside(new WorldClock({ frozenAt: FRIDAY_NOON }))
  const world = await brokerWorld({
    bank: bank.settings,
    requestsPerMinute: 1_000_000_000,
    logLevel: logLevel(),
  })
  const live = new LiveIds()
  await furnish(world, live)
  return {
    ...world,
    live,
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]()
      await bank[Symbol.asyncDispose]()
    },
  }
}

async function furnish(world: BrokerWorld, live: LiveIds): Promise<void> {
  live.add('firm', FIRM_ACCOUNT_ID)
  live.add('firm_number', FIRM_ACCOUNT_NUMBER)
  const rich = await world.fundedAccount('50000')
  const other = await world.fundedAccount('2000')
  for (const account of [rich, other]) {
    live.add('account', account.id)
    live.add('ach_relationship', account.relationshipId)
    const { body } = await world.call('GET', `/v1/accounts/${account.id}`)
    live.add('account_number', body.account_number)
  }
  live.add('account', await world.activeAccount())
  live.add('account', FIRM_ACCOUNT_ID)

  const submitted = await world.must(world.call('POST', '/v1/accounts', application()))
  live.add('account', submitted.id)

  async function tryTo(method: string, path: string, body?: unknown): Promise<void> {
    const answer = await world.call(method, path, body)
    if (answer.status < 300) live.collect(path, answer.body)
  }
  const trading = `/v1/trading/accounts/${rich.id}`
  for (const symbol of ['SPY', 'AAPL', 'BTC/USD']) {
    await tryTo('POST', `${trading}/orders`, order(symbol, symbol.includes('/') ? 'gtc' : 'day'))
  }
  await world.advance({ days: 1 })
  const ach = { transfer_type: 'ach', relationship_id: rich.relationshipId }
  await tryTo('POST', `/v1/accounts/${rich.id}/transfers`, { ...ach, amount: '10', direction: 'INCOMING' })
  await tryTo('POST', `/v1/accounts/${rich.id}/transfers`, { ...ach, amount: '20', direction: 'OUTGOING' })
  await tryTo('POST', `/v1/accounts/${rich.id}/recipient_banks`, {
    name: 'Harbor Trust',
    bank_code: '121000358',
    bank_code_type: 'ABA',
    account_number: '778812340',
  })
  for (const amount of ['5', '500']) {
    const parties = { from_account: FIRM_ACCOUNT_ID, to_account: rich.id }
    await tryTo('POST', '/v1/journals', { ...parties, entry_type: 'JNLC', amount })
  }
  await tryTo('POST', `${trading}/watchlists`, { name: 'first', symbols: ['SPY', 'BTC/USD'] })
  await tryTo('POST', '/v1/rebalancing/portfolios', portfolio)
  await tryTo('POST', '/v1/rebalancing/subscriptions', {
    account_id: other.id,
    portfolio_id: live.pick('portfolio', 0),
  })
  await tryTo('POST', '/v1/rebalancing/runs', { account_id: rich.id, type: 'full_rebalance', weights })
  await tryTo(
    'GET',
    '/v1/corporate_actions/announcements?ca_types=dividend,split&since=2026-09-15&until=2026-12-10',
  )
  await tryTo('GET', `/v1/accounts/${rich.id}/documents`)
  await tryTo('GET', `/v1/accounts/activities`)
  await tryTo('GET', '/v1/assets')
}

const order = (symbol: string, time_in_force: string) => ({
  symbol,
  notional: '100',
  side: 'buy',
  type: 'market',
  time_in_force,
})

const weights = [
  { type: 'cash', percent: '5' },
  { type: 'asset', symbol: 'SPY', percent: '95' },
]
const portfolio = { name: 'Steady', description: 'a mix', cooldown_days: 7, weights }

export type FuzzedBroker = Awaited<ReturnType<typeof fuzzedBroker>>

/** The same, to be fuzzed. */
export async function brokerTarget(): Promise<FuzzTarget> {
  const world = await fuzzedBroker()
  const { live } = world
  const db = world.db as never
  return {
    url: world.broker.url,
    credentials: { authorization: BASIC },
    live,
    vocabulary: brokerVocabulary,
    turnOf,
    problemOf,
    collect({ path }, body) {
      if (!path.endsWith('}')) live.collect(path, body)
    },
    settle: async () => {
      await world.advance({ seconds: 0 })
    },
    countRows: () => countRows(db),
    violations: () => violationsOf([...brokerChecks, ...ledgerChecks], db),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  }
}

/** Reading before writing, so that lists are not read a thousand times when they are long; endings, and time, last. */
function turnOf({ method, path }: Operation): number {
  if (path === '/_sim/clock/advance') return 5
  if (path.startsWith('/_sim')) return 4
  if (path.endsWith('/close') || method === 'DELETE') return 3
  return method === 'GET' ? 1 : 2
}

function problemOf({ status, head, body }: RawAnswer, operation: Operation): string | undefined {
  if (status >= 500 && !(status === 501 && operation.isNotBuilt)) return body.toString('utf8', 0, 200)
  if (!head.includes('\r\nx-request-id: ')) return 'without X-Request-ID'
  if (status < 400) return undefined
  try {
    const { code, message } = JSON.parse(body.toString('utf8'))
    if (Number.isInteger(code) && typeof message === 'string') return undefined
  } catch {
    // Said below.
  }
  return `with a body that is no error: ${body.toString('utf8', 0, 100)}`
}
