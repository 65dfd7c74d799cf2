import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { chmod, chown, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { type Binaries, findBinaries } from './binaries.ts'
import { clusterVersion, findCluster, handOver, messageOf, placeCluster, SHELTER } from './cluster-folder.ts'
import { DatabaseRefused } from './database-refused.ts'
import { endPostmaster, findPostmaster } from './postmaster.ts'
import { type ServerUser, serverUser } from './server-user.ts'

export interface EmbeddedPostgresOptions {
  /** The cluster lies in `<dataDir>/postgres`. */
  dataDir: string
  /** Password of the owner role `paddock`; the cluster keeps the one it was made with. */
  password: string
  /** Further server settings, such as `{ fsync: 'off' }` for tests. */
  settings?: Readonly<Record<string, string>>
}

export interface EmbeddedPostgres extends AsyncDisposable {
  port: number
  /** Connection of the owner role to one of the cluster's databases. */
  url(database: string): string
  stop(): Promise<void>
}

const MAJOR_VERSION = '18'
const OWNER = 'paddock'
const START_TIMEOUT_MS = 60_000
const run = promisify(execFile)

/**
 * Starts a real PostgreSQL from the npm registry on its own port of the loopback interface, making the
 * cluster at the first start. A server left over from a killed process is ended first. Throws
 * `DatabaseRefused` and leaves nothing running when it cannot.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const user = await serverUser((await findCluster(options.dataDir)) ?? '')
  const cluster = await placeCluster(options.dataDir, user)
  const binaries = await findBinaries(user, SHELTER)
  await makeCluster(cluster, user, binaries, options.password)

  const leftOver = await findPostmaster(cluster)
  if (leftOver !== undefined) await endPostmaster(cluster, leftOver.pid)
  if ((await findPostmaster(cluster)) !== undefined) {
    throw new DatabaseRefused('data_folder_in_use', { dataDir: options.dataDir })
  }

  const plan = { cluster, user, binaries, settings: options.settings ?? {}, password: options.password }
  for (let waitedMs = 0; ; waitedMs += LOCK_RETRY_MS) {
    try {
      return await startServer(plan)
    } catch (error) {
      // A killed server stays in the process table until its parent has taken note, and its sessions end on
      // their own: PostgreSQL refuses the folder until both are gone, and is asked again. So it is when
      // somebody else took the port that was free a moment ago.
      if (!isPassing(error)) throw error
      if (waitedMs > LOCK_PATIENCE_MS)
        throw new DatabaseRefused('data_folder_in_use', { dataDir: options.dataDir })
      await wait(LOCK_RETRY_MS)
    }
  }
}

const LOCK_RETRY_MS = 250
const LOCK_PATIENCE_MS = 20_000
const PASSING =
  /lock file "postmaster\.pid" already exists|pre-existing shared memory block|could not create any TCP\/IP sockets/

function isPassing(error: unknown): boolean {
  return (
    error instanceof DatabaseRefused &&
    error.code === 'database_damaged' &&
    PASSING.test(String(error.details.log))
  )
}

async function startServer(plan: ServerPlan & { password: string }): Promise<EmbeddedPostgres> {
  const port = await freePort()
  const url = (database: string) => ownerUrl(plan.password, port, database)
  const saidBefore = (await readLog(plan.cluster)).length
  const server = spawnServer(plan, port)
  try {
    await untilReady(server, url('postgres'), plan.cluster, saidBefore)
  } catch (error) {
    await stopServer(server)
    throw error
  }
  const stop = () => stopServer(server)
  return { port, url, stop, [Symbol.asyncDispose]: stop }
}

/** The port of the server that runs on a data folder now, if one does. */
export async function runningPostgres(
  dataDir: string,
  password: string,
): Promise<{ port: number; url(database: string): string } | undefined> {
  const cluster = await findCluster(dataDir)
  const postmaster = cluster === undefined ? undefined : await findPostmaster(cluster)
  if (postmaster === undefined) return undefined
  return { port: postmaster.port, url: (database) => ownerUrl(password, postmaster.port, database) }
}

/** Ends what runs on the data folder and removes its cluster, wherever it lies. */
export async function wipeEmbeddedPostgres(dataDir: string): Promise<void> {
  const cluster = await findCluster(dataDir)
  if (cluster === undefined) return
  const postmaster = await findPostmaster(cluster)
  if (postmaster !== undefined) await endPostmaster(cluster, postmaster.pid)
  await rm(cluster, { recursive: true, force: true })
  await rm(logFile(cluster), { force: true })
  await rm(path.join(path.resolve(dataDir), 'postgres'), { recursive: true, force: true })
}

function ownerUrl(password: string, port: number, database: string): string {
  return `postgresql://${OWNER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
}

/** Makes the cluster beside its place and moves it in whole, so that a killed first start leaves none. */
async function makeCluster(
  cluster: string,
  user: ServerUser | undefined,
  binaries: Binaries,
  password: string,
) {
  const version = await clusterVersion(cluster)
  if (version === MAJOR_VERSION) return
  if (version !== undefined) {
    throw new DatabaseRefused('data_version_mismatch', { cluster, found: version, needed: MAJOR_VERSION })
  }
  const present = await readdir(cluster).catch(() => [])
  if (present.length > 0) throw new DatabaseRefused('data_folder_foreign', { cluster })

  const workshop = await mkdtemp(path.join(path.dirname(cluster), '.postgres-new-'))
  const secrets = await mkdtemp(path.join(tmpdir(), 'paddock-initdb-'))
  try {
    await chmod(workshop, 0o711)
    await handOver(workshop, user)
    const passwordFile = path.join(secrets, 'password')
    await writeFile(passwordFile, password, { mode: 0o600 })
    if (user !== undefined) await chown(passwordFile, user.uid, user.gid)
    await handOver(secrets, user)
    const made = path.join(workshop, 'cluster')
    const flags = [`--pgdata=${made}`, `--username=${OWNER}`, `--pwfile=${passwordFile}`]
    const locale = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-instructions']
    await run(binaries.initdb, [...flags, ...locale], { ...user, cwd: '/', env: {} })
    await rm(cluster, { recursive: true, force: true })
    await rename(made, cluster)
  } catch (error) {
    throw new DatabaseRefused('data_folder_not_writable', { cluster, reason: messageOf(error) })
  } finally {
    await rm(workshop, { recursive: true, force: true })
    await rm(secrets, { recursive: true, force: true })
  }
}

interface ServerPlan {
  cluster: string
  user: ServerUser | undefined
  binaries: Binaries
  settings: Readonly<Record<string, string>>
}

function spawnServer({ cluster, user, binaries, settings }: ServerPlan, port: number): ChildProcess {
  const chosen = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '100',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...settings,
  }
  const flags = Object.entries(chosen).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = openSync(logFile(cluster), 'a', 0o600)
  try {
    return spawn(binaries.postgres, ['-D', cluster, ...flags], {
      ...user,
      cwd: '/',
      env: { LC_ALL: 'C' },
      stdio: ['ignore', log, log],
      // A group of its own: Ctrl-C in the terminal must reach it only after the servers have let go.
      detached: true,
    })
  } finally {
    closeSync(log)
  }
}

function logFile(cluster: string): string {
  return `${cluster}.log`
}

async function untilReady(server: ChildProcess, url: string, cluster: string, saidBefore: number) {
  for (let waitedMs = 0; waitedMs < START_TIMEOUT_MS; waitedMs += 40) {
    if (server.exitCode !== null || server.signalCode !== null) break
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query('select 1')
      return
    } catch (error) {
      if ((error as { code?: string }).code === '28P01') {
        throw new DatabaseRefused('data_folder_foreign', { cluster, reason: 'made with another password' })
      }
      await wait(40)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  const said = (await readLog(cluster)).slice(saidBefore).trimEnd()
  throw new DatabaseRefused('database_damaged', { cluster, log: said.split('\n').slice(-6).join('\n') })
}

function readLog(cluster: string): Promise<string> {
  return readFile(logFile(cluster), 'utf8').catch(() => '')
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  server.kill('SIGINT')
  const gaveUp = new AbortController()
  const patience = wait(6_000, 'late', { signal: gaveUp.signal }).catch(() => 'stopped')
  if ((await Promise.race([exited, patience])) === 'late') server.kill('SIGQUIT')
  gaveUp.abort()
  await exited
}

async function freePort(): Promise<number> {
  const probe = createServer()
  const port = await new Promise<number>((resolve, reject) => {
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  await new Promise((resolve) => probe.close(resolve))
  return port
}
