import { expect, test } from 'vitest'
import { brokerAnswering, json } from './fake-broker.ts'

test('all transfers are read page by page until one is empty', async () => {
  const seen: (string | undefined)[] = []
  await using broker = await brokerAnswering((request, response) => {
    seen.push(request.url)
    const offset = Number(new URL(request.url ?? '', 'http://broker').searchParams.get('offset'))
    json(
      response,
      200,
      offset < 3 ? [{ id: `t-${offset}` }, { id: `t-${offset + 1}` }].slice(0, 3 - offset) : [],
    )
  })
  const ids: string[] = []
  for await (const { id } of broker.client.transfers.all('a', { direction: 'OUTGOING', limit: 2 }))
    ids.push(id)
  expect(ids).toEqual(['t-0', 't-1', 't-2'])
  expect(seen).toHaveLength(3)
})

test('instant funding is asked for with a key, and accounts are named with commas', async () => {
  const seen: unknown[] = []
  await using broker = await brokerAnswering((request, response) => {
    seen.push([request.method, request.url, request.headers['idempotency-key']])
    json(response, 200, {})
  })
  const { instantFunding, recipientBanks } = broker.client
  await instantFunding.create(
    { account_no: '1', source_account_no: '2', amount: '10' },
    { idempotencyKey: 'key-1' },
  )
  await instantFunding.accountLimits(['1', '2'])
  await instantFunding.getSettlement('s/1')
  await recipientBanks.list('a', { status: 'ACTIVE' })
  await recipientBanks.delete('a', 'b')
  expect(seen).toEqual([
    ['POST', '/v1/instant_funding', 'key-1'],
    ['GET', '/v1/instant_funding/limits/accounts?account_numbers=1%2C2', undefined],
    ['GET', '/v1/instant_funding/settlements/s%2F1', undefined],
    ['GET', '/v1/accounts/a/recipient_banks?status=ACTIVE', undefined],
    ['DELETE', '/v1/accounts/a/recipient_banks/b', undefined],
  ])
})
