import { access, constants, mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { DatabaseRefused, findCluster, wipeEmbeddedPostgres } from '@paddock/pg-embedded'
import pg from 'pg'
import { serverNames } from './arguments.ts'
import { findSecrets } from './secrets.ts'
import { dataDirOf, type Settings } from './settings.ts'
import { StartRefused } from './start-refused.ts'

/** What Paddock itself keeps in the data folder; `--fresh` removes this and nothing else. */
const OURS = ['secrets.json', 'world-clock.json', 'demo-seeded', 'postgres.log', 'ach']

/** Makes the folder, or says why it cannot be used. */
export async function makeDataFolder(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o711 })
    await access(dataDir, constants.W_OK)
  } catch (error) {
    throw new DatabaseRefused('data_folder_not_writable', {
      dataDir,
      reason: error instanceof Error ? error.message : String(error),
    })
  }
}

/** A database without its secrets cannot be opened, and new secrets would not fit it. */
export async function refuseLostSecrets(dataDir: string): Promise<void> {
  if ((await findCluster(dataDir)) === undefined || (await findSecrets(dataDir)) !== undefined) return
  throw new StartRefused('secrets_missing', {
    message: `${path.join(dataDir, 'secrets.json')} is missing, but there is a database that needs it.\nRestore the file, or run "npm start -- --fresh" to begin anew (all data is lost).`,
  })
}

/** Removes all data of ours: the cluster, the secrets and the world's time, or the three schemas of DATABASE_URL. */
export async function wipeData(settings: Settings): Promise<void> {
  const dataDir = dataDirOf(settings)
  if (settings.DATABASE_URL === undefined) await wipeEmbeddedPostgres(dataDir)
  else await dropSchemas(settings.DATABASE_URL)
  await Promise.all(OURS.map((name) => rm(path.join(dataDir, name), { recursive: true, force: true })))
}

async function dropSchemas(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    for (const schema of serverNames) {
      const { rowCount } = await client.query(
        'select 1 from pg_tables where schemaname = $1 and tablename = $2',
        [schema, 'migrations'],
      )
      // Without our list of migrations the schema is somebody else's.
      if (rowCount === 1) await client.query(`drop schema ${schema} cascade`)
    }
  } finally {
    await client.end()
  }
}
