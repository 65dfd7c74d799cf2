import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
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

const durationMs = options.quick ? 700 : 3_000
const batchSizes = options.quick ? [1, 1_000] : [1, 10, 100, 1_000]
const writerCounts = [1, 8]
const accountCounts = options.quick ? [1_000] : [1_000, 100_000]

await using stage = await openStage(options.database)
const settings = await stage.settings()
console.log(
  `Ledger: transfers per second, PostgreSQL ${settings['server_version']}, fsync ${settings['fsync']}`,
)
console.log(heading)

const lines: Line[] = []
for (const accounts of accountCounts) {
  for (const writers of writerCounts) {
    const trial = async (contestant: Contestant, batch: number): Promise<Speed> => {
      await stage.reset(accounts)
      const sources = Array.from({ length: writers }, (_, index) =>
        workload(accounts, batch, 7919 * (index + 1)),
      )
      return measure(contestant, sources, durationMs)
    }
    const plain = await trial(plainLoop(stage.db), 1)
    for (const batch of batchSizes) {
      const raw = await trial(rawInsert(stage.db), batch)
      const ledger = await trial(ledgerPost(stage.db), batch)
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
