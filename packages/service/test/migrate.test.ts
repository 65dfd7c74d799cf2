import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { freshDatabase } from '@paddock/pg-test'
import pg from 'pg'
import { expect, test } from 'vitest'
import { type MigrationSource, migrate } from '../src/index.ts'

/** A folder with the given files, as a source of migrations. */
async function sourceOf(files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(path.join(tmpdir(), 'paddock-migrations-'))
  for (const [name, sql] of Object.entries(files)) await writeFile(path.join(folder, name), sql)
  const source: MigrationSource = { name: 'test', folder: pathToFileURL(`${folder}/`) }
  return {
    source,
    write: (name: string, sql: string) => writeFile(path.join(folder, name), sql),
    remove: (name: string) => rm(path.join(folder, name)),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}

const optionsFor = (ownerUrl: string, source: MigrationSource) => ({
  ownerUrl,
  schema: 'things',
  role: 'paddock_things',
  rolePassword: 'test',
  sources: [source],
})

async function query(url: string, text: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

test('migrations run once, in order, and a second start changes nothing', async () => {
  await using database = await freshDatabase({ schema: 'empty', sources: [] })
  await using files = await sourceOf({
    '0002_b.sql': 'insert into things values (2)',
    '0001_a.sql': 'create table things (id int)',
  })
  const options = optionsFor(database.ownerUrl, files.source)
  await migrate(options)
  await migrate(options)
  expect(await query(database.ownerUrl, 'select id from things.things')).toEqual([{ id: 2 }])
})

test('a migration that fails leaves nothing of itself behind', async () => {
  await using database = await freshDatabase({ schema: 'empty', sources: [] })
  await using files = await sourceOf({ '0001_a.sql': 'create table things (id int); select 1/0' })
  await expect(migrate(optionsFor(database.ownerUrl, files.source))).rejects.toThrow('division by zero')
  expect(await query(database.ownerUrl, `select to_regclass('things.things') as found`)).toEqual([
    { found: null },
  ])
})

test('a changed migration, and one that this version does not know, are refused', async () => {
  await using database = await freshDatabase({ schema: 'empty', sources: [] })
  await using files = await sourceOf({ '0001_a.sql': 'create table things (id int)' })
  const options = optionsFor(database.ownerUrl, files.source)
  await migrate(options)
  await files.write('0001_a.sql', 'create table things (id bigint)')
  await expect(migrate(options)).rejects.toMatchObject({ code: 'migration_changed' })
  await files.remove('0001_a.sql')
  await expect(migrate(options)).rejects.toMatchObject({ code: 'database_is_newer' })
})

test('a schema that somebody else made is left alone', async () => {
  await using database = await freshDatabase({ schema: 'empty', sources: [] })
  await query(database.ownerUrl, 'create schema things; create table things.theirs (id int)')
  await using files = await sourceOf({ '0001_a.sql': 'create table things (id int)' })
  const attempt = migrate(optionsFor(database.ownerUrl, files.source))
  await expect(attempt).rejects.toMatchObject({ code: 'foreign_database', details: { schema: 'things' } })
})

test("a server's role reads and writes its own tables, makes none, and cannot see another schema", async () => {
  await using database = await freshDatabase({ schema: 'empty', sources: [] })
  await query(database.ownerUrl, 'create schema other; create table other.secrets (id int)')
  await using files = await sourceOf({
    '0001_a.sql': 'create table log (id int); revoke update, delete, truncate on log from {{role}}',
  })
  await migrate(optionsFor(database.ownerUrl, files.source))
  const url = new URL(database.ownerUrl)
  url.username = 'paddock_things'
  url.password = 'test'
  await query(url.href, 'insert into things.log values (1)')
  for (const forbidden of [
    'update things.log set id = 2',
    'delete from things.log',
    'truncate things.log',
    'create table things.mine (id int)',
    'select * from other.secrets',
    'delete from things.migrations',
  ]) {
    await expect(query(url.href, forbidden)).rejects.toMatchObject({ code: '42501' })
  }
})
