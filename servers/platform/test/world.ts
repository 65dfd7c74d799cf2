import { randomBytes, randomUUID } from 'node:crypto'
import { bankMigrations, startBank } from '@paddock/bank'
import { brokerMigrations, startBroker } from '@paddock/broker'
import { createBrokerClient } from '@paddock/broker-sdk'
import { freshDatabase, freshFolder } from '@paddock/pg-test'
import { WorldClock } from '@paddock/service'
import { platformMigrations, startPlatform } from '../src/index.ts'
import { type Answer, type CallOptions, call, newSigningKey } from './platform-alone.ts'

const bankKeys = { clientId: 'paddock-demo-client', secret: 'bank-secret' }
const brokerKeys = { key: 'broker-key', secret: 'broker-secret' }

export interface WorldOptions {
  /** Stands between the platform and the broker: loses answers. */
  fetch?: typeof globalThis.fetch
  sandbox?: boolean
}

/** The three real servers, each on a database of its own, speaking HTTP with each other. */
export async function world(options: WorldOptions = {}) {
  const clock = new WorldClock()
  const folder = await freshFolder()
  const achKey = randomBytes(32)
  const common = { host: '127.0.0.1', port: 0, cipherKey: randomBytes(32), logLevel: 'silent' }
  const [bankDatabase, brokerDatabase, platformDatabase] = await Promise.all([
    freshDatabase({ schema: 'bank', sources: bankMigrations }),
    freshDatabase({ schema: 'broker', sources: brokerMigrations }),
    freshDatabase({ schema: 'platform', sources: platformMigrations }),
  ])
  const bank = await startBank({
    ...common,
    databaseUrl: bankDatabase.url,
    clock,
    keys: bankKeys,
    linkOrigins: [],
    seed: 'platform-tests',
  })
  const broker = await startBroker({
    ...common,
    databaseUrl: brokerDatabase.url,
    clock,
    keys: brokerKeys,
    bank: { baseUrl: bank.url, ...bankKeys },
    ach: { folder: folder.path, fileKeys: [achKey] },
    marketHours: 'always',
    webOrigins: [],
    seed: 'platform-tests',
  })
  const config = {
    ...common,
    databaseUrl: platformDatabase.url,
    signingKey: await newSigningKey(),
    broker: {
      mode: 'embedded' as const,
      baseUrl: broker.url,
      dataUrl: broker.url,
      simUrl: broker.url,
      ...brokerKeys,
      ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    },
    bank: {
      mode: 'embedded' as const,
      baseUrl: bank.url,
      linkScriptUrl: `${bank.url}/link/v2/stable/link-initialize.js`,
      ...bankKeys,
    },
    sandbox: options.sandbox ?? true,
    demo: false,
    webOrigins: ['http://web.test'],
    settle: { everyMs: 100, graceMs: 300 },
  }
  let platform = await startPlatform(config)
  const databases = [bankDatabase, brokerDatabase, platformDatabase]

  return {
    bank,
    broker,
    clock,
    platformDatabase,
    get platform() {
      return platform
    },
    client: createBrokerClient({ baseUrl: broker.url, ...brokerKeys }),
    call: (method: string, path: string, callOptions?: CallOptions): Promise<Answer> =>
      call(platform.url, method, path, callOptions),
    async simulate(path: string, body: unknown = {}) {
      const answer = await call(broker.url, 'POST', path, { body })
      if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
      return answer.body
    },
    /** What a visit to Link ends with. */
    async publicToken(): Promise<string> {
      const { body } = await call(bank.url, 'POST', '/sandbox/public_token/create', {
        body: {
          client_id: bankKeys.clientId,
          secret: bankKeys.secret,
          institution_id: 'ins_109508',
          initial_products: ['auth'],
        },
      })
      return body.public_token
    },
    async restartPlatform() {
      await platform.close()
      platform = await startPlatform(config)
    },
    async [Symbol.asyncDispose]() {
      await platform.close()
      await broker.close()
      await bank.close()
      for (const database of databases) await database[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

export type World = Awaited<ReturnType<typeof world>>

/** One person with a token, and with as much of the way behind them as the test needs. */
export class Person {
  readonly #world: World
  readonly email: string
  token = ''
  userId = ''
  accountId = ''
  relationshipId = ''

  constructor(place: World, email: string) {
    this.#world = place
    this.email = email
  }

  call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    return this.#world.call(method, path, { token: this.token, ...options })
  }

  async signUp(): Promise<this> {
    const { body } = await this.#world.call('POST', '/platform/signup', {
      body: { email: this.email, password: 'correct horse' },
    })
    this.token = body.access_token
    this.userId = body.cognito_user_id
    return this
  }

  /** An account of the sample person, active. */
  async openAccount(): Promise<this> {
    const { body: application } = await this.call('GET', '/api/application/sample')
    const opened = await this.call('POST', '/api/application', { body: application })
    if (opened.status !== 200) throw new Error(JSON.stringify(opened.body))
    this.accountId = opened.body.id
    await this.#world.simulate('/_sim/clock/advance', { seconds: 10 })
    await until('an active account', async () => {
      const { body } = await this.call('GET', '/api/account')
      return body.status === 'ACTIVE'
    })
    return this
  }

  async linkBank(): Promise<this> {
    const linked = await this.call('POST', '/api/link/exchange', {
      body: { public_token: await this.#world.publicToken() },
    })
    if (linked.status !== 200) throw new Error(JSON.stringify(linked.body))
    this.relationshipId = linked.body.funding.relationship_id
    await this.#world.simulate('/_sim/clock/advance', { seconds: 10 })
    await until('an approved bank', async () => {
      const { body } = await this.call('GET', '/api/banks')
      return body.banks[0].funding.status === 'APPROVED'
    })
    return this
  }

  async deposit(amount: string): Promise<Answer> {
    const asked = await this.call('PUT', `/api/transfers/${randomUUID()}`, {
      body: { relationship_id: this.relationshipId, direction: 'INCOMING', amount },
    })
    await this.#world.simulate(`/_sim/transfers/${asked.body.broker_transfer_id}/settle`)
    return asked
  }
}

export async function funded(place: World, email: string, amount = '1000'): Promise<Person> {
  const person = await new Person(place, email).signUp()
  await person.openAccount()
  await person.linkBank()
  await person.deposit(amount)
  return person
}

/** Waits for something that takes its time in another server. */
export async function until(what: string, isSo: () => Promise<boolean>, withinMs = 15_000): Promise<void> {
  const giveUpAt = performance.now() + withinMs
  while (!(await isSo())) {
    if (performance.now() > giveUpAt) throw new Error(`waited too long for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
