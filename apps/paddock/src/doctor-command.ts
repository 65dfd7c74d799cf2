import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { serverNames } from './arguments.ts'
import { makeDataFolder } from './data-folder.ts'
import { findRunningDatabase } from './database.ts'
import { explain } from './explain.ts'
import { busyPorts } from './ports.ts'
import { runningServers } from './process-lock.ts'
import { findSecrets } from './secrets.ts'
import { dataDirOf, readSettings, type Settings } from './settings.ts'
import { upstreamsOf } from './upstreams.ts'

/** `npm run doctor`: checks what Paddock needs, one line each, and says how to mend what is wrong. */
interface Finding {
  ok: boolean
  what: string
  mend?: string
}

const MINIMUM_FREE_BYTES = 1_000_000_000n
const PROBE_TIMEOUT_MS = 10_000

if (existsSync('.env')) process.loadEnvFile('.env')
const read = readSettings(process.env)
const findings: Finding[] = [checkNode()]
if (read.ok) findings.push(...(await checkMachine(read.settings)), ...(await checkUpstreams(read.settings)))
else
  findings.push(...read.problems.map((problem) => ({ ok: false, what: problem, mend: 'See .env.example.' })))

for (const { ok, what, mend } of findings) {
  console.log(`${ok ? 'ok  ' : 'FAIL'}  ${what}`)
  if (!ok && mend !== undefined) console.log(`      ${mend}`)
}
process.exitCode = findings.every(({ ok }) => ok) ? 0 : 1

function checkNode(): Finding {
  return {
    ok: Number(process.versions.node.split('.')[0]) >= 26,
    what: `Node ${process.version} (pinned by the repository)`,
  }
}

async function checkMachine(settings: Settings): Promise<Finding[]> {
  const dataDir = dataDirOf(settings)
  const running = await runningServers(dataDir)
  const others = serverNames.filter((name) => !running.includes(name))
  const busy = await busyPorts(settings, others)
  const findings: Finding[] = [
    {
      ok: true,
      what: running.length === 0 ? 'Paddock is not running' : `running now: ${running.join(', ')}`,
    },
    ...busy.map(({ server, port }) => ({
      ok: false,
      what: `port ${port} (${server}) is in use`,
      mend: `Stop what uses it, or set PADDOCK_${server.toUpperCase()}_PORT.`,
    })),
  ]
  if (busy.length === 0) findings.push({ ok: true, what: 'the ports are free or ours' })
  return [...findings, await checkFolder(dataDir), await checkDatabase(settings, dataDir)]
}

async function checkFolder(dataDir: string): Promise<Finding> {
  try {
    await makeDataFolder(dataDir)
    const { bavail, bsize } = await statfs(dataDir, { bigint: true })
    const free = bavail * bsize
    const what = `${dataDir}: ${free / 1_000_000n} MB free`
    return { ok: free >= MINIMUM_FREE_BYTES, what, mend: 'Free at least 1 GB, or set PADDOCK_DATA_DIR.' }
  } catch (error) {
    return { ok: false, what: explain(error) }
  }
}

async function checkDatabase(settings: Settings, dataDir: string): Promise<Finding> {
  try {
    const secrets = await findSecrets(dataDir)
    if (secrets === undefined) return { ok: true, what: 'no data yet: the first start makes it' }
    const running = await findRunningDatabase(settings, secrets)
    return { ok: true, what: running === undefined ? 'the database is stopped' : 'the database answers' }
  } catch (error) {
    return { ok: false, what: explain(error) }
  }
}

async function checkUpstreams(settings: Settings): Promise<Finding[]> {
  const { broker, platformBank } = upstreamsOf(settings)
  const findings: Finding[] = []
  if (broker.mode === 'alpaca') {
    const key = Buffer.from(`${broker.key}:${broker.secret}`).toString('base64')
    const mend = 'Check APCA_BROKER_API_KEY, APCA_BROKER_API_SECRET and APCA_ENV.'
    findings.push(
      await probe('Alpaca', mend, `${broker.baseUrl}/v1/clock`, {
        headers: { authorization: `Basic ${key}` },
      }),
    )
  }
  if (platformBank.mode === 'plaid') {
    const body = JSON.stringify({
      client_id: platformBank.clientId,
      secret: platformBank.secret,
      count: 1,
      offset: 0,
      country_codes: ['US'],
    })
    const headers = { 'content-type': 'application/json' }
    const mend = 'Check PLAID_CLIENT_ID, PLAID_SECRET and PLAID_ENV.'
    findings.push(
      await probe('Plaid', mend, `${platformBank.baseUrl}/institutions/get`, {
        method: 'POST',
        headers,
        body,
      }),
    )
  }
  return findings
}

/** One harmless call with the keys; names the status, never the keys. */
async function probe(vendor: string, mend: string, url: string, request: RequestInit): Promise<Finding> {
  try {
    const response = await fetch(url, {
      ...request,
      redirect: 'manual',
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
    })
    return { ok: response.ok, what: `${vendor} answered ${response.status} to a test call`, mend }
  } catch (error) {
    return {
      ok: false,
      what: `${vendor} could not be reached: ${error instanceof Error ? error.message : error}`,
      mend,
    }
  }
}
