import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { newPlace, startStackProcess } from '../support/running-stack.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

test("the README's curl of the main job does what it says, for a visitor without an account", async () => {
  const readme = await readFile(path.join(root, 'README.md'), 'utf8')
  const script = /<!-- main-job -->\n```sh\n(?<script>[\s\S]*?)```/.exec(readme)?.groups?.script ?? ''
  expect(script).toContain('curl')

  await using place = await newPlace()
  const stack = await startStackProcess(place)
  try {
    const here = script
      .replace('http://127.0.0.1:4000', stack.platform)
      .replace('http://127.0.0.1:4100', stack.broker)
      .replace('http://127.0.0.1:4200', stack.bank)
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', here], { cwd: root, timeout: 60_000 })
    const lines = stdout.trim().split('\n')
    const last = JSON.parse(lines.at(-1) ?? '{}')
    expect(last.positions).toMatchObject([{ symbol: 'SPY', qty: '1' }])
  } finally {
    await stack.stop()
  }
}, 180_000)
