import type { FastifyPluginAsync } from 'fastify'
import type { PlatformContext } from '../context.ts'
import { IdentityRefused } from '../identity/identity-refused.ts'
import { findCaller } from '../identity/sessions-store.ts'
import type { Listener } from '../live/live-hub.ts'
import { callerOf } from './access.ts'
import { dataHeaders } from './headers.ts'

const HEARTBEAT_MS = 15_000
/** Tabs of one person. */
const MOST_STREAMS = 20
/** A page that reads so slowly is told to come again. */
const MOST_UNREAD_BYTES = 64 * 1024

/** Tells the pages of a user that something changed; they fetch it themselves. */
export const eventRoutes: FastifyPluginAsync<{ ctx: PlatformContext }> = async (app, { ctx }) => {
  app.get('/api/events', { exposeHeadRoute: false }, async (request, reply) => {
    const caller = callerOf(request)
    if (ctx.live.countOf(caller.id) >= MOST_STREAMS) throw new IdentityRefused('too_many_streams')
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      ...dataHeaders,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    })
    const write = (text: string) => {
      if (raw.writableLength > MOST_UNREAD_BYTES) raw.destroy()
      else raw.write(text)
    }
    const listener: Listener = {
      userId: caller.id,
      sessionId: caller.sessionId,
      tell: (message) => write(`data: ${JSON.stringify(message)}\n\n`),
      close: () => raw.end(),
    }
    const leave = ctx.live.add(listener)
    const heartbeat = setInterval(async () => {
      // A session may also have ended by age or on another process.
      const alive = await findCaller(ctx.db, { id: caller.sessionId }, ctx.clock.now()).catch(() => undefined)
      if (alive === undefined) raw.end()
      else write(':heartbeat\n\n')
    }, HEARTBEAT_MS)
    raw.on('error', () => undefined)
    raw.on('close', () => {
      clearInterval(heartbeat)
      leave()
    })
    listener.tell({ type: 'hello' })
  })
}
