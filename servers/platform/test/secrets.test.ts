import { inspect } from 'node:util'
import { openDatabase } from '@paddock/service'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openBank } from '../src/bank/bank-client.ts'
import { toBankRefused } from '../src/bank/bank-refused.ts'
import type { UserId } from '../src/identity/user.ts'
import { lossyNetwork } from './lossy-fetch.ts'
import { funded, Person, world } from './world.ts'

test("an error of the bank's client leaves its secret behind", async () => {
  const secret = 'very-secret-secret'
  const bank = openBank({
    mode: 'embedded',
    baseUrl: 'http://127.0.0.1:9',
    linkScriptUrl: 'http://127.0.0.1:9/link.js',
    clientId: 'client',
    secret,
  })
  const errors: unknown[] = [
    await bank.createLinkToken('u' as UserId).catch((error: unknown) => error),
    await bank.exchangePublicToken('public-token').catch((error: unknown) => error),
  ]
  for (const error of errors) {
    expect(error).toMatchObject({ name: 'BankRefused', code: 'bank_unavailable' })
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(secret)
    expect(inspect(error, { depth: 20 })).not.toContain('public-token')
  }
})

test.for([
  { data: { error_code: 'INVALID_PUBLIC_TOKEN' }, status: 400, code: 'public_token_invalid' },
  { data: { error_code: 'ITEM_LOGIN_REQUIRED' }, status: 400, code: 'bank_connection_lost' },
  { data: { error_code: 'INVALID_API_KEYS' }, status: 400, code: 'bank_unavailable' },
  { data: { error_code: 'SOMETHING_NEW' }, status: 400, code: 'bank_refused' },
  { data: { error_code: 'INTERNAL_SERVER_ERROR' }, status: 500, code: 'bank_unavailable' },
  { data: '<html>', status: 502, code: 'bank_unavailable' },
  { data: null, status: 200, code: 'bank_unavailable' },
])('the bank says $data with $status: $code', ({ data, status, code }) => {
  const error = Object.assign(new Error('x'), { response: { data, status } })
  expect(toBankRefused(error).code).toBe(code)
})

test('no token, password, tax id or account number lies open in the database', async () => {
  const network = lossyNetwork()
  await using place = await world({ fetch: network.fetch })
  const alice = await funded(place, 'alice@example.org')
  const { body: login } = await place.call('POST', '/platform/login', {
    body: { email: alice.email, password: 'correct horse' },
  })
  // One intent that stays open, because its answer and all later ones are lost.
  const bob = await new Person(place, 'bob@example.org').signUp()
  const { body: application } = await bob.call('GET', '/api/application/sample')
  for (let index = 0; index < 20; index += 1) network.loseRequest('POST', /\/v1\/accounts$/)
  expect((await bob.call('POST', '/api/application', { body: application })).status).toBe(504)

  const dump = await dumpOf(place.platformDatabase.ownerUrl)
  expect(dump).toContain('alice@example.org')
  const secrets = [
    'access-sandbox-',
    'public-sandbox-',
    'processor-sandbox-',
    'correct horse',
    '666-55-4321',
    '1111222233330000',
  ]
  for (const secret of [...secrets, login.refresh_token, login.access_token]) {
    expect(dump.includes(secret), secret).toBe(false)
  }
  expect(dump).toMatch(/\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

/** Every row of every table of the platform, as text. */
async function dumpOf(url: string): Promise<string> {
  const db = openDatabase<Record<string, never>>({ url, schema: 'platform' })
  try {
    const { rows } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables where table_schema = 'platform'`.execute(db)
    const tables = await Promise.all(
      rows.map(({ name }) =>
        sql<{ line: string }>`select t::text as line from ${sql.table(name)} t`.execute(db),
      ),
    )
    return tables.flatMap((table) => table.rows.map(({ line }) => line)).join('\n')
  } finally {
    await db.destroy()
  }
}

test('the app role cannot change what must stay as it was written', async () => {
  await using place = await world()
  await new Person(place, 'alice@example.org').signUp()
  const db = openDatabase<Record<string, never>>({ url: place.platformDatabase.url, schema: 'platform' })
  try {
    for (const statement of [
      'delete from platform.intents',
      'truncate platform.intents',
      'update platform.broker_events set payload = payload',
      'delete from platform.broker_events',
      'truncate platform.broker_events',
      'create table platform.mine (id int)',
      'drop table platform.users',
      'select 1 from broker.accounts',
    ]) {
      await expect(sql.raw(statement).execute(db), statement).rejects.toMatchObject({
        code: expect.stringMatching(/^(?:42501|3F000|42P01)$/),
      })
    }
  } finally {
    await db.destroy()
  }
})
