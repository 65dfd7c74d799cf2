import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankWith, type TestBank } from '../../../servers/bank/test/bank-with.ts'
import { findOpenApiDocument } from '../../support/openapi-document.ts'
import { watchRoutes } from '../support/served-routes.ts'
import { readCoverage } from './support/coverage-table.ts'
import { modelledOperations } from './support/strict-answers.ts'

const rows = readCoverage()
let bank: TestBank
let served: Set<string>

/** Our own doors, Link's page and its calls, and what every server has are not the vendor's API. */
const isOwn = (path: string) => /^\/(?:_|link\/(?!token\/)|health|ready)/.test(path)

beforeAll(async () => {
  const { server, routes } = await watchRoutes(() => bankWith())
  bank = server
  served = new Set(
    routes
      .map(({ name }) => name.split(' '))
      .filter(([method, path = '']) => method === 'POST' && !isOwn(path))
      .map(([, path = '']) => path),
  )
})
afterAll(() => bank[Symbol.asyncDispose]())

test('the table of operations says what the running server does, and why something is not served', () => {
  expect(served.size).toBeGreaterThan(40)
  expect(new Set(rows.map(({ path }) => path)).size).toBe(rows.length)
  const stateOf = (path: string) => (served.has(path) ? 'served' : 'not served')
  expect(rows.filter(({ path, state }) => stateOf(path) !== state)).toEqual([])
  expect(rows.filter(({ state, reason }) => (state === 'served') !== (reason === ''))).toEqual([])
  const listed = new Set(rows.map(({ path }) => path))
  expect([...served].filter((path) => !listed.has(path))).toEqual([])
})

test('every operation that is served has a model of the type-checking client', () => {
  // One answers a file.
  const modelled = new Set([...modelledOperations, '/statements/download'])
  expect([...served].filter((path) => !modelled.has(path))).toEqual([])
})

const sheet = new URL('../../../../shared/reference/plaid-api.md', import.meta.url)
const open = findOpenApiDocument('plaid-2020-09-14.yaml')
const isThere = existsSync(sheet) && open !== undefined

test.skipIf(!isThere)(
  `every operation of the digest’s index, and every other one that it names, has a row${isThere ? '' : ' (skipped: no reference files)'}`,
  () => {
    if (open === undefined) return
    const text = readFileSync(sheet, 'utf8')
    const [, index = ''] = text.match(/### 2\.0 Index\n([\s\S]*?)\n### 2\.1/) ?? []
    const indexed = [...index.matchAll(/\| ([ABC]) \| (\/[a-z_/]+)/g)].map(
      ([, priority = '', path = '']) => ({
        path,
        priority,
      }),
    )
    expect(indexed.length).toBeGreaterThan(50)
    const priorities = new Map(rows.map(({ path, priority }) => [path, priority]))
    expect(indexed.filter(({ path, priority }) => priorities.get(path) !== priority)).toEqual([])

    const { paths } = open().raw as { paths: object }
    const named = Object.keys(paths).filter((path) => text.match(new RegExp(`(?<![\\w/])${path}(?![\\w/])`)))
    expect(named.length).toBeGreaterThan(60)
    expect(named.filter((path) => !priorities.has(path))).toEqual([])
  },
)
