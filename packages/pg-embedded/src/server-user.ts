import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { assert } from '@paddock/kernel'

/** The unprivileged user that PostgreSQL runs as when we are root: it refuses to run as root itself. */
export interface ServerUser {
  uid: number
  gid: number
}

const run = promisify(execFile)

/** Nobody when we are not root. Otherwise the owner of an existing cluster, else `postgres`, else `nobody`. */
export async function serverUser(cluster: string): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(cluster).catch(() => undefined)
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const found = (await lookUp('postgres')) ?? (await lookUp('nobody'))
  assert(found !== undefined, 'this system has neither a user "postgres" nor a user "nobody"')
  return found
}

async function lookUp(name: string): Promise<ServerUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined
  }
}

/** Whether `user` may enter every folder on the way to `target` (which need not exist yet). */
export async function canReach(target: string, user: ServerUser): Promise<boolean> {
  let folder = path.resolve(target)
  for (;;) {
    const found = await stat(folder).catch(() => undefined)
    if (found?.isDirectory()) {
      const shift = found.uid === user.uid ? 6 : found.gid === user.gid ? 3 : 0
      if (((found.mode >> shift) & 1) === 0) return false
    }
    const parent = path.dirname(folder)
    if (parent === folder) return true
    folder = parent
  }
}
