import { spawnSync } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartRefused } from './start-refused.ts'

const web = fileURLToPath(new URL('../../web', import.meta.url))
const packages = fileURLToPath(new URL('../../../packages', import.meta.url))
/** The bundler writes it last, so it is as old as the last whole build. */
const built = path.join(web, 'dist', 'index.html')

/** Builds the web app when a source file is newer than it. A few seconds, once. */
export async function buildWebWhenStale(): Promise<void> {
  const builtAtMs = await stat(built).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
  const sources = ['kernel', 'money', 'platform-wire'].map((name) => path.join(packages, name, 'src'))
  const newestMs = Math.max(...(await Promise.all([newestIn(web), ...sources.map(newestIn)])))
  if (builtAtMs >= newestMs) return
  console.log('Building the web app …')
  const result = spawnSync('npm', ['run', '--silent', 'build', '-w', '@paddock/web'], {
    cwd: path.join(web, '..', '..'),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (result.status !== 0) {
    throw new StartRefused('web_build_failed', {
      message: `The web app could not be built:\n${result.stderr || result.stdout}`,
    })
  }
}

/** When the youngest file below a folder was changed, in milliseconds since 1970. */
async function newestIn(folder: string): Promise<number> {
  let newestMs = 0
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name === 'dist' || entry.name === 'node_modules') continue
    const full = path.join(folder, entry.name)
    newestMs = Math.max(newestMs, entry.isDirectory() ? await newestIn(full) : (await stat(full)).mtimeMs)
  }
  return newestMs
}
