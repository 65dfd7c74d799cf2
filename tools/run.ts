import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The repository's root. */
export const root = fileURLToPath(new URL('..', import.meta.url))

export interface Step {
  name: string
  command: readonly string[]
}

/** Runs the steps one after the other and stops at the first that fails; answers the exit code. */
export async function runSteps(steps: readonly Step[]): Promise<number> {
  for (const { name, command } of steps) {
    console.log(`\n▸ ${name}`)
    const startedAtMs = performance.now()
    const code = await runCommand(command)
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1)
    if (code !== 0) {
      console.error(`✗ ${name} failed after ${seconds} s (exit code ${code}): ${command.join(' ')}`)
      return code
    }
    console.log(`✓ ${name} (${seconds} s)`)
  }
  return 0
}

function runCommand([program = '', ...args]: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit' })
    child.on('error', () => resolve(127))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}
