import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { startBank } from '@paddock/bank'
import { startBroker } from '@paddock/broker'
import { startPlatform } from '@paddock/platform'
import { achDropOf, achOf } from './ach-settings.ts'
import { type ServerName, type StartArguments, serverNames } from './arguments.ts'
import { brokerRulesOf } from './broker-rules.ts'
import { makeDataFolder, refuseLostSecrets, wipeData } from './data-folder.ts'
import { type Database, migrateServers, openServerDatabase } from './database.ts'
import { openWorldClock } from './persisted-clock.ts'
import { portOf, refuseBusyPorts } from './ports.ts'
import { lockServers } from './process-lock.ts'
import { openSecrets, type Secrets } from './secrets.ts'
import { dataDirOf, type Settings } from './settings.ts'
import { upstreamsOf } from './upstreams.ts'

export interface Stack {
  /** Base URLs of the servers that this process runs. */
  urls: Partial<Record<ServerName, string>>
  platform: Awaited<ReturnType<typeof startPlatform>> | undefined
  stop(): Promise<void>
}

/**
 * Database, migrations, then bank, broker and platform, each on its own port. Whatever was started is
 * stopped again, last first, when a later part cannot be.
 */
export async function startStack(settings: Settings, asked: StartArguments): Promise<Stack> {
  const undo: (() => Promise<void> | void)[] = []
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const servers = asked.servers.filter((server) => isOurs(settings, server))
    const dataDir = dataDirOf(settings)
    await refuseBusyPorts(settings, servers)
    await makeDataFolder(dataDir)
    const unlock = await lockServers(dataDir, { servers, fresh: asked.fresh })
    undo.push(unlock)
    if (asked.fresh) await wipeData(settings)
    await refuseLostSecrets(dataDir)
    const secrets = await openSecrets(dataDir)
    const database = await openServerDatabase(settings, secrets)
    undo.push(() => database.stop())
    await migrateServers(database, servers, secrets)
    const clock = openWorldClock(dataDir)
    undo.push(() => clock[Symbol.dispose]())

    const running = await startServers({ settings, servers, secrets, database, clock, undo })
    return { ...running, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A vendor's own server takes the place of ours: then ours is not started. */
function isOurs(settings: Settings, server: ServerName): boolean {
  if (server === 'bank') return settings.PADDOCK_BANK === 'embedded'
  if (server === 'broker') return settings.PADDOCK_BROKER === 'embedded'
  return true
}

interface Parts {
  settings: Settings
  servers: readonly ServerName[]
  secrets: Secrets
  database: Database
  clock: ReturnType<typeof openWorldClock>
  undo: (() => Promise<void> | void)[]
}

async function startServers({ settings, servers, secrets, database, clock, undo }: Parts) {
  const urls: Stack['urls'] = {}
  const upstreams = upstreamsOf(settings)
  const common = (server: ServerName) => ({
    host: settings.PADDOCK_HOST,
    port: portOf(settings, server),
    databaseUrl: database.serverUrl(server),
    cipherKey: Buffer.from(secrets[`${server}_key`], 'base64'),
    logLevel: settings.PADDOCK_LOG_LEVEL,
    webOrigins: upstreams.webOrigins,
  })
  let platform: Stack['platform']
  for (const server of serverNames.filter((name) => servers.includes(name))) {
    if (server === 'bank') {
      const bank = await startBank({
        ...common('bank'),
        clock,
        keys: upstreams.bankKeys,
        linkOrigins: [...upstreams.webOrigins],
        ach: achDropOf(settings, secrets),
        seed: settings.PADDOCK_MARKET_SEED,
      })
      undo.push(() => bank.close())
      urls.bank = bank.url
    } else if (server === 'broker') {
      const broker = await startBroker({
        ...common('broker'),
        clock,
        keys: upstreams.brokerKeys,
        bank: upstreams.bank,
        ach: achOf(settings, secrets),
        marketHours: settings.PADDOCK_MARKET_HOURS,
        seed: settings.PADDOCK_MARKET_SEED,
        ...brokerRulesOf(settings),
      })
      undo.push(() => broker.close())
      urls.broker = broker.url
    } else {
      const started = await startPlatform({
        ...common('platform'),
        signingKey: secrets.signing_key,
        broker: upstreams.broker,
        bank: upstreams.platformBank,
        sandbox: upstreams.sandbox,
        demo: upstreams.demo,
        webDir: webDir(),
      })
      undo.push(() => started.close())
      urls.platform = started.url
      platform = started
    }
  }
  return { urls, platform }
}

function webDir(): string {
  const built = fileURLToPath(new URL('../../web/dist', import.meta.url))
  return existsSync(path.join(built, 'index.html'))
    ? built
    : fileURLToPath(new URL('../../web', import.meta.url))
}
