import { expect, test } from 'vitest'
import { readServerSentEvents } from '../src/sse.ts'
import { brokerAnswering, json } from './fake-broker.ts'

const streamHead = { 'content-type': 'text/event-stream' }
const event = (id: string) => `data: ${JSON.stringify({ event_id: id, account_id: 'a' })}\n\n`

test('events are read whatever the chunks and line ends', async () => {
  const bytes = new TextEncoder().encode(
    ': hi\r\n\r\ndata: é1\r\n\r\nid: 7\ndata:2a\ndata: 2b\n\ndata: 3\r\rdata: cut',
  )
  for (const size of [1, 2, 3, 1_000]) {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size))
        controller.close()
      },
    })
    const events: string[] = []
    for await (const data of readServerSentEvents(stream)) if (data !== undefined) events.push(data)
    expect(events).toEqual(['é1', '2a\n2b', '3'])
  }
})

test('a broken stream is taken up again after the last event that was handed out', async () => {
  const asked: (string | undefined)[] = []
  await using broker = await brokerAnswering((request, response) => {
    asked.push(request.url)
    response.writeHead(200, streamHead)
    response.write(event(`0${asked.length}`))
    setTimeout(() => response.destroy(), 20)
  })
  const seen: string[] = []
  for await (const { event_id } of broker.client.events.trades({ since: '2026-01-01' })) {
    seen.push(event_id)
    if (seen.length === 3) break
  }
  expect(seen).toEqual(['01', '02', '03'])
  expect(asked).toEqual([
    '/v2/events/trades?since=2026-01-01',
    '/v2/events/trades?since_id=01',
    '/v2/events/trades?since_id=02',
  ])
})

test('a stream that has gone silent is left; heartbeats keep one alive', async () => {
  let connections = 0
  await using broker = await brokerAnswering((_request, response) => {
    connections += 1
    response.writeHead(200, streamHead)
    if (connections === 1) {
      response.write(':heartbeat\n\n')
      return
    }
    const beat = setInterval(() => response.write(':heartbeat\n\n'), 50)
    setTimeout(() => {
      clearInterval(beat)
      response.write(event('1'))
    }, 400)
  })
  const events = broker.client.events.fundingStatus({ silenceMs: 200 })
  const first = await events.next()
  await events.return(undefined)
  expect(first.value).toMatchObject({ event_id: '1' })
  expect(connections).toBe(2)
})

test('a refused stream throws, and an aborted one ends', async () => {
  await using broker = await brokerAnswering((request, response) => {
    if (request.url?.startsWith('/v1') === true) json(response, 401, { code: 40110000, message: 'no' })
    else response.writeHead(200, streamHead).write(':heartbeat\n\n')
  })
  await expect(broker.client.events.accountStatus().next()).rejects.toMatchObject({ status: 401 })
  const stop = new AbortController()
  const waiting = broker.client.events.trades({ signal: stop.signal }).next()
  setTimeout(() => stop.abort(), 50)
  expect((await waiting).done).toBe(true)
})

test('who is told that it reads too slowly comes back with its cursor, and learns why', async () => {
  const asked: (string | undefined)[] = []
  await using broker = await brokerAnswering((request, response) => {
    asked.push(request.url)
    response.writeHead(200, streamHead)
    if (asked.length === 1) {
      response.end(`${event('01')}: you are reading too slowly, dropped 7 messages\n\n`)
    } else response.write(event('02'))
  })
  const reasons: unknown[] = []
  const seen: string[] = []
  const events = broker.client.events.journals({ id: 'j', onReconnect: (reason) => reasons.push(reason) })
  for await (const { event_id } of events) {
    seen.push(event_id)
    if (seen.length === 2) break
  }
  expect(seen).toEqual(['01', '02'])
  expect(String(reasons)).toContain('dropped 7 messages')
  expect(asked).toEqual(['/v2/events/journals/status?id=j', '/v2/events/journals/status?since_id=01&id=j'])
})

test('each stream goes to its own address and begins as that stream can', async () => {
  const asked: (string | undefined)[] = []
  await using broker = await brokerAnswering((request, response) => {
    asked.push(request.url)
    response.writeHead(200, streamHead)
    response.write(event('1'))
  })
  const { v1, ...events } = broker.client.events
  const since = '2026-11-20T17:00:00Z'
  const streams = [
    events.accountStatus({ since }),
    events.fundingStatus({ since }),
    events.trades({ since }),
    events.journals({ since }),
    events.activities({ since }),
    events.activities({ since: '1970-01-01' }),
    events.adminActions({ since }),
    events.system({ after: '01M7WYD8H0C8AWRJFJW8S3M2H4' }),
    events.corporateActions({ since, types: ['a', 'b'], region: 'us' }),
    v1.trades({ after: '01M7WYD8H0C8AWRJFJW8S3M2H4' }),
    v1.transfers({ since }),
    v1.journals({ since }),
    v1.nonTradeActivities({ since }),
  ]
  for (const stream of streams) {
    await stream.next()
    await stream.return(undefined)
  }
  const encoded = encodeURIComponent(since)
  expect(asked).toEqual([
    `/v1/events/accounts/status?since=${encoded}`,
    `/v2/events/funding/status?since=${encoded}`,
    `/v2/events/trades?since=${encoded}`,
    `/v2/events/journals/status?since=${encoded}`,
    '/v2beta1/events/activities?since_id=01M7WYD4M00000000000000000',
    `/v2beta1/events/activities?since_id=${'0'.repeat(26)}`,
    `/v2/events/admin-actions?since=${encoded}`,
    '/v2/events/system?since_id=01M7WYD8H0C8AWRJFJW8S3M2H4',
    `/v1beta1/events/corporate-actions?since=${encoded}&type=a%2Cb&region=us`,
    '/v1/events/trades?since_ulid=01M7WYD8H0C8AWRJFJW8S3M2H4',
    `/v1/events/transfers/status?since=${encoded}`,
    `/v1/events/journals/status?since=${encoded}`,
    `/v1/events/nta?since=${encoded}`,
  ])
})

test('where the event of the cursor comes again, it is handed out once', async () => {
  const asked: (string | undefined)[] = []
  await using broker = await brokerAnswering((request, response) => {
    asked.push(request.url)
    response.writeHead(200, streamHead)
    if (asked.length === 1) response.end(event('01'))
    else response.write(`${event('01')}${event('02')}`)
  })
  const seen: string[] = []
  for await (const { event_id } of broker.client.events.corporateActions()) {
    seen.push(event_id)
    if (seen.length === 2) break
  }
  expect(seen).toEqual(['01', '02'])
  expect(asked).toEqual([
    '/v1beta1/events/corporate-actions',
    '/v1beta1/events/corporate-actions?since_id=01',
  ])
})

test('one activity is read by its id', async () => {
  await using broker = await brokerAnswering((_request, response) => {
    response.writeHead(200, streamHead)
    response.end(`:heartbeat\n\n${event('1')}`)
  })
  expect(await broker.client.events.activity('a', '1')).toEqual({ event_id: '1', account_id: 'a' })
})
