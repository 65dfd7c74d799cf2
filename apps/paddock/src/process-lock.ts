import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ServerName, StartArguments } from './arguments.ts'
import { StartRefused } from './start-refused.ts'

const FOLDER = 'run'

/** The servers that live processes run on a data folder now. */
export async function runningServers(dataDir: string): Promise<ServerName[]> {
  const folder = path.join(dataDir, FOLDER)
  const names = await readdir(folder).catch(() => [])
  const alive: ServerName[] = []
  for (const name of names) {
    const pid = Number(await readFile(path.join(folder, name), 'utf8').catch(() => ''))
    if (await isOurs(pid)) alive.push(name.replace('.pid', '') as ServerName)
  }
  return alive
}

/**
 * Notes that this process runs the servers; refuses when another one already does, and when the data is to be
 * wiped under anybody's feet. Answers the way to let go.
 */
export async function lockServers(
  dataDir: string,
  { servers, fresh }: Pick<StartArguments, 'servers' | 'fresh'>,
): Promise<() => Promise<void>> {
  const running = await runningServers(dataDir)
  const taken = fresh ? running : servers.filter((server) => running.includes(server))
  if (taken.length > 0) {
    throw new StartRefused('already_running', {
      message: `Paddock already runs on ${dataDir} (${taken.join(', ')}). Stop it first, or set PADDOCK_DATA_DIR and other ports.`,
    })
  }
  const folder = path.join(dataDir, FOLDER)
  await mkdir(folder, { recursive: true })
  const files = servers.map((server) => path.join(folder, `${server}.pid`))
  await Promise.all(files.map((file) => writeFile(file, String(process.pid))))
  return async () => {
    await Promise.all(files.map((file) => rm(file, { force: true })))
  }
}

/** Alive, not this process, and (where the system tells) a Paddock: process numbers are used again. */
async function isOurs(pid: number): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as { code?: string }).code !== 'EPERM') return false
  }
  if (process.platform !== 'linux') return true
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return command.includes('apps/paddock')
}
