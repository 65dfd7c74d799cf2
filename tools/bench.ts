import { runSteps } from './run.ts'

const flags = process.argv.slice(2)

process.exitCode = await runSteps([
  { name: 'ledger', command: ['node', 'packages/ledger/bench/ledger.bench.ts', ...flags] },
  {
    name: 'streams',
    command: ['node', 'servers/broker/bench/streams.bench.ts', ...flags.filter((flag) => flag === '--quick')],
  },
])
