import { access, constants, mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbeddedPostgres } from '@paddock/pg-embedded'

/** One throw-away PostgreSQL for a whole test run; its address is told by `PADDOCK_TEST_DATABASE`. */
export default async function setup(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(await roomyFolder(), 'paddock-test-'))
  const postgres = await startEmbeddedPostgres({
    dataDir,
    password: 'test',
    // Nothing here outlives the run, so nothing needs to reach the disk.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' },
  })
  process.env.PADDOCK_TEST_DATABASE = postgres.url('postgres')
  return async () => {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
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
