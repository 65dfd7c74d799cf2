import { expect, test } from 'vitest'
import { application, brokerWorld, NUMBERS } from './broker-world.ts'
import { hasVendorDocument, readVendorDocument } from './vendor-document.ts'

const vendorTest = test.skipIf(!hasVendorDocument)

vendorTest('every answer has the shape that the vendor describes', async () => {
  const vendor = readVendorDocument()
  // A check that finds nothing wrong with anything would prove nothing.
  expect(vendor.problemsOf('get', '/v1/clock', { is_open: 'perhaps' })).not.toBeNull()

  await using world = await brokerWorld()
  const alice = await world.seasonedAccount('500')
  const ours: [method: 'get' | 'post', theirPath: string, path: string, body?: unknown][] = [
    ['post', '/v1/accounts', '/v1/accounts', application()],
    ['get', '/v1/accounts', '/v1/accounts'],
    ['get', '/v1/accounts/{account_id}', `/v1/accounts/${alice.id}`],
    ['get', '/v1/accounts/{account_id}/ach_relationships', `/v1/accounts/${alice.id}/ach_relationships`],
    [
      'post',
      '/v1/accounts/{account_id}/transfers',
      `/v1/accounts/${alice.id}/transfers`,
      { transfer_type: 'ach', relationship_id: alice.relationshipId, amount: '5', direction: 'OUTGOING' },
    ],
    ['get', '/v1/accounts/{account_id}/transfers', `/v1/accounts/${alice.id}/transfers`],
    ['get', '/v1/trading/accounts/{account_id}/account', `/v1/trading/accounts/${alice.id}/account`],
    ['get', '/v1/calendar', '/v1/calendar?start=2026-11-01&end=2026-11-30'],
    ['get', '/v1/clock', '/v1/clock'],
  ]
  for (const [method, theirPath, path, body] of ours) {
    const answer = await world.must(world.call(method.toUpperCase(), path, body))
    expect([theirPath, vendor.problemsOf(method, theirPath, answer)]).toEqual([theirPath, null])
  }
  const bob = await world.activeAccount()
  const linked = await world.must(world.call('POST', `/v1/accounts/${bob}/ach_relationships`, NUMBERS))
  expect(vendor.problemsOf('post', '/v1/accounts/{account_id}/ach_relationships', linked)).toBeNull()
})
