import type { Step } from './run.ts'

const format: Step = { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings', '.'] }
const types: Step = { name: 'types', command: ['tsc', '-p', '.', '--noEmit'] }

/** Everything without a server: for the inner loop. */
export const quickSteps: readonly Step[] = [
  format,
  types,
  { name: 'rules and units', command: ['vitest', 'run', '--project', 'quick'] },
]

/** What CI runs, and nothing else. */
export const allSteps: readonly Step[] = [
  format,
  types,
  { name: 'generated types match the migrations', command: ['node', 'tools/db-sync.ts', '--check'] },
  { name: 'web build', command: ['npm', 'run', '--silent', 'build', '-w', '@paddock/web'] },
  { name: 'browser', command: ['playwright', 'test'] },
  { name: 'rules, units, servers, journeys', command: ['vitest', 'run'] },
]
