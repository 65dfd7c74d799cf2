import { WorldClock } from '@paddock/service'
import { startBank } from '../src/index.ts'

/**
 * A bank in a process of its own that leaps to the instants it is given, and ends like in a power cut at the
 * given occurrence of a step. Run by operator-kill.test.ts.
 */
const { databaseUrl, folder, fileKey, from, to, killAt } = JSON.parse(process.argv[2] ?? '{}') as {
  databaseUrl: string
  folder: string
  fileKey: string
  from: string
  to: string
  killAt?: { step: string; occurrence: number }
}

const seen = new Map<string, number>()
const clock = new WorldClock({ frozenAt: Temporal.Instant.from(from) })
const bank = await startBank({
  host: '127.0.0.1',
  port: 0,
  databaseUrl,
  clock,
  keys: { clientId: 'killed', secret: 'killed' },
  cipherKey: Buffer.alloc(32, 7),
  linkOrigins: [],
  logLevel: 'silent',
  seed: 'test',
  ach: {
    folder,
    fileKeys: [Buffer.from(fileKey, 'hex')],
    onStep(step) {
      const count = (seen.get(step) ?? 0) + 1
      seen.set(step, count)
      if (step === killAt?.step && count === killAt.occurrence) process.kill(process.pid, 'SIGKILL')
    },
  },
})
await clock.advanceTo(Temporal.Instant.from(to))
await bank.close()
console.log(JSON.stringify(Object.fromEntries(seen)))
