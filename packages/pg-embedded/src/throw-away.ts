import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
  wipeEmbeddedPostgres,
} from './embedded-postgres.ts'

export interface ThrowAwayOptions extends Pick<EmbeddedPostgresOptions, 'settings'> {
  /** The folder to make a new one in. Default: the system's for temporary files. */
  below?: string
}

/** A PostgreSQL that nobody keeps: in a new folder, which is gone when it has stopped. */
export async function startThrowAwayPostgres(options: ThrowAwayOptions = {}): Promise<EmbeddedPostgres> {
  const { below = tmpdir(), settings } = options
  const dataDir = await mkdtemp(path.join(below, 'paddock-throw-away-'))
  // Open for passing through, so that the unprivileged user of a root can have its cluster right here.
  await chmod(dataDir, 0o711)
  const remove = async () => {
    await wipeEmbeddedPostgres(dataDir)
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    const postgres = await startEmbeddedPostgres({
      dataDir,
      password: 'throw-away',
      ...(settings === undefined ? {} : { settings }),
    })
    const stop = async () => {
      await postgres.stop()
      await remove()
    }
    return { ...postgres, stop, [Symbol.asyncDispose]: stop }
  } catch (error) {
    await remove()
    throw error
  }
}
