import { createHash } from 'node:crypto'
import { access, chown, constants, lstat, mkdir, readFile, readlink, symlink } from 'node:fs/promises'
import path from 'node:path'
import { DatabaseRefused } from './database-refused.ts'
import { canReach, type ServerUser } from './server-user.ts'

/** Where root keeps what the unprivileged user must reach but cannot inside a private home folder. */
export const SHELTER = '/var/lib/paddock'

/** The folder of PostgreSQL's own data below a data folder; a link when the real one had to move out. */
export function clusterLink(dataDir: string): string {
  return path.join(path.resolve(dataDir), 'postgres')
}

/** The real place of the cluster, or nothing when there is none yet. */
export async function findCluster(dataDir: string): Promise<string | undefined> {
  const link = clusterLink(dataDir)
  const found = await lstat(link).catch(() => undefined)
  if (found === undefined) return undefined
  return found.isSymbolicLink() ? readlink(link) : link
}

/**
 * Makes the data folder and answers where the cluster belongs: inside it, or (for root with a folder that
 * the server's user cannot reach) in the shelter, with a link left behind.
 */
export async function placeCluster(dataDir: string, user: ServerUser | undefined): Promise<string> {
  const root = path.resolve(dataDir)
  try {
    await mkdir(root, { recursive: true, mode: 0o711 })
    await access(root, constants.W_OK)
    const present = await findCluster(root)
    if (present !== undefined) return present
    if (user === undefined || (await canReach(root, user))) return clusterLink(root)
    const name = createHash('sha256').update(root).digest('hex').slice(0, 16)
    const sheltered = path.join(SHELTER, name)
    await mkdir(SHELTER, { recursive: true, mode: 0o755 })
    await symlink(sheltered, clusterLink(root))
    return sheltered
  } catch (error) {
    if (error instanceof DatabaseRefused) throw error
    throw new DatabaseRefused('data_folder_not_writable', { dataDir: root, reason: messageOf(error) })
  }
}

/** Gives a new folder to the server's user, if there is one. */
export async function handOver(folder: string, user: ServerUser | undefined): Promise<void> {
  if (user !== undefined) await chown(folder, user.uid, user.gid)
}

/** The major version that made the cluster; nothing when the folder is absent or no cluster. */
export async function clusterVersion(cluster: string): Promise<string | undefined> {
  return readFile(path.join(cluster, 'PG_VERSION'), 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  )
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
