import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import {
  findCluster,
  runningPostgres,
  startEmbeddedPostgres,
  startThrowAwayPostgres,
  wipeEmbeddedPostgres,
} from '../src/index.ts'

const isRoot = process.getuid?.() === 0

async function dataFolder() {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'paddock-embedded-'))
  await chmod(dataDir, 0o711)
  return {
    dataDir,
    async [Symbol.asyncDispose]() {
      await wipeEmbeddedPostgres(dataDir)
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function query(url: string, text: string) {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

test('a second start finds what the first one kept', async () => {
  await using folder = await dataFolder()
  const options = { dataDir: folder.dataDir, password: 'first' }
  {
    await using postgres = await startEmbeddedPostgres(options)
    await query(postgres.url('postgres'), 'create table kept (id int); insert into kept values (7)')
  }
  await using again = await startEmbeddedPostgres(options)
  expect(await query(again.url('postgres'), 'select id from kept')).toEqual([{ id: 7 }])
})

test('a database that nobody keeps lies in its own folder, and both are gone when it stops', async () => {
  const below = await mkdtemp(path.join(tmpdir(), 'paddock-below-'))
  await chmod(below, 0o711)
  const postgres = await startThrowAwayPostgres({ below })
  const [name = ''] = await readdir(below)
  expect((await lstat(path.join(below, name, 'postgres'))).isDirectory()).toBe(true)
  expect(await query(postgres.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }])
  await postgres.stop()
  expect(await readdir(below)).toEqual([])
  await rm(below, { recursive: true })
})

test('a server that outlived its process is ended, and what it committed is there', async () => {
  await using folder = await dataFolder()
  const options = { dataDir: folder.dataDir, password: 'first' }
  const orphan = await startEmbeddedPostgres(options)
  await query(orphan.url('postgres'), 'create table kept (id int); insert into kept values (7)')
  await using next = await startEmbeddedPostgres(options)
  expect(next.port).not.toBe(orphan.port)
  expect(await query(next.url('postgres'), 'select id from kept')).toEqual([{ id: 7 }])
  expect((await runningPostgres(folder.dataDir, 'first'))?.port).toBe(next.port)
})

test('a killed server that is still in the process table does not keep the next one from starting', async () => {
  await using folder = await dataFolder()
  const options = { dataDir: folder.dataDir, password: 'first' }
  const first = await startEmbeddedPostgres(options)
  await query(first.url('postgres'), 'create table kept (id int); insert into kept values (7)')
  const cluster = (await findCluster(folder.dataDir)) ?? ''
  const pid = Number((await readFile(path.join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[0])
  process.kill(pid, 'SIGKILL')
  await using next = await startEmbeddedPostgres(options)
  expect(await query(next.url('postgres'), 'select id from kept')).toEqual([{ id: 7 }])
})

test('a folder with foreign files is refused and left alone', async () => {
  await using folder = await dataFolder()
  const file = path.join(folder.dataDir, 'postgres', 'thesis.txt')
  await mkdir(path.dirname(file))
  await writeFile(file, 'mine')
  await expect(startEmbeddedPostgres({ dataDir: folder.dataDir, password: 'x' })).rejects.toMatchObject({
    code: 'data_folder_foreign',
  })
  expect((await lstat(file)).isFile()).toBe(true)
})

test('a cluster of another major version, of another password, and a damaged one are told apart', async () => {
  await using folder = await dataFolder()
  await (await startEmbeddedPostgres({ dataDir: folder.dataDir, password: 'right' })).stop()
  const start = (password: string) => startEmbeddedPostgres({ dataDir: folder.dataDir, password })
  await expect(start('wrong')).rejects.toMatchObject({ code: 'data_folder_foreign' })

  const cluster = (await findCluster(folder.dataDir)) ?? ''
  await rm(path.join(cluster, 'global', 'pg_control'))
  await expect(start('right')).rejects.toMatchObject({
    code: 'database_damaged',
    details: { log: expect.stringContaining('pg_control') },
  })
  await writeFile(path.join(cluster, 'PG_VERSION'), '15\n')
  await expect(start('right')).rejects.toMatchObject({
    code: 'data_version_mismatch',
    details: { found: '15' },
  })
})

test.runIf(isRoot)('a data folder below a home that is closed to others works for root', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'paddock-home-'))
  await chmod(home, 0o700)
  const dataDir = path.join(home, 'clone', '.data')
  try {
    await using postgres = await startEmbeddedPostgres({ dataDir, password: 'x' })
    expect(await query(postgres.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }])
    expect((await lstat(path.join(dataDir, 'postgres'))).isSymbolicLink()).toBe(true)
  } finally {
    await wipeEmbeddedPostgres(dataDir)
    await rm(home, { recursive: true, force: true })
  }
})
