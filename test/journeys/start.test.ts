import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { runningPostgres } from '@paddock/pg-embedded'
import { expect, test } from 'vitest'
import { newPlace, runStackProcess, startStackProcess } from '../support/running-stack.ts'
import { SeedCustomer } from '../support/seed-routes.ts'

const isRoot = process.getuid?.() === 0

/** What must be left: no server, no database, no half-made data. */
async function expectNothingRuns(ports: readonly number[]) {
  for (const port of ports) {
    await expect(fetch(`http://127.0.0.1:${port}/health`), `port ${port}`).rejects.toThrow()
  }
}

test('a second start keeps all data, a fresh one wipes it, and both end cleanly', async () => {
  await using place = await newPlace()
  const first = await startStackProcess(place, ['--no-demo'])
  await new SeedCustomer(first.platform, 'keep@example.org').signUp()
  expect(await first.stop()).toBe(0)
  await expectNothingRuns([place.platformPort, place.brokerPort, place.bankPort])

  const second = await startStackProcess(place, ['--no-demo'])
  await new SeedCustomer(second.platform, 'keep@example.org').signIn()
  expect(await second.stop()).toBe(0)

  const third = await startStackProcess(place, ['--no-demo', '--fresh'])
  await expect(new SeedCustomer(third.platform, 'keep@example.org').signIn()).rejects.toThrow('401')
  expect(await third.stop()).toBe(0)
}, 180_000)

test('a signal that comes twice ends everything in order all the same, the database too', async () => {
  await using place = await newPlace()
  const stack = await startStackProcess(place, ['--no-demo'])
  stack.process.kill('SIGTERM')
  expect(await stack.stop()).toBe(0)
  expect(await runningPostgres(place.dataDir, '')).toBeUndefined()
})

test('a second Paddock on the same data is refused, above all one that would wipe it', async () => {
  await using place = await newPlace()
  await using elsewhere = await newPlace()
  const first = await startStackProcess(place, ['--no-demo', '--only', 'bank'])
  try {
    const same = { ...elsewhere, dataDir: place.dataDir }
    for (const flags of [['--only', 'bank'], ['--fresh', '--only', 'broker'], ['--fresh']]) {
      const { code, output } = await runStackProcess(same, ['--no-demo', ...flags])
      expect(code).toBe(1)
      expect(output).toContain(`Paddock already runs on ${place.dataDir} (bank)`)
    }
    expect((await fetch(`${first.bank}/ready`)).status).toBe(200)
  } finally {
    await first.stop()
  }
})

test('a busy port is named, and nothing is started', async () => {
  await using place = await newPlace()
  const squatter = createServer()
  await new Promise<void>((resolve) => squatter.listen(place.brokerPort, '127.0.0.1', resolve))
  try {
    const { code, output } = await runStackProcess(place, ['--no-demo'])
    expect(code).toBe(1)
    expect(output).toContain(`${place.brokerPort} (broker)`)
    expect(output).toContain('PADDOCK_BROKER_PORT')
    expect(output).toContain('Nothing was started')
    await expectNothingRuns([place.platformPort, place.bankPort])
  } finally {
    await new Promise((resolve) => squatter.close(resolve))
  }
})

test.for([
  [{ PADDOCK_BROKER: 'alpaca' }, ['APCA_BROKER_API_KEY is missing', 'APCA_BROKER_API_SECRET is missing']],
  [{ PADDOCK_BANK: 'plaid' }, ['PLAID_CLIENT_ID is missing', 'PLAID_SECRET is missing']],
  [
    { PADDOCK_BANK_PORT: 'many', PADDOCK_MARKET_HOURS: 'never' },
    ['PADDOCK_BANK_PORT="many"', 'PADDOCK_MARKET_HOURS="never"'],
  ],
  [{ PADDOCK_HOST: '0.0.0.0' }, ['PADDOCK_HOST=0.0.0.0 is refused']],
  [{ DATABASE_URL: 'postgresql://nobody:x@127.0.0.1:1/none' }, ['DATABASE_URL (127.0.0.1:1) cannot be used']],
] as const)('settings %o are refused with all problems at once', async ([settings, messages]) => {
  await using place = await newPlace()
  const { code, output } = await runStackProcess(place, ['--no-demo'], settings)
  expect(code).toBe(1)
  for (const message of messages) expect(output).toContain(message)
  expect(output).not.toMatch(/\n\s+at /)
})

test('an unknown flag is answered with the usage', async () => {
  await using place = await newPlace()
  const { code, output } = await runStackProcess(place, ['--wipe'])
  expect(code).toBe(1)
  expect(output).toContain('Usage: npm start')
})

test('a data folder that holds something else is refused and left alone', async () => {
  await using place = await newPlace()
  const cluster = path.join(place.dataDir, 'postgres')
  await mkdir(cluster, { recursive: true })
  await writeFile(path.join(cluster, 'thesis.txt'), 'mine')
  await writeFile(path.join(place.dataDir, 'secrets.json'), '{}')
  const { code, output } = await runStackProcess(place, ['--no-demo'])
  expect(code).toBe(1)
  expect(output).toContain('secrets.json is damaged')
  await rm(path.join(place.dataDir, 'secrets.json'))
  const second = await runStackProcess(place, ['--no-demo'])
  expect(second.code).toBe(1)
  expect(second.output).toContain('secrets.json is missing')
})

test.skipIf(isRoot)('a data folder that cannot be written is refused', async () => {
  await using place = await newPlace()
  await mkdir(place.dataDir, { recursive: true })
  await chmod(place.dataDir, 0o500)
  const { code, output } = await runStackProcess(place, ['--no-demo'])
  expect(code).toBe(1)
  expect(output).toContain('The data folder cannot be used')
})

test('a data folder that is a file is refused', async () => {
  await using place = await newPlace()
  await writeFile(place.dataDir, 'not a folder')
  const { code, output } = await runStackProcess(place, ['--no-demo'])
  expect(code).toBe(1)
  expect(output).toContain('The data folder cannot be used')
})
