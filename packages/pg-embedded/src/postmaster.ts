import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** What PostgreSQL writes about its running server: `postmaster.pid`, line 1 process, line 4 port. */
export interface Postmaster {
  pid: number
  port: number
}

/** The server that runs on a cluster now; a file left behind by a killed one does not count. */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0 || !(await isPostgres(pid))) return undefined
  return { pid, port: Number(lines[3]) }
}

/** Alive, and (where the system tells) a PostgreSQL: process numbers are used again. */
async function isPostgres(pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') return true
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return command.includes('postgres')
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}

/**
 * Ends a server that outlived the process that started it: first as PostgreSQL's "fast" shutdown, then
 * at once (the next start recovers from the log; nothing committed is lost).
 */
export async function endPostmaster(cluster: string, pid: number): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', 8_000],
    ['SIGQUIT', 4_000],
    ['SIGKILL', 2_000],
  ] as const) {
    if ((await findPostmaster(cluster))?.pid !== pid) return
    process.kill(pid, signal)
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 50) {
      if ((await findPostmaster(cluster))?.pid !== pid) return
      await wait(50)
    }
  }
}
