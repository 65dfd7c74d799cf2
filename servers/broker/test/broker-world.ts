import { freshDatabase, freshFolder } from '@paddock/pg-test'
import { openDatabase, WorldClock } from '@paddock/service'
import type { BrokerConfig } from '../src/config.ts'
import type { DB } from '../src/db/schema.ts'
import { brokerMigrations, startBroker } from '../src/index.ts'

/** Friday noon in New York, two hours before the ACH cut-off. */
export const FRIDAY_NOON = Temporal.Instant.from('2026-11-20T17:00:00Z')

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field in tests
  readonly body: any
  readonly headers: Headers
}

export interface CallOptions {
  readonly headers?: Record<string, string>
  readonly signal?: AbortSignal
}

export const KEYS = { key: 'test-key', secret: 'test-secret' }
export const BASIC = `Basic ${Buffer.from(`${KEYS.key}:${KEYS.secret}`).toString('base64')}`

let people = 0

/** S002's application, under a fresh e-mail. */
export function application(change: Record<string, unknown> = {}) {
  people += 1
  return {
    contact: {
      email_address: `john.doe.${people}@example.com`,
      phone_number: '555-666-7788',
      street_address: ['20 N San Mateo Dr'],
      city: 'San Mateo',
      state: 'CA',
      postal_code: '94401',
      country: 'USA',
    },
    identity: {
      given_name: 'John',
      middle_name: 'Smith',
      family_name: 'Doe',
      date_of_birth: '1990-01-01',
      tax_id: '666-55-4321',
      tax_id_type: 'USA_SSN',
      country_of_citizenship: 'USA',
      country_of_birth: 'USA',
      country_of_tax_residence: 'USA',
      funding_source: ['employment_income'],
    },
    disclosures: {
      is_control_person: false,
      is_affiliated_exchange_or_finra: false,
      is_politically_exposed: false,
      immediate_family_exposed: false,
    },
    agreements: ['margin_agreement', 'account_agreement', 'customer_agreement', 'crypto_agreement'].map(
      (agreement) => ({ agreement, signed_at: '2020-09-11T18:13:44Z', ip_address: '185.13.21.99' }),
    ),
    ...change,
  }
}

export const NUMBERS = {
  account_owner_name: 'John Doe',
  bank_account_type: 'CHECKING',
  bank_account_number: '123456789abc',
  bank_routing_number: '121000358',
  nickname: 'Bank of America Checking',
}

/** A booted broker on a database of its own, with a clock that stands still until a test moves it. */
export async function brokerWorld(change: Partial<BrokerConfig> = {}) {
  const database = await freshDatabase({ schema: 'broker', sources: brokerMigrations })
  const folder = await freshFolder()
  const clock = change.clock ?? new WorldClock({ frozenAt: FRIDAY_NOON })
  const config: BrokerConfig = {
    host: '127.0.0.1',
    port: 0,
    databaseUrl: database.url,
    clock,
    keys: KEYS,
    cipherKey: Buffer.alloc(32, 7),
    bank: { baseUrl: 'http://127.0.0.1:9', clientId: 'nobody', secret: 'nothing' },
    marketHours: 'always',
    webOrigins: ['http://localhost:4000'],
    seed: 'broker-tests',
    logLevel: 'silent',
    requestsPerMinute: 1_000_000,
    ...change,
    ach: { ...change.ach, folder: change.ach?.folder || folder.path, fileKeys: [Buffer.alloc(32, 9)] },
  }
  const db = openDatabase<DB>({ url: database.url, schema: 'broker', maxConnections: 4 })
  const broker = await startBroker(config)

  async function send(method: string, path: string, body?: string, options: CallOptions = {}) {
    const response = await fetch(`${broker.url}${path}`, {
      method,
      headers: {
        authorization: BASIC,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    })
    const text = await response.text()
    return {
      status: response.status,
      body: text === '' ? undefined : JSON.parse(text),
      headers: response.headers,
    } as Answer
  }

  const call = (method: string, path: string, body?: unknown, options?: CallOptions) =>
    send(method, path, body === undefined ? undefined : JSON.stringify(body), options)

  const advance = (body: object) => call('POST', '/_sim/clock/advance', body)

  /** A step of the scenery: it must work, or the test tells nothing. */
  async function must(answer: Promise<Answer>) {
    const { status, body } = await answer
    if (status >= 300) throw new Error(`the scenery fell down: ${status} ${JSON.stringify(body)}`)
    return body
  }

  /** An account that may do everything: three seconds after its application. */
  async function activeAccount(change: Record<string, unknown> = {}): Promise<string> {
    const { id } = await must(call('POST', '/v1/accounts', application(change)))
    await advance({ seconds: 4 })
    return id
  }

  /** An active account with an approved bank. */
  async function linkedAccount(): Promise<{ id: string; relationshipId: string }> {
    const id = await activeAccount()
    const relationship = await must(call('POST', `/v1/accounts/${id}/ach_relationships`, NUMBERS))
    await advance({ seconds: 2 })
    return { id, relationshipId: relationship.id }
  }

  const transfer = (
    { id, relationshipId }: { id: string; relationshipId: string },
    amount: unknown,
    direction = 'INCOMING',
    headers: Record<string, string> = {},
  ) =>
    call(
      'POST',
      `/v1/accounts/${id}/transfers`,
      { transfer_type: 'ach', relationship_id: relationshipId, amount, direction, timing: 'immediate' },
      { headers },
    )

  /** A linked account with the money of a settled deposit. */
  async function fundedAccount(amount: string) {
    const account = await linkedAccount()
    const deposit = await must(transfer(account, amount))
    await must(call('POST', `/_sim/transfers/${deposit.id}/settle`, {}))
    return account
  }

  /** The same, ten days later: its money may leave again. A leap of days is dear, so only who needs it takes it. */
  async function seasonedAccount(amount: string) {
    const account = await fundedAccount(amount)
    await advance({ days: 10 })
    return account
  }

  return {
    broker,
    clock,
    config,
    database,
    db,
    call,
    send,
    advance,
    must,
    activeAccount,
    linkedAccount,
    fundedAccount,
    seasonedAccount,
    transfer,
    async balances(accountId: string) {
      return (await call('GET', `/v1/trading/accounts/${accountId}/account`)).body
    },
    async transfers(accountId: string) {
      return (await call('GET', `/v1/accounts/${accountId}/transfers`)).body
    },
    async [Symbol.asyncDispose]() {
      await broker.close()
      await db.destroy()
      await database[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

export type BrokerWorld = Awaited<ReturnType<typeof brokerWorld>>
