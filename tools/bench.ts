import { runSteps } from './run.ts'

const flags = process.argv.slice(2)

process.exitCode = await runSteps([
  { name: 'ledger', command: ['node', 'packages/ledger/bench/ledger.bench.ts', ...flags] },
])
