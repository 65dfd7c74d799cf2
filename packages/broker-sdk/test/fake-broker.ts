import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createBrokerClient } from '../src/index.ts'

/** A server that answers what the test says, to see what the client makes of it. */
export async function brokerAnswering(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
  options: { timeoutMs?: number } = {},
) {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    answer(request, response, body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const baseUrl = `http://127.0.0.1:${address.port}`
  const client = createBrokerClient({
    baseUrl: `${baseUrl}/`,
    key: 'key',
    secret: 'sécret',
    ...options,
  })
  return {
    baseUrl,
    client,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req-1' })
  response.end(JSON.stringify(body))
}
