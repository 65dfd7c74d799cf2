import { copyFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { freshDatabase, freshFolder } from '@paddock/pg-test'
import { FieldCipher, migrate, openDatabase, WorldClock } from '@paddock/service'
import pg from 'pg'
import { expect, test } from 'vitest'
import { bankChecks, bankMigrations, startBank } from '../src/index.ts'
import { START } from './bank-with.ts'

const cipherKey = Buffer.alloc(32, 7)
const migrations = fileURLToPath(new URL('../migrations/', import.meta.url))

/** The bank's schema as it was before it had books. */
async function oldSources() {
  const folder = await freshFolder()
  for (const file of ['0001_items.sql', '0002_link.sql']) {
    await copyFile(path.join(migrations, file), path.join(folder.path, file))
  }
  const sources = [{ name: 'bank', folder: pathToFileURL(`${folder.path}/`) }]
  return { sources, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() }
}

/** Two clients that linked the checking account of `user_good`, and a custom user's. */
async function linkAsBefore(owner: pg.Client): Promise<void> {
  const cipher = new FieldCipher(cipherKey)
  const rows = [
    {
      client: 'a',
      id: 'one',
      username: 'user_good',
      mask: '0000',
      number: '1111222233330000',
      minor: 110_00,
    },
    {
      client: 'b',
      id: 'two',
      username: 'user_good',
      mask: '0000',
      number: '1111222233330000',
      minor: 110_00,
    },
    { client: 'b', id: 'three', username: 'user_custom', mask: '4321', number: '123456784321', minor: 7_00 },
  ]
  for (const { client, id, username, mask, number, minor } of rows) {
    await owner.query(
      `insert into bank.items (client_id, id, institution_id, username, products, created_at)
        values ($1, $2, 'ins_109508', $3, '{auth}', $4)`,
      [client, `item-${id}`, username, START.toString()],
    )
    const numbers = { ach: { account: number, routing: '011401533', wireRouting: null } }
    const cell = (column: string) => ({ table: 'bank.accounts', column, rowId: id })
    await owner.query(
      `insert into bank.accounts (client_id, id, item_id, position, name, mask, type, subtype, holder_category,
          currency, current_minor, available_minor, numbers_cipher, owners_cipher)
        values ($1, $2, $3, 0, 'Checking', $4, 'depository', 'checking', 'personal', 'USD', $5, $5, $6, $7)`,
      [
        client,
        id,
        `item-${id}`,
        mask,
        minor,
        cipher.encrypt(JSON.stringify(numbers), cell('numbers_cipher')),
        cipher.encrypt('[]', cell('owners_cipher')),
      ],
    )
  }
}

test('accounts that were linked before there were books get one, shared by all who linked them', async () => {
  await using old = await oldSources()
  await using database = await freshDatabase({ schema: 'bank', sources: old.sources })
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  try {
    await linkAsBefore(owner)
    const { username: role, password: rolePassword } = new URL(database.url)
    await migrate({
      ownerUrl: database.ownerUrl,
      schema: 'bank',
      role,
      rolePassword,
      sources: bankMigrations,
    })
    const { rows } = await owner.query(
      `select a.client_id, a.id, b.login_key, b.balance_minor, b.id as account
        from bank.accounts a join bank.bank_accounts b on b.id = a.bank_account_id order by a.client_id, a.id`,
    )
    expect(rows).toMatchObject([
      { id: 'one', login_key: 'user_good', balance_minor: '11000' },
      { id: 'three', login_key: 'item.item-three', balance_minor: '700' },
      { id: 'two', login_key: 'user_good', balance_minor: '11000' },
    ])
    expect(rows[0]?.account).toBe(rows[2]?.account)
    const db = openDatabase<Record<string, never>>({ url: database.ownerUrl, schema: 'bank' })
    const violations = await Promise.all(bankChecks.map(({ run }) => run(db)))
    await db.destroy()
    expect(violations.flat()).toEqual([])
    await using bank = await startBank({
      host: '127.0.0.1',
      port: 0,
      databaseUrl: database.url,
      clock: new WorldClock({ frozenAt: START }),
      keys: { clientId: 'a', secret: 'a' },
      cipherKey,
      linkOrigins: [],
      logLevel: 'silent',
      seed: 'test',
    })
    const response = await fetch(`${bank.url}/_sim/bank-accounts/find`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ routing_number: '011401533', account_number: '123456784321' }),
    })
    expect(await response.json()).toMatchObject({
      balance: '7.00',
      entries: [{ description: 'OPENING BALANCE' }],
    })
  } finally {
    await owner.end()
  }
})
