import { DomainError } from '@paddock/kernel'
import type { HttpServer } from './server.ts'

export class PortRefused extends DomainError<'port_busy' | 'port_not_allowed' | 'address_not_available'> {
  override readonly name = 'PortRefused'
}

const refusals = {
  EADDRINUSE: 'port_busy',
  EACCES: 'port_not_allowed',
  EADDRNOTAVAIL: 'address_not_available',
} as const

/** Starts listening and answers the base URL. Port 0 takes any free one. */
export async function listen(app: HttpServer, at: { host: string; port: number }) {
  try {
    await app.listen({ host: at.host, port: at.port })
  } catch (error) {
    const code = (error as { code?: string }).code
    if (code !== undefined && code in refusals) {
      throw new PortRefused(refusals[code as keyof typeof refusals], { ...at })
    }
    throw error
  }
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : at.port
  const host = at.host.includes(':') ? `[${at.host}]` : at.host
  return `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`
}
