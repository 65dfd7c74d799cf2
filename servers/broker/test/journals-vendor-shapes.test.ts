import { expect, test } from 'vitest'
import { FIRM, journalWorld } from './journals-world.ts'
import { hasVendorDocument, readVendorDocument } from './vendor-document.ts'

test.skipIf(!hasVendorDocument)('journals have the shape that the vendor describes', async () => {
  const vendor = readVendorDocument()
  await using world = await journalWorld()
  await world.buy(FIRM, 'SPY', '1')
  const { body: cash } = await world.journal({ amount: '5', transmitter_timestamp: '2026-11-20T12:00:00Z' })
  const { body: shares } = await world.journal({ entry_type: 'JNLS', symbol: 'SPY', qty: '0.02' })
  const { body: batch } = await world.batch([{ to_account: world.alice, amount: '5' }])
  await world.settle()
  const listed = await world.must(world.list(''))
  expect(vendor.problemsOf('get', '/v1/journals', listed)).toBeNull()
  // Not booked yet, they have no dates: null, as in the vendor's example and against its schema.
  const dated = (journal: object) => ({ ...journal, settle_date: '2026-11-20' })
  expect(vendor.problemsOf('post', '/v1/journals', dated(cash))).toBeNull()
  expect(vendor.problemsOf('post', '/v1/journals', dated(shares))).toBeNull()
  expect(vendor.problemsOf('post', '/v1/journals/batch', batch.map(dated))).toBeNull()
})
