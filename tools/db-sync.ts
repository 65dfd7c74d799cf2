import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startThrowAwayPostgres } from '@paddock/pg-embedded'
import { type MigrationSource, migrate } from '@paddock/service'
import { root } from './run.ts'

/**
 * Writes each server's `src/db/schema.ts` from its migrations, which are the truth about tables.
 * `--check` writes nothing and fails when a file is out of date.
 */
const typeMapping = {
  int8: 'bigint',
  numeric: 'bigint',
  timestamptz: 'Temporal.Instant',
  date: 'Temporal.PlainDate',
}
const servers = ['bank', 'broker', 'platform']
const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const check = process.argv.includes('--check')

const workshop = await mkdtemp(path.join(tmpdir(), 'paddock-sync-'))
const postgres = await startThrowAwayPostgres({ settings: { fsync: 'off' } })
try {
  for (const server of asked.length === 0 ? servers : asked) await syncServer(server)
} finally {
  await postgres.stop()
  await rm(workshop, { recursive: true, force: true })
}

async function syncServer(server: string): Promise<void> {
  const exported = await import(`../servers/${server}/src/index.ts`)
  const sources = [exported[`${server}Migrations`]].flat() as readonly MigrationSource[]
  const ownerUrl = postgres.url('postgres')
  await migrate({ ownerUrl, schema: server, role: `paddock_${server}`, rolePassword: 'sync', sources })

  const generated = path.join(workshop, `${server}.ts`)
  const flags = ['--dialect', 'postgres', '--url', `${ownerUrl}?options=-c%20search_path%3D${server}`]
  const shape = [
    '--default-schema',
    server,
    '--include-pattern',
    `${server}.*`,
    '--exclude-pattern',
    `${server}.migrations`,
    '--out-file',
    generated,
  ]
  const result = spawnSync(
    'kysely-codegen',
    [...flags, ...shape, '--type-mapping', JSON.stringify(typeMapping)],
    {
      encoding: 'utf8',
    },
  )
  if (result.status !== 0) throw new Error(`kysely-codegen failed for ${server}: ${result.stderr}`)

  const file = path.join(root, 'servers', server, 'src', 'db', 'schema.ts')
  const [wanted, present] = await Promise.all([
    readFile(generated, 'utf8'),
    readFile(file, 'utf8').catch(() => ''),
  ])
  if (wanted === present) {
    console.log(`${server}: up to date`)
  } else if (check) {
    console.error(`${server}: src/db/schema.ts is out of date; run npm run db:sync`)
    process.exitCode = 1
  } else {
    await writeFile(file, wanted)
    console.log(`${server}: written`)
  }
}
