import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { achOf } from './ach-settings.ts'
import type { Secrets } from './secrets.ts'
import { readSettings } from './settings.ts'

const secrets = { ach_file_key: Buffer.alloc(32, 1).toString('base64') } as Secrets

function achWith(environment: Readonly<Record<string, string>>) {
  const read = readSettings({ PADDOCK_DATA_DIR: '/data', ...environment })
  return read.ok ? achOf(read.settings, secrets) : read.problems
}

test('without settings the drop lies in the data folder, sealed with the generated key', () => {
  expect(achWith({})).toMatchObject({ folder: '/data/ach', fileKeys: [Buffer.alloc(32, 1)] })
})

test('what .env.example says is what is so without it', async () => {
  const example = await readFile(
    path.join(fileURLToPath(new URL('../../..', import.meta.url)), '.env.example'),
    'utf8',
  )
  const documented = (name: string) =>
    new RegExp(`^# (PADDOCK_ACH_${name})=(.*)$`, 'm').exec(example)?.slice(1) ?? []
  const said = Object.fromEntries(['CUTOFFS', 'WINDOWS', 'SAME_DAY_LIMIT_USD'].map(documented))
  const [asSaid, asIs] = [achWith(said), achWith({})]
  expect(asSaid).toMatchObject({ timetables: expect.anything() })
  expect(asSaid).toEqual(asIs)
})

test('a new key comes before the old one', () => {
  const [fresh, old] = [Buffer.alloc(32, 2), Buffer.alloc(32, 3)]
  const PADDOCK_ACH_FILE_KEY = `${fresh.toString('base64')},${old.toString('base64')}`
  expect(achWith({ PADDOCK_ACH_FILE_KEY, PADDOCK_ACH_DROP: '/elsewhere' })).toMatchObject({
    folder: '/elsewhere',
    fileKeys: [fresh, old],
  })
})

test.for([
  { PADDOCK_ACH_FILE_KEY: 'c2hvcnQ=' },
  { PADDOCK_ACH_CUTOFFS: '25:00' },
  { PADDOCK_ACH_WINDOWS: '10:30' },
  { PADDOCK_ACH_SAME_DAY: 'sometimes' },
  { PADDOCK_ACH_SAME_DAY_LIMIT_USD: '-1' },
  { PADDOCK_ACH_TYPED_NUMBERS: 'no' },
])('%j is refused', (environment) => {
  expect(achWith(environment)).toEqual([expect.stringMatching(/^PADDOCK_ACH_.* is not valid: /)])
})
