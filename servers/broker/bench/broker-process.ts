import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { WorldClock } from '@paddock/service'
import { startBroker } from '../src/index.ts'
import { reportMemory } from './memory.ts'
import { KEYS, reading } from './messages.ts'

/** The broker alone in a process, so that its memory and its delays are its own. */
const [databaseUrl = ''] = process.argv.slice(2)

const broker = await startBroker({
  host: '127.0.0.1',
  port: 0,
  databaseUrl,
  clock: new WorldClock(),
  keys: KEYS,
  cipherKey: Buffer.alloc(32, 7),
  bank: { baseUrl: 'http://127.0.0.1:9', clientId: 'nobody', secret: 'nothing' },
  ach: { folder: await mkdtemp(path.join(tmpdir(), 'paddock-bench-')), fileKeys: [Buffer.alloc(32, 9)] },
  marketHours: 'always',
  webOrigins: [],
  seed: 'bench',
  logLevel: 'error',
  requestsPerMinute: 10_000_000,
  maxStreamsPerKey: 20_000,
  slowReaderMs: 4_000,
})
reportMemory()
process.send?.({ kind: 'listening', url: broker.url })
process.on('message', async (message: { kind: string }) => {
  if (message.kind === 'collect') {
    globalThis.gc?.()
    // What was waiting for the end of other objects goes in a second round.
    await sleep(200)
    globalThis.gc?.()
    process.send?.(reading(process.memoryUsage()))
  }
  if (message.kind !== 'stop') return
  await broker.close()
  process.exit(0)
})
process.on('disconnect', () => process.exit(0))
