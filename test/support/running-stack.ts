import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { findCluster, wipeEmbeddedPostgres } from '@paddock/pg-embedded'

const root = fileURLToPath(new URL('../..', import.meta.url))
const START_TIMEOUT_MS = 90_000

export interface StackPlace {
  dataDir: string
  platformPort: number
  brokerPort: number
  bankPort: number
}

/** The whole product in a process of its own, as `npm start` runs it, on free ports and its own data. */
export class RunningStack {
  readonly place: StackPlace
  readonly platform: string
  readonly broker: string
  readonly bank: string
  readonly process: ChildProcess
  readonly output: () => string

  constructor(place: StackPlace, process: ChildProcess, output: () => string) {
    this.place = place
    this.platform = `http://127.0.0.1:${place.platformPort}`
    this.broker = `http://127.0.0.1:${place.brokerPort}`
    this.bank = `http://127.0.0.1:${place.bankPort}`
    this.process = process
    this.output = output
  }

  /** Ends it as Ctrl-C does and answers the exit code. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM')
  }

  /** Ends it as a power cut does, the database with it: no handler runs anywhere. */
  async kill(): Promise<void> {
    const cluster = await findCluster(this.place.dataDir)
    const postmaster = await readFile(path.join(cluster ?? '', 'postmaster.pid'), 'utf8')
    const ended = this.#end('SIGKILL')
    process.kill(Number(postmaster.split('\n')[0]), 'SIGKILL')
    await ended
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return this.process.exitCode
    const exited = new Promise<number | null>((resolve) => this.process.once('exit', resolve))
    this.process.kill(signal)
    return exited
  }
}

/** A data folder and three free ports that belong to one test. */
export async function newPlace(): Promise<StackPlace & AsyncDisposable> {
  const dataDir = path.join(await mkdtemp(path.join(tmpdir(), 'paddock-stack-')), 'data')
  const [platformPort, brokerPort, bankPort] = await freePorts(3)
  return {
    dataDir,
    platformPort: platformPort ?? 0,
    brokerPort: brokerPort ?? 0,
    bankPort: bankPort ?? 0,
    async [Symbol.asyncDispose]() {
      await wipeEmbeddedPostgres(dataDir)
      await rm(path.dirname(dataDir), { recursive: true, force: true })
    },
  }
}

export function environmentOf(place: StackPlace): Record<string, string | undefined> {
  return {
    ...process.env,
    PADDOCK_DATA_DIR: place.dataDir,
    PADDOCK_PLATFORM_PORT: String(place.platformPort),
    PADDOCK_BROKER_PORT: String(place.brokerPort),
    PADDOCK_BANK_PORT: String(place.bankPort),
  }
}

/** Starts the product and answers when it says that it is ready. */
export async function startStackProcess(
  place: StackPlace,
  flags: readonly string[] = [],
): Promise<RunningStack> {
  const started = spawnStack(place, flags)
  const { child } = started
  const ready = Promise.withResolvers<void>()
  const timer = setTimeout(
    () => ready.reject(new Error(`not ready in time:\n${started.output()}`)),
    START_TIMEOUT_MS,
  )
  child.stdout?.on('data', () => {
    if (started.output().includes('Paddock is ready')) ready.resolve()
  })
  child.once('exit', (code) => ready.reject(new Error(`ended with ${code}:\n${started.output()}`)))
  try {
    await ready.promise
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  } finally {
    clearTimeout(timer)
  }
  return new RunningStack(place, child, started.output)
}

/** Runs the start command to its end, for starts that are refused. */
export async function runStackProcess(
  place: StackPlace,
  flags: readonly string[] = [],
  more: Record<string, string> = {},
) {
  const { child, output } = spawnStack(place, flags, more)
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { code, output: output() }
}

/** Runs one of the commands beside it (`verify-command`, `doctor-command`) on the same data. */
export async function runCommand(place: StackPlace, command: string, more: Record<string, string> = {}) {
  const { child, output } = spawnNode(path.join(root, 'apps/paddock/src', `${command}.ts`), place, [], more)
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { code, output: output() }
}

function spawnStack(place: StackPlace, flags: readonly string[], more: Record<string, string> = {}) {
  return spawnNode(path.join(root, 'apps/paddock/src/main.ts'), place, flags, more)
}

function spawnNode(
  script: string,
  place: StackPlace,
  flags: readonly string[],
  more: Record<string, string>,
) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...flags], {
    cwd: root,
    env: { ...environmentOf(place), ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8')
    stream?.on('data', (chunk: string) => {
      text += chunk
    })
  }
  return { child, output: () => text }
}

/** Below the range from which the system gives ports to outgoing connections, so that none is taken in between. */
const LOWEST_PORT = 20_000
const HIGHEST_PORT = 32_000

async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>()
  while (found.size < count) {
    const port = randomInt(LOWEST_PORT, HIGHEST_PORT)
    if (await isFree(port)) found.add(port)
  }
  return [...found]
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
