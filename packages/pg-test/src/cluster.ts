import { access, chmod, constants, mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startThrowAwayPostgres } from '@paddock/pg-embedded'

/** One throw-away PostgreSQL for a whole test run; its address is told by `PADDOCK_TEST_DATABASE`. */
export default async function setup(): Promise<() => Promise<void>> {
  const below = await roomyFolder()
  const socketFolder = await openFolder(below)
  const postgres = await startThrowAwayPostgres({
    below,
    settings: {
      // Nothing here outlives the run, so nothing needs to reach the disk.
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '300',
      unix_socket_directories: socketFolder,
    },
  })
  // A statement by a socket of the file system costs a fifth less than one by the network.
  process.env.PADDOCK_TEST_DATABASE = `${postgres.url('postgres')}?host=${encodeURIComponent(socketFolder)}`
  return async () => {
    await postgres.stop()
    await rm(socketFolder, { recursive: true, force: true })
  }
}

/** Where a server of another user, which it is when we are root, may put its socket. */
async function openFolder(below: string): Promise<string> {
  const folder = await mkdtemp(path.join(below, 'paddock-socket-'))
  await chmod(folder, 0o777)
  return folder
}

const RAM_DISK = '/dev/shm'
const ROOM_BYTES = 4 * 2 ** 30

/** Linux's RAM disk when it has room: hundreds of databases come and go, and a journaling disk is slow at that. */
async function roomyFolder(): Promise<string> {
  try {
    await access(RAM_DISK, constants.W_OK)
    const { bavail, bsize } = await statfs(RAM_DISK)
    return bavail * bsize >= ROOM_BYTES ? RAM_DISK : tmpdir()
  } catch {
    return tmpdir()
  }
}
