import { spawn } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { brokerAnswering, json } from './fake-broker.ts'

const folder = new URL('..', import.meta.url)

/** Runs TypeScript in a process of its own, as a reader of the page would. */
async function run(file: URL): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [fileURLToPath(file)], { cwd: fileURLToPath(folder) })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    output += chunk
  })
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { code, output }
}

test("the README's example runs as it stands", async () => {
  const asked: string[] = []
  await using broker = await brokerAnswering((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    const isList = request.method === 'GET'
    json(response, 200, isList ? [{ id: 'account-1' }] : { id: 'order-1', status: 'accepted' })
  })
  const readme = await readFile(new URL('README.md', folder), 'utf8')
  const example = /```ts\n(?<code>\/\/ example\.ts.*?)```/s.exec(readme)?.groups?.code ?? ''
  const file = new URL(`test/.example-${process.pid}.ts`, folder)
  await writeFile(file, example.replace('http://127.0.0.1:4100', broker.baseUrl))
  try {
    const { code, output } = await run(file)
    expect(output).toContain("id: 'order-1'")
    expect(code).toBe(0)
  } finally {
    await rm(file)
  }
  expect(asked).toEqual([
    'GET /v1/accounts?status=ACTIVE',
    'POST /v1/trading/accounts/account-1/orders',
    'GET /v1/trading/accounts/account-1/positions',
  ])
})
