import { WorldClock } from '@paddock/service'
import { startBroker } from '../src/index.ts'

/** A broker on somebody else's database whose clock stands at a cut-off, and which dies at one of a file's steps. */
const [databaseUrl = '', folder = '', now = '', step = '', time = '1'] = process.argv.slice(2)
let left = Number(time)

await startBroker({
  host: '127.0.0.1',
  port: 0,
  databaseUrl,
  clock: new WorldClock({ frozenAt: Temporal.Instant.from(now) }),
  keys: { key: 'test-key', secret: 'test-secret' },
  cipherKey: Buffer.alloc(32, 7),
  bank: { baseUrl: 'http://127.0.0.1:9', clientId: 'nobody', secret: 'nothing' },
  ach: {
    folder,
    fileKeys: [Buffer.alloc(32, 9)],
    onStep(reached) {
      if (reached !== step) return
      left -= 1
      if (left === 0) process.kill(process.pid, 'SIGKILL')
    },
  },
  marketHours: 'always',
  webOrigins: [],
  seed: 'broker-tests',
  logLevel: 'silent',
})
