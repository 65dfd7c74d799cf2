import { get } from 'node:http'
import { decode } from '@msgpack/msgpack'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { BASIC, type BrokerWorld, brokerWorld, KEYS } from './broker-world.ts'

// biome-ignore lint/suspicious/noExplicitAny: messages are looked at field by field in tests
type Message = any

const AUTH = { action: 'auth', ...KEYS }

/** A reader of the data stream that hears everything in order. */
async function openStream(world: BrokerWorld, path = '/v2/iex', headers: Record<string, string> = {}) {
  const socket = new WebSocket(`${world.broker.url.replace('http', 'ws')}${path}`, { headers })
  const frames: Message[][] = []
  let wake = () => {}
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  socket.on('message', (data: Buffer, isBinary) => {
    frames.push((isBinary ? decode(data) : JSON.parse(data.toString())) as Message[])
    wake()
  })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const say = (message: unknown) => socket.send(JSON.stringify(message))
  async function frame(): Promise<Message[]> {
    while (frames.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    return frames.shift() ?? []
  }
  return {
    socket,
    frames,
    closed,
    say,
    frame,
    async ask(message: unknown) {
      say(message)
      return frame()
    },
    [Symbol.dispose]: () => socket.terminate(),
  }
}

async function openAuthenticated(world: BrokerWorld, path?: string) {
  const stream = await openStream(world, path)
  expect(await stream.frame()).toEqual([{ T: 'success', msg: 'connected' }])
  expect(await stream.ask(AUTH)).toEqual([{ T: 'success', msg: 'authenticated' }])
  return stream
}

const error = (code: number) => [{ T: 'error', code, msg: expect.any(String) }]

test('who authenticates may subscribe, and hears which subscriptions there are', async () => {
  await using world = await brokerWorld()
  using stream = await openStream(world)
  expect(await stream.frame()).toEqual([{ T: 'success', msg: 'connected' }])
  expect(await stream.ask({ action: 'subscribe', trades: ['KO'] })).toEqual(error(401))
  expect(await stream.ask('hello')).toEqual(error(400))
  expect(await stream.ask({ action: 'dance' })).toEqual(error(400))
  stream.socket.send('{')
  expect(await stream.frame()).toEqual(error(400))
  expect(await stream.ask(AUTH)).toEqual([{ T: 'success', msg: 'authenticated' }])
  expect(await stream.ask(AUTH)).toEqual(error(403))

  const none = { T: 'subscription', updatedBars: [], dailyBars: [], statuses: [], lulds: [], imbalances: [] }
  const wanted = { trades: ['KO', 'SPY'], quotes: ['*'], bars: ['NOPE'] }
  const followers = { corrections: ['KO', 'SPY'], cancelErrors: ['KO', 'SPY'] }
  expect(await stream.ask({ action: 'subscribe', ...wanted })).toEqual([{ ...none, ...wanted, ...followers }])
  const unwanted = { trades: ['KO'], quotes: ['*'], bars: ['SPY'] }
  expect(await stream.ask({ action: 'unsubscribe', ...unwanted, orderbooks: [] })).toEqual([
    { ...none, trades: ['SPY'], quotes: [], bars: ['NOPE'], corrections: ['SPY'], cancelErrors: ['SPY'] },
  ])
  expect(await stream.ask({ action: 'subscribe', orderbooks: ['KO'] })).toEqual(error(410))
  const many = Array.from({ length: 1_001 }, (_, index) => `S${index}`)
  expect(await stream.ask({ action: 'subscribe', trades: many })).toEqual(error(405))
})

test('each second has a quote and a trade, each minute a bar, and they are those of the other routes', async () => {
  await using world = await brokerWorld()
  using stream = await openAuthenticated(world)
  await stream.ask({
    action: 'subscribe',
    trades: ['KO'],
    quotes: ['KO', 'SPY'],
    bars: ['KO'],
    dailyBars: ['KO'],
  })
  await world.advance({ seconds: 1 })
  const seen = await stream.frame()
  expect(seen.map(({ T, S }) => `${T} ${S}`)).toEqual(['t KO', 'q KO', 'q SPY'])
  const get = async (path: string) => (await world.call('GET', path)).body
  expect(seen[0]).toEqual({ T: 't', S: 'KO', ...(await get('/v2/stocks/KO/trades/latest')).trade })
  expect(seen[1]).toEqual({ T: 'q', S: 'KO', ...(await get('/v2/stocks/KO/quotes/latest')).quote })

  await world.advance({ seconds: 59 })
  const minute = await stream.frame()
  expect(minute.map(({ T, S }) => `${T} ${S}`)).toEqual(['t KO', 'q KO', 'q SPY', 'b KO', 'd KO'])
  const bars = await get('/v2/stocks/KO/bars?start=2026-11-20T17:00:00Z&end=2026-11-20T17:00:00Z')
  expect(minute[3]).toEqual({ T: 'b', S: 'KO', ...bars.bars[0] })
  expect(minute[4]).toEqual({ T: 'd', S: 'KO', ...(await get('/v2/stocks/KO/snapshot')).dailyBar })
})

test('after a leap of the clock only the last state is told', async () => {
  await using world = await brokerWorld()
  using stream = await openAuthenticated(world)
  await stream.ask({ action: 'subscribe', quotes: ['KO'], bars: ['KO'] })
  await world.advance({ days: 3 })
  let frames = 0
  let last: Message[] = []
  while (last[0]?.t !== '2026-11-23T17:00:00Z') {
    last = await stream.frame()
    frames += 1
  }
  expect(last[1]).toMatchObject({ T: 'b', t: '2026-11-23T16:59:00Z' })
  // Work that takes a while on the way may be a stop, but not each of 259,200 seconds.
  expect(frames).toBeLessThan(10)
  expect(stream.frames).toEqual([])
})

test('while the exchange is closed stocks are silent, and coins and the test feed are not', async () => {
  await using world = await brokerWorld({ marketHours: 'exchange' })
  await world.advance({ to: '2026-11-21T17:00:00Z' })
  using stocks = await openAuthenticated(world)
  using coins = await openAuthenticated(world, '/v1beta3/crypto/us')
  using trial = await openAuthenticated(world, '/v2/test')
  await stocks.ask({ action: 'subscribe', quotes: ['*'], trades: ['*'] })
  expect(await coins.ask({ action: 'subscribe', orderbooks: ['BTC/USD'], trades: ['*'] })).toEqual([
    {
      T: 'subscription',
      trades: ['*'],
      quotes: [],
      orderbooks: ['BTC/USD'],
      bars: [],
      updatedBars: [],
      dailyBars: [],
    },
  ])
  await trial.ask({ action: 'subscribe', trades: ['FAKEPACA'] })
  await world.advance({ seconds: 1 })
  const told = await coins.frame()
  expect(told.at(-1)).toMatchObject({
    T: 'o',
    S: 'BTC/USD',
    r: true,
    b: expect.any(Array),
    a: expect.any(Array),
  })
  expect(told[0]).toMatchObject({
    T: 't',
    S: expect.stringContaining('/USD'),
    tks: expect.stringMatching(/^[BS]$/),
  })
  expect(await trial.frame()).toEqual([expect.objectContaining({ T: 't', S: 'FAKEPACA' })])
  expect(stocks.frames).toEqual([])
})

test('a client that asks for MessagePack gets it, with timestamps of that format', async () => {
  await using world = await brokerWorld()
  using stream = await openStream(world, '/v2/sip', {
    'Content-Type': 'application/msgpack',
    'APCA-API-KEY-ID': KEYS.key,
    'APCA-API-SECRET-KEY': KEYS.secret,
  })
  expect(await stream.frame()).toEqual([{ T: 'success', msg: 'connected' }])
  expect(await stream.frame()).toEqual([{ T: 'success', msg: 'authenticated' }])
  await stream.ask({ action: 'subscribe', trades: ['*'], quotes: ['*'] })
  await world.advance({ seconds: 1 })
  const told = await stream.frame()
  expect(told.length).toBeGreaterThan(200)
  expect(told[0].t.toISOString()).toBe('2026-11-20T17:00:01.000Z')
})

test('who has wrong keys, none in time, one that may not or one too many is told so and cut off', async () => {
  await using world = await brokerWorld({ maxDataStreamsPerKey: 1, dataAuthTimeoutMs: 100 })
  using wrong = await openStream(world)
  await wrong.frame()
  expect(await wrong.ask({ ...AUTH, secret: 'guess' })).toEqual(error(402))
  expect(await wrong.closed).toBe(1008)
  using late = await openStream(world)
  await late.frame()
  expect(await late.frame()).toEqual(error(404))
  expect(await late.closed).toBe(1008)
  using first = await openAuthenticated(world)
  using second = await openStream(world)
  await second.frame()
  expect(await second.ask(AUTH)).toEqual(error(406))
  expect(first.socket.readyState).toBe(WebSocket.OPEN)
  const key = await world.must(
    world.call('POST', '/_ops/keys', { name: 'no data', scopes: { trading: 'write' } }),
  )
  using closed = await openStream(world)
  await closed.frame()
  expect(await closed.ask({ action: 'auth', key: key.id, secret: key.secret })).toEqual(error(409))
})

test('a reader that does not read is told so and cut off, and the others hear on', async () => {
  await using world = await brokerWorld({ slowReaderMs: 60_000 })
  using slow = await openAuthenticated(world)
  using quick = await openAuthenticated(world)
  await quick.ask({ action: 'subscribe', trades: ['KO'] })
  const symbols = Array.from({ length: 1_000 }, (_, index) => `OF.NOBODY.AT.ALL${index + 1_000}`)
  const channels = ['trades', 'quotes', 'bars', 'updatedBars', 'dailyBars', 'statuses', 'lulds']
  for (const channel of channels) await slow.ask({ action: 'subscribe', [channel]: symbols })
  slow.socket.pause()
  // Each answer is some hundred kilobytes long.
  for (let request = 0; request < 90; request += 1) slow.say({ action: 'subscribe' })
  await world.advance({ seconds: 1 })
  expect(await quick.frame()).toMatchObject([{ T: 't', S: 'KO' }])
  slow.socket.resume()
  expect(await slow.closed).toBe(1008)
  expect(slow.frames.at(-1)).toEqual(error(407))
  expect(quick.socket.readyState).toBe(WebSocket.OPEN)
})

test('other addresses and other protocols are answered as plain HTTP', async () => {
  await using world = await brokerWorld()
  const failure = await openStream(world, '/v2/nothing').catch((reason: Error) => reason.message)
  expect(failure).toContain('404')
  // As Java's client does with every first request.
  const headers = { authorization: BASIC, connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c' }
  const status = await new Promise((resolve, reject) => {
    const request = get(`${world.broker.url}/v1/clock`, { headers }, (answer) =>
      resolve(answer.resume().statusCode),
    )
    request.on('error', reject)
  })
  expect(status).toBe(200)
})

test('readers are told when the server goes away', async () => {
  const world = await brokerWorld()
  using stream = await openAuthenticated(world)
  await world[Symbol.asyncDispose]()
  expect(await stream.closed).toBe(1001)
})

test('a halt and its end are announced once to those who were there, in the words of the listing exchange', async () => {
  await using world = await brokerWorld()
  const halt = async (symbol: string, halted: boolean) => {
    expect((await world.call('POST', `/_sim/market/${symbol}`, { halted })).status).toBe(200)
    await world.advance({ seconds: 1 })
  }
  using stream = await openAuthenticated(world)
  await stream.ask({ action: 'subscribe', statuses: ['AAPL', 'KO'] })

  await halt('AAPL', true)
  const halted = { T: 's', S: 'AAPL', sc: 'H', sm: 'Trading Halt', rc: 'O1', rm: 'Operational halt', z: 'C' }
  expect(await stream.frame()).toEqual([{ ...halted, t: '2026-11-20T17:00:00Z' }])

  using later = await openAuthenticated(world)
  await later.ask({ action: 'subscribe', statuses: ['*'] })
  await halt('KO', true)
  const koka = { T: 's', S: 'KO', sc: '2', sm: 'Trading Halt', rc: 'X', rm: 'Operational halt', z: 'A' }
  for (const reader of [stream, later]) {
    expect(await reader.frame()).toEqual([{ ...koka, t: '2026-11-20T17:00:01Z' }])
  }
  await halt('AAPL', false)
  const resumed = { T: 's', S: 'AAPL', sc: 'T', sm: 'Trading Resumption', rc: '', rm: '', z: 'C' }
  for (const reader of [stream, later]) {
    expect(await reader.frame()).toEqual([{ ...resumed, t: '2026-11-20T17:00:02Z' }])
  }
  // Another rule of the same asset is not another halt.
  expect((await world.call('POST', '/_sim/market/KO', { spread_percent: 200 })).status).toBe(200)
  await world.advance({ seconds: 1 })
  await stream.ask({ action: 'subscribe', quotes: ['KO'] })
  await world.advance({ seconds: 1 })
  expect((await stream.frame()).map(({ T }) => T)).toEqual(['q'])
})
