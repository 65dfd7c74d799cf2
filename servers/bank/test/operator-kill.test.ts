import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { AchDrop, simulatedAgreement } from '@paddock/ach-drop'
import { writeAchFile } from '@paddock/nacha'
import { freshDatabase, freshFolder } from '@paddock/pg-test'
import { openDatabase } from '@paddock/service'
import pg from 'pg'
import { expect, test } from 'vitest'
import { bankChecks, bankMigrations } from '../src/index.ts'
import { batch, credit, debit } from './ach-world.ts'

const FRIDAY = '2026-11-20T15:00:00Z'
const WEDNESDAY_EVENING = '2026-11-25T23:45:00Z'
const fileKey = '05'.repeat(32)

const file = writeAchFile({
  header: {
    immediateDestination: ` ${simulatedAgreement.destination}`,
    immediateOrigin: simulatedAgreement.origin,
    creationDate: '261120',
    creationTime: '1000',
    fileIdModifier: 'A',
  },
  batches: [
    batch([
      debit({ amountMinor: 30_00n }),
      debit({ amountMinor: 4040_01n }),
      debit({ amountMinor: 5050_01n }),
    ]),
    batch([credit({ amountMinor: 7_50n })]),
  ],
}).text

/** Every step, and its second time where there is one: the second window finds the file again, or the second file leaves. */
const everyCut: { step: string; occurrence: number }[] = [
  { step: 'file_read', occurrence: 1 },
  { step: 'file_taking', occurrence: 1 },
  { step: 'file_taken', occurrence: 1 },
  { step: 'file_put_away', occurrence: 1 },
  { step: 'settling', occurrence: 1 },
  { step: 'settled', occurrence: 1 },
  { step: 'answers_writing', occurrence: 1 },
  { step: 'answers_written', occurrence: 1 },
  { step: 'delivered', occurrence: 1 },
  { step: 'delivered', occurrence: 3 },
  { step: 'settling', occurrence: 2 },
]

/** The steps after which something is different; all of them with `OPERATOR_CUTS=all` (tools/soak.ts). */
const telling = new Set(['file_taken', 'settled', 'answers_written', 'delivered'])
const cuts =
  process.env.OPERATOR_CUTS === 'all'
    ? everyCut
    : everyCut.filter(({ step, occurrence }) => telling.has(step) && occurrence === 1)

async function place() {
  const database = await freshDatabase({ schema: 'bank', sources: bankMigrations })
  const folder = await freshFolder()
  const drop = await AchDrop.open({ folder: folder.path, keys: [Buffer.from(fileKey, 'hex')] })
  await drop.outbound.put('PDK1.ach', Buffer.from(file))
  const run = (more: { from: string; killAt?: { step: string; occurrence: number } }) =>
    bankProcess({ databaseUrl: database.url, folder: folder.path, fileKey, to: WEDNESDAY_EVENING, ...more })
  return {
    drop,
    run,
    /** The leases of a killed process end by themselves; here at once. */
    async forgetLeases() {
      const owner = new pg.Client({ connectionString: database.ownerUrl })
      await owner.connect()
      await owner.query(`update bank.agenda set leased_until = '-infinity'`)
      await owner.end()
    },
    /** Everything that the firm can see, and whether the books are right. */
    async outcome() {
      const files: Record<string, string> = {}
      for (const name of await drop.inbound.list()) {
        const body = await drop.inbound.read(name)
        files[name] = createHash('sha256').update(body).digest('hex')
      }
      const db = openDatabase<Record<string, never>>({ url: database.ownerUrl, schema: 'bank' })
      const found = await Promise.all(bankChecks.map(({ run: check }) => check(db)))
      await db.destroy()
      return { files, waiting: await drop.outbound.list(), violations: found.flat() }
    },
    async [Symbol.asyncDispose]() {
      await folder[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

function bankProcess(options: object): Promise<{ signal: string | null; steps: Record<string, number> }> {
  const script = fileURLToPath(new URL('./bank-process.ts', import.meta.url))
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, JSON.stringify(options)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk
  })
  return new Promise((resolve) =>
    child.once('close', (_code, signal) =>
      resolve({ signal, steps: output === '' ? {} : (JSON.parse(output) as Record<string, number>) }),
    ),
  )
}

test('an operator that is killed takes each file once and answers with the same bytes', async () => {
  await using undisturbed = await place()
  const { steps } = await undisturbed.run({ from: FRIDAY })
  expect(steps).toMatchObject({ file_taken: 1, settling: 2, answers_written: 1, delivered: 7 })
  const expected = await undisturbed.outcome()
  expect(Object.keys(expected.files)).toEqual([
    'ACK_PDK1.ach.json',
    'NOC_20261125_0600_2.ach',
    'RET_20261125_0600_1.ach',
    'STMT_2026-11-20.json',
    'STMT_2026-11-23.json',
    'STMT_2026-11-24.json',
    'STMT_2026-11-25.json',
  ])
  expect(expected).toMatchObject({ waiting: [], violations: [] })
  for (const killAt of cuts) {
    await using world = await place()
    expect((await world.run({ from: FRIDAY, killAt })).signal, JSON.stringify(killAt)).toBe('SIGKILL')
    await world.forgetLeases()
    expect((await world.run({ from: FRIDAY })).signal).toBeNull()
    expect(await world.outcome(), JSON.stringify(killAt)).toEqual(expected)
  }
}, 240_000)
