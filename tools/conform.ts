import { parseArgs } from 'node:util'
import { runSteps } from './run.ts'

const USAGE = 'npm run conform -- <url> --key <key> --secret <secret> [--firm <account id>]'

/** Runs the conformance suite against any server of the Broker API: ours, or the vendor's sandbox. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { key: { type: 'string' }, secret: { type: 'string' }, firm: { type: 'string' } },
})
const [url] = positionals
if (url === undefined || values.key === undefined || values.secret === undefined) {
  console.error(USAGE)
  process.exit(2)
}
process.env.CONFORM_URL = url
process.env.CONFORM_KEY = values.key
process.env.CONFORM_SECRET = values.secret
if (values.firm !== undefined) process.env.CONFORM_FIRM_ACCOUNT = values.firm

process.exitCode = await runSteps([
  {
    name: `conformance of ${url}`,
    command: [
      'vitest',
      'run',
      '--project',
      'conformance',
      '--testTimeout=600000',
      '--hookTimeout=600000',
      // What is about our own code rather than about a server stays out.
      '--exclude=**/coverage.test.ts',
      '--exclude=**/models.test.ts',
    ],
  },
])
