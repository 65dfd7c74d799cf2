import { expect, test } from 'vitest'
import { brokerAnswering, json } from './fake-broker.ts'

test('a list of activities goes on after the last id until a page is empty', async () => {
  const seen: (string | undefined)[] = []
  const pages = [[{ id: 'c' }, { id: 'b' }], [{ id: 'a' }], []]
  await using broker = await brokerAnswering((request, response) => {
    seen.push(request.url)
    json(response, 200, pages[seen.length - 1])
  })
  const ids: string[] = []
  const filter = { activity_types: ['CSD', 'FILL'], date: '2026-03-05', page_size: 2 }
  for await (const { id } of broker.client.activities.list(filter)) ids.push(id)
  expect(ids).toEqual(['c', 'b', 'a'])
  const first = '/v1/accounts/activities?activity_types=CSD%2CFILL&date=2026-03-05&page_size=2'
  expect(seen).toEqual([first, `${first}&page_token=b`, `${first}&page_token=a`])
})

test('a server that ignores the page token cannot make the list endless', async () => {
  await using broker = await brokerAnswering((_request, response) => json(response, 200, [{ id: 'a' }]))
  const ids: string[] = []
  for await (const { id } of broker.client.activities.list()) ids.push(id)
  expect(ids).toEqual(['a', 'a'])
})

test('a document is fetched from where the redirect leads, and the keys stay behind', async () => {
  const bytes = Buffer.from([0x25, 0x50, 0x44, 0x46, 0xff, 0x00, 0xfe])
  const keysSeen: (string | undefined)[] = []
  await using store = await brokerAnswering((request, response) => {
    keysSeen.push(request.headers.authorization)
    response.writeHead(200, { 'content-type': 'application/pdf' }).end(bytes)
  })
  const seen: string[] = []
  await using broker = await brokerAnswering((request, response) => {
    seen.push(`${request.headers.accept} ${request.url} ${request.headers.authorization?.slice(0, 6)}`)
    if (request.url?.startsWith('/here')) {
      keysSeen.push(request.headers.authorization)
      response.end('{"opening_cash":"1.00"}')
      return
    }
    const location = request.headers.accept === 'application/json' ? '/here?x=1' : `${store.baseUrl}/f?s=1`
    response.writeHead(301, { location }).end()
  })
  const { documents } = broker.client
  expect(Buffer.from(await documents.download('a', 'd/1'))).toEqual(bytes)
  expect(await documents.downloadJson('a', 'd')).toEqual({ opening_cash: '1.00' })
  expect(keysSeen).toEqual([undefined, undefined])
  expect(seen).toEqual([
    'application/pdf /v1/accounts/a/documents/d%2F1/download Basic ',
    'application/json /v1/accounts/a/documents/d/download Basic ',
    'application/json /here?x=1 undefined',
  ])
})

test('a document that is not there is refused like anything else', async () => {
  await using broker = await brokerAnswering((_request, response) =>
    json(response, 404, { code: 40410000, message: 'document not found' }),
  )
  await expect(broker.client.documents.download('a', 'd')).rejects.toMatchObject({
    status: 404,
    code: 40410000,
    isRefusal: true,
  })
})

test.for(['file:///etc/passwd', 'javascript:alert(1)', 'http://'])(
  'a redirect to %s is not followed',
  async (location) => {
    await using broker = await brokerAnswering((_request, response) => {
      response.writeHead(301, { location }).end()
    })
    await expect(broker.client.documents.download('a', 'd')).rejects.toMatchObject({ status: 301 })
  },
)

test('a history is asked for where the vendor has it', async () => {
  await using broker = await brokerAnswering((request, response) => json(response, 200, { url: request.url }))
  const answer = await broker.client.portfolioHistory.get('a', {
    period: '1W',
    cashflow_types: ['CSD', 'DIV'],
  })
  expect(answer).toEqual({
    url: '/v1/trading/accounts/a/account/portfolio/history?period=1W&cashflow_types=CSD%2CDIV',
  })
})
