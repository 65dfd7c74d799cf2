import { runSteps, type Step } from './run.ts'

/** What a release is tried with: the tests of the order engine, with many more rounds. About half an hour and more. */
Object.assign(process.env, {
  MODEL_RUNS: '2000',
  RACE_ROUNDS: '10000',
  ORDER_KILL_SECONDS: '600',
  ORDER_KILLS: '10',
  OPERATOR_CUTS: 'all',
  ...process.env,
})

const soak = (name: string, path: string): Step => ({ name, command: ['vitest', 'run', path] })

process.exitCode = await runSteps([
  soak('model of an order', 'servers/broker/test/order-model'),
  soak('races', 'servers/broker/test/order-races'),
  soak('mixed load with kills', 'test/journeys/order-kill'),
  soak('ACH operator with kills', 'servers/bank/test/operator-kill'),
])
