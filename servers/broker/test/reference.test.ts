import { expect, test } from 'vitest'
import { brokerWorld } from './broker-world.ts'

test('the document says where it was read, and describes each group that it uses', async () => {
  await using world = await brokerWorld()
  const { body } = await world.call('GET', '/openapi.json')
  expect(body.servers).toEqual([{ url: world.broker.url }])

  const operations = Object.values(body.paths).flatMap((path) => Object.values(path as object))
  const used = new Set(operations.flatMap(({ tags }) => tags))
  expect(new Set(body.tags.map(({ name }: { name: string }) => name))).toEqual(used)
  for (const { description } of body.tags) expect(description).toMatch(/\.$/)
})
