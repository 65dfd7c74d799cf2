import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { brokerWorld } from '../../servers/broker/test/broker-world.ts'
import { findOpenApiDocument } from '../support/openapi-document.ts'
import { normalized, watchRoutes } from './support/served-routes.ts'

type Described = Record<string, Record<string, { summary?: string; tags?: string[] }>>

interface Row {
  readonly name: string
  readonly source: string
  readonly state: string
  readonly reason: string
}

/** The table of contracts/alpaca/coverage.md. */
function readTable(): Row[] {
  const text = readFileSync(new URL('../../contracts/alpaca/coverage.md', import.meta.url), 'utf8')
  return [...text.matchAll(/^\| ([A-Z]+) \| `([^`]+)` \| ([^|]+) \| ([^|]+) \| ?([^|]*)\|$/gm)].map(
    ([, method, path = '', source = '', state = '', reason = '']) => ({
      name: `${method} ${normalized(path)}`,
      source: source.trim(),
      state: state.trim(),
      reason: reason.trim(),
    }),
  )
}

const methods = ['get', 'post', 'put', 'patch', 'delete']

const operationsOf = (paths: Described) =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([method]) => methods.includes(method))
      .map(([method, operation]) => ({ name: `${method.toUpperCase()} ${normalized(path)}`, ...operation })),
  )

/** What the server knows outside of the API: its health, its description and the page that shows it. */
const isOutside = (name: string): boolean => /^\S+ \/(?:health|ready|openapi\.json|reference)/.test(name)

test('every route is in the generated document, with a summary and a tag', async () => {
  const { server: world, routes } = await watchRoutes(() => brokerWorld())
  await using _world = world
  const { body } = await world.call('GET', '/openapi.json')
  expect(body.openapi).toBe('3.1.0')
  const described = new Map(operationsOf(body.paths).map((one) => [one.name, one]))
  const served = routes
    .filter(({ name }) => !isOutside(name) && !/^(?:HEAD|OPTIONS) /.test(name))
    .map(({ name }) => name.replace(/^(\S+) (.*)$/, (_, method, path) => `${method} ${normalized(path)}`))
  expect(served.length).toBeGreaterThan(100)
  expect(served.filter((name) => !described.has(name))).toEqual([])
  const bare = [...described.values()].filter(({ summary, tags }) => !summary || !tags?.length)
  expect(bare.map(({ name }) => name)).toEqual([])
})

test('the table of operations says what the running server does, and why something is missing', async () => {
  await using world = await brokerWorld()
  const { body } = await world.call('GET', '/openapi.json')
  const now = new Map(
    operationsOf(body.paths).map(({ name, tags }) => [name, tags?.includes('Not built') ? '501' : 'served']),
  )
  const wide = [...now.keys()].filter((name) => name.endsWith('/options/{}')).map((name) => name.slice(0, -2))
  const stateOf = (name: string) =>
    now.get(name) ?? (wide.some((start) => name.startsWith(start)) ? now.get(`${wide[0]}{}`) : 'missing')

  const rows = readTable()
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length)
  expect(rows.filter(({ name, state }) => stateOf(name) !== state)).toEqual([])
  expect(rows.filter(({ state, reason }) => state !== 'served' && reason === '')).toEqual([])

  const count = (source: string) => {
    const those = rows.filter((row) => row.source.includes(source))
    return `${those.filter(({ state }) => state === 'served').length} of ${those.length}`
  }
  console.info(`served ${count('openapi')} in the OpenAPI file, ${count('sheet')} in the fact sheet`)
})

const open = findOpenApiDocument('alpaca-broker.yaml')

test.skipIf(open === undefined)('every operation of the vendor’s OpenAPI file has a row in the table', () => {
  if (open === undefined) return
  const { paths } = open().raw as { paths: Described }
  const rows = new Set(readTable().map(({ name }) => name))
  const theirs = operationsOf(paths).map(({ name }) => name)
  expect(theirs).toHaveLength(52)
  expect(theirs.filter((name) => !rows.has(name))).toEqual([])
})
