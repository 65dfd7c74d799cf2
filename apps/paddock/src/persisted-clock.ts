import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { WorldClock } from '@paddock/service'

const FILE = 'world-clock.json'

/**
 * The world clock of a data folder: how far it is ahead of real time is kept in a file, so that the world
 * does not fall back when the process ends, and so that servers in several processes share one time.
 */
export function openWorldClock(dataDir: string): WorldClock & Disposable {
  const file = path.join(dataDir, FILE)
  const clock = new WorldClock({
    aheadOfRealTimeMs: readAheadMs(file),
    onMoved(aheadMs) {
      const half = `${file}.${process.pid}`
      writeFileSync(half, `${JSON.stringify({ ahead_of_real_time_ms: aheadMs })}\n`)
      renameSync(half, file)
    },
  })
  // Another process on the same folder may have moved it.
  const timer = setInterval(() => {
    const there = Temporal.Now.instant().add({ milliseconds: readAheadMs(file) })
    if (Temporal.Instant.compare(there, clock.now().add({ milliseconds: 50 })) > 0) clock.moveTo(there)
  }, 250)
  timer.unref()
  return Object.assign(clock, { [Symbol.dispose]: () => clearInterval(timer) })
}

function readAheadMs(file: string): number {
  try {
    const { ahead_of_real_time_ms: aheadMs } = JSON.parse(readFileSync(file, 'utf8'))
    return typeof aheadMs === 'number' && Number.isFinite(aheadMs) ? Math.trunc(aheadMs) : 0
  } catch {
    return 0
  }
}
