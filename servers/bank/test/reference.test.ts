import { expect, test } from 'vitest'
import { bankWith } from './bank-with.ts'

interface Described {
  summary?: string
  tags?: string[]
  security?: object[]
  responses: Record<string, unknown>
}

test('the document has every route, each with a summary and a group, and says where it was read', async () => {
  await using bank = await bankWith()
  const body = await (await fetch(`${bank.url}/openapi.json`)).json()
  expect(body).toMatchObject({ openapi: '3.1.0', servers: [{ url: bank.url }] })

  const paths = Object.entries(body.paths as Record<string, Record<string, Described>>)
  const operations = paths.flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({ name: `${method} ${path}`, path, ...described })),
  )
  expect(operations.length).toBeGreaterThan(40)
  const bare = operations.filter(({ summary, tags }) => !summary || tags?.length !== 1)
  expect(bare.map(({ name }) => name)).toEqual([])
  const homeless = operations.filter(({ tags }) => tags?.includes('Others'))
  expect(homeless.map(({ name }) => name)).toEqual([])
  const summaries = operations.map(({ summary }) => summary)
  expect(summaries.filter((summary, index) => summaries.indexOf(summary) !== index)).toEqual([])
  expect(new Set(body.tags.map(({ name }: { name: string }) => name))).toEqual(
    new Set(operations.flatMap(({ tags }) => tags)),
  )

  const keyless = operations.filter(({ security }) => security?.length === 0).map(({ path }) => path)
  expect(keyless.every((path) => /^\/(?:_sim|link\/(?:session|oauth))\//.test(path))).toBe(true)
  for (const { responses } of operations) expect(responses).toHaveProperty('default')

  const page = await fetch(`${bank.url}/reference`)
  expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')])
})
