import { runSteps } from './run.ts'

const words = process.argv.slice(2)
const flags = words.filter((word) => word === '--quick')

const benchmarks = [
  { name: 'ledger', command: ['node', 'packages/ledger/bench/ledger.bench.ts', ...flags] },
  { name: 'nacha', command: ['node', 'packages/nacha/bench/nacha.bench.ts', ...flags] },
  { name: 'streams', command: ['node', 'servers/broker/bench/streams.bench.ts', ...flags] },
  { name: 'orders', command: ['node', 'servers/broker/bench/orders.bench.ts', ...flags] },
]

/** All of them, or those that are named: `npm run bench -- orders --quick`. */
const wanted = words.filter((word) => !word.startsWith('--'))
const unknown = wanted.filter((word) => !benchmarks.some(({ name }) => name === word))
if (unknown.length > 0) {
  console.error(`There is no benchmark called ${unknown.join(', ')}.`)
  process.exitCode = 2
} else {
  process.exitCode = await runSteps(
    benchmarks.filter(({ name }) => wanted.length === 0 || wanted.includes(name)),
  )
}
