import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  body: Record<string, unknown>
  raw: string
  headers: IncomingHttpHeaders
}

/** An app's endpoint for webhooks: keeps what comes and answers what it is told to. */
export async function webhookReceiver() {
  const received: Received[] = []
  const endpoint = { status: 200 }
  const server: Server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8')
      received.push({ raw, body: JSON.parse(raw) as Record<string, unknown>, headers: req.headers })
      if (endpoint.status === 0) return
      res.writeHead(endpoint.status, { location: '/elsewhere' }).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    received,
    codes: () => received.map(({ body }) => body.webhook_code),
    /** With 0 it says nothing at all. */
    answerWith(status: number) {
      endpoint.status = status
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
