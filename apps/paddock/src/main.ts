import { existsSync } from 'node:fs'
import { readArguments } from './arguments.ts'
import { banner } from './banner.ts'
import { seedDemoWorld } from './demo/seed-demo-world.ts'
import { readSettings, type Settings } from './settings.ts'
import { type Stack, startStack } from './stack.ts'
import { explain, StartRefused } from './trouble.ts'
import { buildWebWhenStale } from './web-build.ts'

const STOP_TIMEOUT_MS = 9_000

try {
  await start()
} catch (error) {
  console.error(`\nPaddock did not start.\n\n${explain(error)}\n`)
  process.exit(1)
}

async function start(): Promise<void> {
  const asked = readArguments(process.argv.slice(2))
  const settings = settingsOrRefuse()
  if (asked.servers.includes('platform')) await buildWebWhenStale()
  const stack = await startStack(settings, asked)
  stopOnSignal(stack)
  try {
    if (asked.demo && stack.platform !== undefined) await seedDemoWorld(settings, stack)
  } catch (error) {
    await stack.stop()
    throw error
  }
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

/** One signal ends everything in order; a second one, or too long a wait, ends it at once. */
function stopOnSignal(stack: Stack): void {
  let stopping = false
  const onSignal = () => {
    if (stopping) process.exit(1)
    stopping = true
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref()
    stack.stop().then(
      () => process.exit(0),
      (error) => {
        console.error(explain(error))
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}
