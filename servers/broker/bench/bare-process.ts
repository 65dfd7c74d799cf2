import { createServer, type ServerResponse } from 'node:http'
import { reportMemory } from './memory.ts'

/** The least that a server of events can do: no database, no cursors, every event to everyone. For comparison. */
const readers = new Set<ServerResponse>()

const server = createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(':heartbeat\n\n')
  readers.add(response)
  request.on('close', () => readers.delete(response))
})
let number = 0

server.listen(0, '127.0.0.1', 4_096, () => {
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  process.send?.({ kind: 'listening', url: `http://127.0.0.1:${port}` })
})
reportMemory()
process.on('message', ({ kind, padding = '' }: { kind: string; padding?: string }) => {
  if (kind === 'stop') process.exit(0)
  if (kind !== 'emit') return
  number += 1
  const data = `{"account_id":"${padding}","at":"${new Date().toISOString()}","event_id":${number}}`
  const frame = Buffer.from(`id: ${number}\ndata: ${data}\n\n`)
  for (const reader of readers) reader.write(frame)
})
process.on('disconnect', () => process.exit(0))
