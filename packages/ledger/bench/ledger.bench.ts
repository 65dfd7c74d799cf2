import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { assert } from '@paddock/kernel'
import { type Contestant, ledgerPost, plainLoop, rawInsert } from './contestants.ts'
import { measure, type Speed } from './measure.ts'
import { heading, type Line, lineText } from './report.ts'
import { openStage } from './stage.ts'
import { workload } from './workload.ts'

const { values: options } = parseArgs({
  options: {
    /** A tenth of the time and a part of the table. */
    quick: { type: 'boolean', default: false },
    /** Owner's connection to a running PostgreSQL, instead of an embedded one made for this run. */
    database: { type: 'string' },
    /** Where the JSON goes. */
    out: { type: 'string', default: 'bench-results/ledger.json' },
  },
})

const durationMs = options.quick ? 500 : 1_500
/** In turns, and the better one counts: a neighbour's noise then hits all of them alike. */
const rounds = 2
const batchSizes = options.quick ? [1, 1_000] : [1, 10, 100, 1_000]
const writerCounts = [1, 8]
const accountCounts = options.quick ? [1_000] : [1_000, 100_000]

await using stage = await openStage(options.database)
const settings = await stage.settings()
console.log(`Ledger: transfers per second, PostgreSQL ${settings.server_version}, fsync ${settings.fsync}`)
console.log(heading)

async function race(accounts: number, writers: number, batch: number, contestants: readonly Contestant[]) {
  const best: Speed[] = contestants.map(() => ({ transfersPerSecond: 0, batchP50Ms: 0 }))
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, contestant] of contestants.entries()) {
      await stage.reset(accounts)
      const sources = Array.from({ length: writers }, (_, writer) =>
        workload(accounts, batch, 7919 * (writer + 1)),
      )
      const speed = await measure(contestant, sources, durationMs)
      if (speed.transfersPerSecond > (best[index]?.transfersPerSecond ?? 0)) best[index] = speed
    }
  }
  return best
}

const lines: Line[] = []
for (const accounts of accountCounts) {
  for (const writers of writerCounts) {
    const [plain] = await race(accounts, writers, 1, [plainLoop(stage.db)])
    for (const batch of batchSizes) {
      const [raw, ledger] = await race(accounts, writers, batch, [rawInsert(stage.db), ledgerPost(stage.db)])
      assert(plain !== undefined && raw !== undefined && ledger !== undefined)
      const line = { accounts, writers, batch, ledger, plain, raw }
      lines.push(line)
      console.log(lineText(line))
    }
  }
}

const result = {
  benchmark: 'ledger',
  quick: options.quick,
  cores: availableParallelism(),
  settings,
  durationMs,
  lines,
}
await mkdir(new URL('.', `file://${process.cwd()}/${options.out}`), { recursive: true })
await writeFile(options.out, `${JSON.stringify(result, null, 2)}\n`)
console.log(`\nWritten to ${options.out}`)
