import { freshFolder } from '@paddock/pg-test'
import { openDatabase } from '@paddock/service'
import { type Kysely, sql } from 'kysely'
import { bankChecks } from '../../../servers/bank/src/index.ts'
import { bankWith, type TestBank } from '../../../servers/bank/test/bank-with.ts'
import { brokerageLink, linkedItem, processorTokenOf } from '../../../servers/bank/test/linking.ts'
import { bankVocabulary } from './bank-vocabulary.ts'
import { violationsOf } from './checks.ts'
import { closedPort } from './closed-port.ts'
import type { FuzzTarget } from './fuzz-target.ts'
import { LiveIds } from './live-ids.ts'
import { logLevel } from './log-level.ts'
import type { Operation } from './operations.ts'
import type { RawAnswer } from './response-reader.ts'
import { countRows } from './rows.ts'

const PLATYPUS = 'ins_109508'
const SESSIONS_OF_A_STAGE = 6

/** A bank, the ACH operator of a firm, with logins, tokens and Link sessions of every kind, to be fuzzed. */
export async function bankTarget(): Promise<FuzzTarget> {
  const folder = await freshFolder()
  const bank = await bankWith({
    logLevel: logLevel(),
    ach: { folder: folder.path, fileKeys: [Buffer.alloc(32, 3)] },
  })
  const db = openDatabase({ url: bank.database.ownerUrl, schema: 'bank', maxConnections: 1 })
  const live = new LiveIds()
  await furnish(bank, live)
  const settle = async () => {
    await bank.clock.advanceTo(bank.clock.now())
  }
  const letPass = async (minutes: number) => {
    await bank.clock.advanceTo(bank.clock.now().add({ minutes }))
  }
  // By then what takes a while after linking is ready.
  await letPass(10)
  return {
    url: bank.url,
    credentials: { 'plaid-client-id': 'paddock-demo-client', 'plaid-secret': 'paddock-demo-secret' },
    live,
    vocabulary: bankVocabulary,
    turnOf,
    problemOf: judge(),
    collect: (operation, body) => collect(live, operation, body as Answer),
    settle,
    countRows: () => countRows(db as never),
    async violations() {
      // With the next tries of all the webhooks that nobody took.
      await letPass(60)
      return [...(await violationsOf(bankChecks, db)), ...(await failedJobs(db))]
    },
    async [Symbol.asyncDispose]() {
      await db.destroy()
      await bank[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

type Answer = Record<string, unknown>

/** Work in the background has no caller to be told: what failed stays on the agenda with its reason. */
async function failedJobs(db: Kysely<unknown>): Promise<string[]> {
  const { rows } = await sql<{ job: string }>`
    select format('%s %s: %s', queue, key, last_error) as job from agenda where last_error is not null limit 20`.execute(
    db,
  )
  return rows.map(({ job }) => job)
}

async function furnish(bank: TestBank, live: LiveIds): Promise<void> {
  const webhook = `http://127.0.0.1:${await closedPort()}/hook`
  live.add('webhook', webhook)
  const must = async (path: string, body: unknown) => {
    const answer = await bank.post(path, body)
    if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
    return answer.body as Record<string, string>
  }

  const wholes = ['auth', 'identity', 'transactions', 'liabilities'] as never[]
  for (const products of [wholes, ['auth'] as never[], ['transactions'] as never[]]) {
    const { accessToken, itemId, checking } = await linkedItem(bank.client, products)
    live.add('access_token', accessToken)
    live.add('account_id', checking.account_id)
    live.add('item', itemId)
    await must('/item/webhook/update', { access_token: accessToken, webhook })
  }
  const [access_token = ''] = live.all('access_token')
  const [account_id = ''] = live.all('account_id')
  for (const client_transaction_id of ['told-1', 'told-2', 'told-3']) {
    await must('/signal/evaluate', { access_token, account_id, client_transaction_id, amount: 10 })
    live.add('signal_transaction', client_transaction_id)
  }
  const made = await must('/processor/token/create', { access_token, account_id, processor: 'alpaca' })
  live.add('processor_token', made.processor_token ?? '')
  const { accounts } = await must('/statements/list', { access_token })
  for (const { statements } of accounts as unknown as { statements: { statement_id: string }[] }[]) {
    for (const { statement_id } of statements.slice(-2)) live.add('statement', statement_id)
  }
  const { kid } = await must('/_sim/webhooks/rotate-key', {})
  live.add('webhook_key', kid ?? '')
  const { processorToken } = await processorTokenOf(bank.client)
  live.add('processor_token', processorToken)

  const lively = await must('/sandbox/public_token/create', {
    institution_id: PLATYPUS,
    initial_products: ['transactions'],
    options: { override_username: 'user_transactions_dynamic', override_password: 'any', webhook },
  })
  const dynamic = await must('/item/public_token/exchange', { public_token: lively.public_token })
  live.add('dynamic_access_token', dynamic.access_token ?? '')

  for (let made = 0; made < SESSIONS_OF_A_STAGE; made += 1) await furnishSessions(must, live)
  const fired = { access_token: dynamic.access_token, webhook_code: 'SYNC_UPDATES_AVAILABLE' }
  await must('/sandbox/item/fire_webhook', fired)
}

/** One Link session that has come to each stage. */
async function furnishSessions(
  must: (path: string, body: unknown) => Promise<Record<string, string>>,
  live: LiveIds,
): Promise<void> {
  const begin = async (institution_id = PLATYPUS) => {
    const { link_token } = await must('/link/token/create', brokerageLink)
    const { link_session_id } = await must('/link/session/start', { link_token })
    const key = { link_token, link_session_id }
    const step = (name: string, body: object) => must(`/link/session/${name}`, { ...key, ...body })
    const as = (stage: string) => {
      live.add(`${stage}_token`, link_token ?? '')
      live.add(`${stage}_session`, link_session_id ?? '')
    }
    return { as, step, choose: () => step('institution', { institution_id }) }
  }
  const started = await begin()
  started.as('started')

  const chosen = await begin()
  await chosen.choose()
  chosen.as('chosen')

  const asked = await begin()
  await asked.choose()
  await asked.step('credentials', { username: 'user_good', password: 'mfa_questions_2_2' })
  asked.as('asked')

  const signedIn = await begin()
  await signedIn.choose()
  const { accounts } = await signedIn.step('credentials', { username: 'user_good', password: 'pass_good' })
  for (const { account_key } of (accounts ?? []) as unknown as { account_key: string }[]) {
    live.add('account_key', account_key)
  }
  signedIn.as('signed_in')

  const leaving = await begin('ins_127287')
  await leaving.choose()
  leaving.as('leaving')
  const { oauth_state_id } = await leaving.step('oauth-begin', {})
  live.add('oauth_state', oauth_state_id ?? '')
}

/** What an answer tells of; the lists of things that go in pairs stay as they were furnished. */
function collect(live: LiveIds, { path }: Operation, body: Answer): void {
  const remember = (kind: string, value: unknown) => {
    if (typeof value === 'string') live.add(kind, value)
  }
  const { access_token, new_access_token, public_token, link_token, processor_token, next_cursor } = body
  for (const token of [access_token, new_access_token]) remember('spare_access_token', token)
  remember('public_token', public_token)
  remember('link_token', link_token)
  remember('processor_token', processor_token)
  remember('cursor', next_cursor)
  remember('oauth_state', body.oauth_state_id)
  remember('user', body.user_id)
  remember('user_token', body.user_token)
  remember('webhook_key', body.kid)
  if (path.startsWith('/_sim/')) live.collect(path.replaceAll('-', ''), body)
}

/**
 * Endings late, and what changes the world for everything behind it at the very end: broken logins, closed accounts,
 * and faults, of which the last operations put everything right.
 */
function turnOf({ method, path }: Operation): number {
  if (path === '/user/create' || method === 'GET') return 1
  if (path === '/_sim/faults') return method === 'POST' ? 8 : 10
  if (path === '/_sim/faults/{id}') return 9
  if (path.startsWith('/_sim/')) return 7
  if (/\/(?:remove|terminate|invalidate|reset_login)$/.test(path)) return 6
  if (/^\/link\/session\/(?:finish|exit)$|^\/link\/oauth\/decide$/.test(path)) return 5
  if (path === '/item/public_token/exchange') return 4
  if (path === '/sandbox/item/fire_webhook') return 4
  return /\/create$/.test(path) ? 3 : 2
}

/** An id is never used twice; errors are always the vendor's; nothing fails, for no fault is switched on that does. */
function judge(): FuzzTarget['problemOf'] {
  const seen = new Set<string>()
  return ({ status, head, body }: RawAnswer) => {
    if (status >= 500) return body.toString('utf8', 0, 200)
    const id = /\r\nx-request-id: (\S+)/.exec(head)?.[1]
    if (id === undefined) return 'without X-Request-ID'
    if (seen.has(id)) return `with a request id that was used before: ${id}`
    seen.add(id)
    return status < 400 ? undefined : problemOfRefusal(body, id)
  }
}

function problemOfRefusal(body: Buffer, id: string): string | undefined {
  const text = body.toString('utf8')
  try {
    const error = JSON.parse(text) as Answer
    const texts = [error.error_type, error.error_code, error.error_message, error.documentation_url]
    const isTold = error.display_message === null || typeof error.display_message === 'string'
    const isOurs = String(error.request_id).toLowerCase() === id
    if (isTold && isOurs && texts.every((one) => typeof one === 'string' && one !== '')) {
      // That answer repeats the names of fields that the fuzzer made up.
      return error.error_code !== 'UNKNOWN_FIELDS' && isChatty(String(error.error_message))
        ? `with words from inside: ${text.slice(0, 300)}`
        : undefined
    }
  } catch {
    // Said below.
  }
  return `with a body that is no error: ${text.slice(0, 200)}`
}

const isChatty = (message: string): boolean => /node_modules|at .+:\d+:\d+|\bsql\b|\bzod\b/i.test(message)
