import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { readSettings } from '../../apps/paddock/src/settings.ts'
import { startStack } from '../../apps/paddock/src/stack.ts'
import { environmentOf, newPlace, runStackProcess } from '../support/running-stack.ts'

const DEMO_KEY = {
  'APCA-API-KEY-ID': 'paddock-demo-key',
  'APCA-API-SECRET-KEY': 'paddock-demo-secret',
}
const RETIRED_STREAM = '/v1/events/trades?since=2026-01-01&until=2026-01-02'

/** The broker alone, as the environment asks for it, on data of its own. */
async function brokerWith(environment: Readonly<Record<string, string>>) {
  const place = await newPlace()
  const read = readSettings({ ...environmentOf(place), PADDOCK_LOG_LEVEL: 'silent', ...environment })
  if (!read.ok) throw new Error(read.problems.join('\n'))
  const stack = await startStack(read.settings, { fresh: false, demo: false, servers: ['broker'] })
  return {
    dataStream: `${stack.urls.broker}/v2/iex`.replace('http', 'ws'),
    call: (route: string) => fetch(`${stack.urls.broker}${route}`, { headers: DEMO_KEY }),
    async [Symbol.asyncDispose]() {
      await stack.stop()
      await place[Symbol.asyncDispose]()
    },
  }
}

type Broker = Awaited<ReturnType<typeof brokerWith>>

async function journalLimitsOf(broker: Broker) {
  const firm = (await (await broker.call('/_ops/firm')).json()) as { journal_limits: object }
  return firm.journal_limits
}

/** How many of two streams are open at once; the server learns of a reader's end later than the reader. */
async function openTwoStreams(broker: Broker): Promise<number[]> {
  const first = await broker.call('/v1/events/accounts/status')
  const second = await broker.call('/v1/events/accounts/status')
  await Promise.all([first.body?.cancel(), second.body?.cancel()])
  return [first.status, second.status]
}

/** What three connections to the data stream hear last: two with the key, one that says nothing. */
async function lastWordsOfDataStreams(broker: Broker): Promise<string[]> {
  const words: string[] = []
  const sockets: WebSocket[] = []
  const keys = { key: DEMO_KEY['APCA-API-KEY-ID'], secret: DEMO_KEY['APCA-API-SECRET-KEY'] }
  for (const says of [keys, keys, undefined]) {
    const socket = new WebSocket(broker.dataStream)
    sockets.push(socket)
    const heard = new Promise<string>((resolve) => {
      socket.on('message', (data: Buffer) => {
        const [{ msg }] = JSON.parse(data.toString())
        if (msg !== 'connected') resolve(msg)
        else if (says !== undefined) socket.send(JSON.stringify({ action: 'auth', ...says }))
      })
    })
    words.push(await heard)
  }
  for (const socket of sockets) socket.terminate()
  return words
}

test('the rules of the broker are those that the environment sets', async () => {
  await using broker = await brokerWith({
    PADDOCK_REQUESTS_PER_MINUTE: '20',
    PADDOCK_REQUESTS_COUNTED_BY: 'account',
    PADDOCK_STREAMS_PER_KEY: '1',
    PADDOCK_DATA_STREAMS_PER_KEY: '1',
    PADDOCK_DATA_AUTH_TIMEOUT_MS: '1500',
    PADDOCK_RETIRED_EVENTS: 'gone',
    PADDOCK_JOURNAL_LIMIT_USD: '0',
    PADDOCK_JOURNAL_DAY_LIMIT_USD: '2500.5',
    PADDOCK_JOURNALS_BETWEEN_CUSTOMERS: 'refused',
  })
  expect(await journalLimitsOf(broker)).toEqual({
    per_journal: '0',
    per_day: '2500.5',
    used_today: '0',
    between_customers: false,
  })
  expect((await broker.call(RETIRED_STREAM)).status).toBe(410)
  expect(await openTwoStreams(broker)).toEqual([200, 429])
  expect(await lastWordsOfDataStreams(broker)).toEqual([
    'authenticated',
    'connection limit exceeded',
    'auth timeout',
  ])

  const clock = await broker.call('/v1/clock')
  expect(clock.headers.get('x-ratelimit-limit')).toBe('20')
  const account = await broker.call(`/v1/accounts/${crypto.randomUUID()}`)
  expect(account.headers.get('x-ratelimit-remaining')).toBe('19')
})

test('what is not set is as .env.example says', async () => {
  const example = await readFile(
    path.join(fileURLToPath(new URL('../..', import.meta.url)), '.env.example'),
    'utf8',
  )
  const documented = (name: string) => new RegExp(`^# PADDOCK_${name}=(.*)$`, 'm').exec(example)?.[1]
  await using broker = await brokerWith({})
  expect(await journalLimitsOf(broker)).toEqual({
    per_journal: String(Number(documented('JOURNAL_LIMIT_USD'))),
    per_day: String(Number(documented('JOURNAL_DAY_LIMIT_USD'))),
    used_today: '0',
    between_customers: documented('JOURNALS_BETWEEN_CUSTOMERS') === 'allowed',
  })
  expect((await broker.call(RETIRED_STREAM)).ok).toBe(documented('RETIRED_EVENTS') === 'served')
  expect(await openTwoStreams(broker)).toEqual([200, 200])

  const clock = await broker.call('/v1/clock')
  expect(clock.headers.get('x-ratelimit-limit')).toBe(documented('REQUESTS_PER_MINUTE'))
})

test('a value that does not fit is refused with what would', async () => {
  await using place = await newPlace()
  const { code, output } = await runStackProcess(place, ['--no-demo'], {
    PADDOCK_REQUESTS_PER_MINUTE: '0',
    PADDOCK_REQUESTS_COUNTED_BY: 'ip',
    PADDOCK_STREAMS_PER_KEY: '1e3',
    PADDOCK_DATA_STREAMS_PER_KEY: '0',
    PADDOCK_DATA_AUTH_TIMEOUT_MS: '99',
    PADDOCK_RETIRED_EVENTS: 'true',
    PADDOCK_JOURNAL_LIMIT_USD: '50.001',
    PADDOCK_JOURNAL_DAY_LIMIT_USD: '-1',
    PADDOCK_JOURNALS_BETWEEN_CUSTOMERS: 'no',
  })
  expect(code).toBe(1)
  for (const sentence of [
    'PADDOCK_REQUESTS_PER_MINUTE="0" is not valid: a whole number from 1 to 1000000 is needed.',
    'PADDOCK_REQUESTS_COUNTED_BY="ip" is not valid: one of key, account is needed.',
    'PADDOCK_STREAMS_PER_KEY="1e3" is not valid: a whole number from 1 to 100000 is needed.',
    'PADDOCK_DATA_STREAMS_PER_KEY="0" is not valid: a whole number from 1 to 10000 is needed.',
    'PADDOCK_DATA_AUTH_TIMEOUT_MS="99" is not valid: a whole number from 100 to 600000 is needed.',
    'PADDOCK_RETIRED_EVENTS="true" is not valid: one of served, gone is needed.',
    'PADDOCK_JOURNAL_LIMIT_USD="50.001" is not valid: an amount of US dollars such as 50.00 is needed.',
    'PADDOCK_JOURNAL_DAY_LIMIT_USD="-1" is not valid: an amount of US dollars such as 50.00 is needed.',
    'PADDOCK_JOURNALS_BETWEEN_CUSTOMERS="no" is not valid: one of allowed, refused is needed.',
  ]) {
    expect(output).toContain(sentence)
  }
})
