import type { HttpServer } from './server.ts'

/** One thing a server needs in order to serve: throws when it is not there. */
export type ReadinessPart = () => Promise<void>

const PART_TIMEOUT_MS = 3_000

/** `GET /ready`: 200 when every part answers in time, otherwise 503; the body names each part. */
export function serveReadiness(app: HttpServer, parts: Readonly<Record<string, ReadinessPart>>): void {
  app.get('/ready', { logLevel: 'silent' }, async (_request, reply) => {
    const checked = await Promise.all(
      Object.entries(parts).map(async ([name, part]) => [name, await isReady(part)] as const),
    )
    const ready = checked.every(([, ok]) => ok)
    return reply.code(ready ? 200 : 503).send({
      status: ready ? 'ready' : 'not_ready',
      parts: Object.fromEntries(checked.map(([name, ok]) => [name, ok ? 'ok' : 'failed'])),
    })
  })
}

async function isReady(part: ReadinessPart): Promise<boolean> {
  const deadline = Promise.withResolvers<never>()
  const timer = setTimeout(() => deadline.reject(new Error('too late')), PART_TIMEOUT_MS)
  try {
    await Promise.race([part(), deadline.promise])
    return true
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}
