import { expect, test } from 'vitest'
import { brokerAnswering, json } from './fake-broker.ts'

const gift = { to_account: 'b', amount: '5' }

test('journals have their addresses, and carry the key that makes them safe to repeat', async () => {
  const seen: unknown[] = []
  await using broker = await brokerAnswering((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers['idempotency-key'] ?? ''}`.trim())
    if (request.method === 'DELETE') response.writeHead(204).end()
    else json(response, 200, {})
  })
  const { journals } = broker.client
  const key = { idempotencyKey: 'k-1' }
  await journals.create({ entry_type: 'JNLC', from_account: 'a', ...gift }, key)
  await journals.createBatch({ entry_type: 'JNLC', from_account: 'a', entries: [gift] }, key)
  await journals.createReverseBatch({
    entry_type: 'JNLC',
    to_account: 'a',
    entries: [{ from_account: 'b', amount: '5' }],
  })
  await journals.list({ status: ['pending', 'queued'], after: '2026-11-20', limit: 5 })
  await journals.get('j/1')
  await journals.cancel('j')
  expect(seen).toEqual([
    'POST /v1/journals k-1',
    'POST /v1/journals/batch k-1',
    'POST /v1/journals/reverse_batch',
    'GET /v1/journals?status=pending%2Cqueued&after=2026-11-20&limit=5',
    'GET /v1/journals/j%2F1',
    'DELETE /v1/journals/j',
  ])
})
