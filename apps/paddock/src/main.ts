import { existsSync } from 'node:fs'
import { readArguments } from './arguments.ts'
import { readSettings, type Settings } from './settings.ts'
import type { Stack } from './stack.ts'
import { StartRefused } from './start-refused.ts'
import { buildWebWhenStale } from './web-build.ts'

const STOP_TIMEOUT_MS = 9_000
const ECHO_MS = 1_000

try {
  await start()
} catch (error) {
  console.error(`\nPaddock did not start.\n\n${await explained(error)}\n`)
  process.exit(1)
}

/** The servers are loaded only once the arguments and settings are known to be good: a refusal comes at once. */
async function start(): Promise<void> {
  const asked = readArguments(process.argv.slice(2))
  const settings = settingsOrRefuse()
  if (asked.servers.includes('platform')) await buildWebWhenStale()
  const { startStack } = await import('./stack.ts')
  const stack = await startStack(settings, asked)
  stopOnSignal(stack)
  try {
    if (asked.demo && stack.platform !== undefined) {
      const { seedDemoWorld } = await import('./demo/seed-demo-world.ts')
      await seedDemoWorld(settings, stack)
    }
  } catch (error) {
    await stack.stop()
    throw error
  }
  const { banner } = await import('./banner.ts')
  console.log(banner(settings, stack))
}

function settingsOrRefuse(): Settings {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const read = readSettings(process.env)
  if (read.ok) return read.settings
  const list = read.problems.map((problem) => `  - ${problem}`).join('\n')
  throw new StartRefused('settings', {
    message: `The settings are not complete:\n${list}\nSet them in .env (see .env.example) or in the environment.`,
  })
}

/**
 * One signal ends everything in order; too long a wait, or a person who asks again, ends it at once. A second
 * signal that comes right behind the first is an echo: shells and package managers pass one on that we had.
 */
function stopOnSignal(stack: Stack): void {
  let askedAtMs: number | undefined
  const onSignal = () => {
    if (askedAtMs !== undefined) {
      if (performance.now() - askedAtMs > ECHO_MS) process.exit(1)
      return
    }
    askedAtMs = performance.now()
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref()
    stack.stop().then(
      () => process.exit(0),
      async (error) => {
        console.error(await explained(error))
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}

async function explained(error: unknown): Promise<string> {
  if (error instanceof StartRefused) return String(error.details.message)
  const { explain } = await import('./explain.ts')
  return explain(error)
}
