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
