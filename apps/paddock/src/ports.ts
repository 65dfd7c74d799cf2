import { createServer } from 'node:net'
import type { ServerName } from './arguments.ts'
import type { Settings } from './settings.ts'
import { StartRefused } from './start-refused.ts'

export function portOf(settings: Settings, server: ServerName): number {
  const ports = {
    bank: settings.PADDOCK_BANK_PORT,
    broker: settings.PADDOCK_BROKER_PORT,
    platform: settings.PADDOCK_PLATFORM_PORT,
  }
  return ports[server]
}

/** The ports among those of `servers` that something else listens on. */
export async function busyPorts(settings: Settings, servers: readonly ServerName[]) {
  const busy: { server: ServerName; port: number }[] = []
  for (const server of servers) {
    const port = portOf(settings, server)
    if (port !== 0 && !(await isFree(settings.PADDOCK_HOST, port))) busy.push({ server, port })
  }
  return busy
}

/** Refuses before anything is started, naming every busy port at once. */
export async function refuseBusyPorts(settings: Settings, servers: readonly ServerName[]): Promise<void> {
  const busy = await busyPorts(settings, servers)
  if (busy.length === 0) return
  const lines = busy.map(
    ({ server, port }) =>
      `  ${port} (${server}): stop what uses it, or set PADDOCK_${server.toUpperCase()}_PORT`,
  )
  throw new StartRefused('ports_busy', {
    message: `${busy.length === 1 ? 'A port is' : 'Ports are'} in use on ${settings.PADDOCK_HOST}:\n${lines.join('\n')}\nNothing was started.`,
  })
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)))
  })
}
