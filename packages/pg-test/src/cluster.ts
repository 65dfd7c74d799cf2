import { access, constants, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { startThrowAwayPostgres } from '@paddock/pg-embedded'

/** One throw-away PostgreSQL for a whole test run; its address is told by `PADDOCK_TEST_DATABASE`. */
export default async function setup(): Promise<() => Promise<void>> {
  const postgres = await startThrowAwayPostgres({
    below: await roomyFolder(),
    // Nothing here outlives the run, so nothing needs to reach the disk.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' },
  })
  process.env.PADDOCK_TEST_DATABASE = postgres.url('postgres')
  return () => postgres.stop()
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
