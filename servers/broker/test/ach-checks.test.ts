import { createHash } from 'node:crypto'
import { SealedFile } from '@paddock/ach-drop'
import { openDatabase } from '@paddock/service'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPlainly } from '../src/checks/ach-file-text.ts'
import type { Db } from '../src/db/database.ts'
import type { DB } from '../src/db/schema.ts'
import { achFileChecks, brokerChecks } from '../src/index.ts'
import { brokerWorld } from './broker-world.ts'

/** Two cut-offs: deposits and a withdrawal in two files, one transfer that was forced, one that still waits. */
async function sentWorld() {
  const world = await brokerWorld()
  const alice = await world.seasonedAccount('500')
  const bob = await world.linkedAccount()
  const first = await world.must(world.transfer(alice, '100'))
  await world.must(world.transfer(alice, '20.05', 'OUTGOING'))
  await world.must(world.transfer(bob, '30'))
  await world.advance({ days: 1 })
  const second = await world.must(world.transfer(bob, '7'))
  await world.advance({ days: 3 })
  const waiting = await world.must(world.transfer(bob, '8'))
  const files = await world.db.selectFrom('ach_files').selectAll().orderBy('sealed_at').execute()
  return { world, files, ids: { first: first.id, second: second.id, waiting: waiting.id } }
}

type Sent = Awaited<ReturnType<typeof sentWorld>>

let sent: Sent

beforeAll(async () => {
  sent = await sentWorld()
})

afterAll(() => sent.world[Symbol.asyncDispose]())

const keys = () => sent.world.config.ach.fileKeys

async function violations(db: Db): Promise<string[]> {
  const found: string[] = []
  for (const { id, run } of [...brokerChecks, ...achFileChecks(keys())]) {
    found.push(...(await run(db)).map((text) => `${id}: ${text}`))
  }
  return found
}

/** Whoever owns the database may do anything; here it is undone when it has been noticed. */
async function violationsAfter(plant: (tx: Db) => Promise<unknown>): Promise<string[]> {
  const owner = openDatabase<DB>({ url: sent.world.database.ownerUrl, schema: 'broker', maxConnections: 1 })
  try {
    const tx = await owner.startTransaction().execute()
    await plant(tx)
    const found = await violations(tx)
    await tx.rollback().execute()
    return found
  } finally {
    await owner.destroy()
  }
}

/** The first file's text, changed, stored again as if it had been sealed so. */
async function plantText(tx: Db, change: (lines: string[]) => void): Promise<void> {
  const [file] = sent.files
  if (file === undefined) throw new Error('no file was sealed')
  const sealed = new SealedFile(keys())
  const label = `ach_files/${file.id}`
  const lines = sealed.open(file.body, label).toString('latin1').split('\n')
  change(lines)
  const bytes = Buffer.from(lines.join('\n'), 'latin1')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await tx
    .updateTable('ach_files')
    .set({ body: sealed.seal(bytes, label), sha256 })
    .where('id', '=', file.id)
    .execute()
}

/** Writes over a line from a column on, counted from 1. */
const overwrite = (lines: string[], kind: string, column: number, text: string) => {
  const index = lines.findIndex((line) => line.startsWith(kind))
  const line = lines[index] ?? ''
  lines[index] = line.slice(0, column - 1) + text + line.slice(column - 1 + text.length)
}

test('the checks find nothing after two cut-offs', async () => {
  expect(sent.files).toHaveLength(2)
  expect(await violations(sent.world.db)).toEqual([])
})

const texts: readonly { what: string; change: (lines: string[]) => void }[] = [
  { what: 'an amount in an entry', change: (lines) => overwrite(lines, '6', 30, '0000099999') },
  { what: 'the hash of a batch', change: (lines) => overwrite(lines, '8', 11, '0000000001') },
  { what: 'the debits of the file', change: (lines) => overwrite(lines, '9000', 32, '000000000001') },
  { what: 'the count of blocks', change: (lines) => overwrite(lines, '9000', 8, '000009') },
  { what: 'a trace number', change: (lines) => overwrite(lines, '6', 80, '076543210009999') },
  { what: 'a check digit', change: (lines) => overwrite(lines, '6', 12, '1') },
  { what: 'an individual id', change: (lines) => overwrite(lines, '6', 40, 'DEP999999999999') },
  { what: 'the length of a line', change: (lines) => lines.splice(1, 1, `${lines[1]} `) },
  { what: 'the number of lines', change: (lines) => lines.splice(-2, 1) },
]

test.for(texts)('I37 notices that $what is not what it was', async ({ change }) => {
  const found = await violationsAfter((tx) => plantText(tx, change))
  expect(found).toContainEqual(expect.stringContaining('I37: ACH_'))
})

const faults: readonly { id: string; what: string; plant: (ids: Sent['ids']) => string }[] = [
  {
    id: 'I37',
    what: 'the stored text was exchanged for another file’s',
    plant: () => `update ach_files set body = (select body from ach_files order by sealed_at limit 1)`,
  },
  {
    id: 'I37',
    what: 'a row tells another sum than the text',
    plant: () => 'update ach_files set debits_minor = debits_minor + 1',
  },
  {
    id: 'I38',
    what: 'a transfer was sent that is in no file',
    plant: ({ waiting }) => `update transfers set status = 'SENT_TO_CLEARING' where id = '${waiting}'`,
  },
  {
    id: 'I38',
    what: 'a transfer waits although a file has it',
    plant: ({ first }) => `update transfers set status = 'QUEUED' where id = '${first}'`,
  },
  {
    id: 'I38',
    what: 'a transfer is in two files',
    plant: ({ first, second }) => `
      drop index ach_entries_in_one_file;
      update ach_entries set transfer_id = '${first}', attempt = 2,
        account_id = (select account_id from transfers where id = '${first}'),
        relationship_id = (select relationship_id from transfers where id = '${first}')
      where transfer_id = '${second}'`,
  },
  {
    id: 'I38',
    what: 'a file takes another amount than the ledger',
    plant: ({ first }) =>
      `update ach_entries set amount_minor = amount_minor + 1 where transfer_id = '${first}'`,
  },
  {
    id: 'I38',
    what: 'a deposit was sent as a payment',
    plant: ({ first }) => `update ach_entries set transaction_code = '22' where transfer_id = '${first}'`,
  },
  {
    id: 'I38',
    what: 'an attempt is missing',
    plant: ({ first }) => `update ach_entries set attempt = 3 where transfer_id = '${first}'`,
  },
  {
    id: 'I39',
    what: 'half a file was kept',
    plant: ({ first }) => `delete from ach_entries where transfer_id = '${first}'`,
  },
  {
    id: 'I39',
    what: 'a transfer was sent at another time than its file',
    plant: ({ first }) => `
      update events set at = at + interval '1 minute'
      where entity_id = '${first}' and status_to = 'SENT_TO_CLEARING'`,
  },
  {
    id: 'I39',
    what: 'a transfer was left behind by its cut-off',
    plant: ({ waiting }) => `update transfers set cutoff_at = '2026-11-20T19:00:00Z' where id = '${waiting}'`,
  },
  {
    id: 'I39',
    what: 'trace numbers were given that nobody counted',
    plant: () => 'update ach_trace_sequence set last_number = last_number - 1',
  },
  {
    id: 'I39',
    what: 'a trace number was skipped within a file',
    plant: () => `
      update ach_entries set sequence = sequence + 100
      where sequence = (select max(sequence) from ach_entries
        where file_id = (select id from ach_files order by sealed_at limit 1))`,
  },
]

test.for(faults)('$id notices that $what', async ({ id, plant }) => {
  const found = await violationsAfter((tx) => sql.raw(plant(sent.ids)).execute(tx))
  expect(found).toContainEqual(expect.stringContaining(`${id}: `))
})

test('a file is read by its columns alone: the sample of the fact sheet adds up', () => {
  const sample = [
    '101 07654321619876543212611231405A094101SAMPLE ODFI BANK       NORTHLIGHT SECURITIES  NLS00042',
    '5225NORTHLIGHT SECS                     1987654321WEBDEPOSIT   112426261124   1076543210000001',
    '6270246801344400917733       0000025000DEP000000018231AVERY QUILL           S 0076543210001001',
    '6370600700830098-55120       0000120050DEP000000018232MORGAN TESSLER        R 0076543210001002',
    '822500000200084750210000001450500000000000001987654321                         076543210000001',
    '9000001000001000000020008475021000000145050000000000000                                       ',
    ...Array.from({ length: 4 }, () => '9'.repeat(94)),
  ]
  const plain = readPlainly(`${sample.join('\r\n')}\r\n`)
  expect(plain).toMatchObject({ problems: [], batches: 1, debitsMinor: 145_050n, creditsMinor: 0n })
  expect(plain.entries.map(({ traceNumber }) => traceNumber)).toEqual(['076543210001001', '076543210001002'])
})
