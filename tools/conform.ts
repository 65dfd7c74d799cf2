import { parseArgs } from 'node:util'
import { runSteps } from './run.ts'

const USAGE = `npm run conform -- <url> --key <key> --secret <secret> [--firm <account id>]
npm run conform -- <url> --client-id <id> --secret <secret> [--partner-id <id> --partner-secret <secret>]`

/**
 * Runs a conformance suite against any server: that of the Broker API, or with a client id that of Plaid's
 * API; ours, or the vendor's sandbox.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    key: { type: 'string' },
    secret: { type: 'string' },
    firm: { type: 'string' },
    'client-id': { type: 'string' },
    'partner-id': { type: 'string' },
    'partner-secret': { type: 'string' },
  },
})
const [url] = positionals
const isBank = values['client-id'] !== undefined
if (url === undefined || values.secret === undefined || isBank === (values.key !== undefined)) {
  console.error(USAGE)
  process.exit(2)
}
const settings = isBank
  ? {
      CONFORM_BANK_URL: url,
      CONFORM_CLIENT_ID: values['client-id'],
      CONFORM_SECRET: values.secret,
      CONFORM_PARTNER_ID: values['partner-id'],
      CONFORM_PARTNER_SECRET: values['partner-secret'],
    }
  : {
      CONFORM_URL: url,
      CONFORM_KEY: values.key,
      CONFORM_SECRET: values.secret,
      CONFORM_FIRM_ACCOUNT: values.firm,
    }
for (const [name, value] of Object.entries(settings)) {
  if (value !== undefined) process.env[name] = value
}

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
      ...(isBank ? ['test/conformance/bank'] : ['--exclude=**/conformance/bank/**']),
      // What is about our own code rather than about a server stays out, and what needs our own Link.
      '--exclude=**/coverage.test.ts',
      '--exclude=**/models.test.ts',
      '--exclude=**/checklist.test.ts',
      '--exclude=**/strict-client.test.ts',
      '--exclude=**/samples/**',
    ],
  },
])
