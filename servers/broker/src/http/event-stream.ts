import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { BrokerContext } from '../context.ts'
import { countEventsAfter, type LoggedEvent, readEvents, type Subscription } from '../events/read-events.ts'
import { StreamRefused } from '../events/stream-query.ts'

const MAX_STREAMS = 25
const DEFAULT_HEARTBEAT_MS = 10_000
const DEFAULT_SLOW_READER_MS = 10_000

/** The open streams of one server: counted, and ended when it closes. */
export class OpenStreams {
  readonly #open = new Set<AbortController>()

  take(): AbortController {
    if (this.#open.size >= MAX_STREAMS) throw new StreamRefused('too_many_streams')
    const controller = new AbortController()
    this.#open.add(controller)
    return controller
  }

  release(controller: AbortController): void {
    this.#open.delete(controller)
  }

  endAll(): void {
    for (const controller of this.#open) controller.abort()
  }
}

/**
 * Answers with server-sent events: chunked, uncompressed, a comment now and then so that nobody in between
 * takes it for dead (contracts/alpaca/events.md §2). Ends with its bound, its reader or the server.
 */
export async function sendEvents(
  ctx: BrokerContext,
  streams: OpenStreams,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  subscription: Subscription,
  present: (event: LoggedEvent) => unknown,
): Promise<void> {
  const controller = streams.take()
  const { raw } = reply
  reply.hijack()
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  })
  raw.write(':heartbeat\n\n')
  raw.on('close', () => controller.abort())
  raw.on('error', () => controller.abort())
  const heartbeat = setInterval(() => beat(raw), ctx.config.heartbeatMs ?? DEFAULT_HEARTBEAT_MS)
  try {
    for await (const batch of readEvents(ctx, subscription, controller.signal)) {
      const text = batch.map((event) => frame(event, present(event))).join('')
      if (raw.write(text) || (await drained(ctx, raw, controller.signal))) continue
      if (controller.signal.aborted) break
      const dropped = await countEventsAfter(ctx.db, subscription, batch.at(-1)?.seq ?? 0n)
      raw.write(`: you are reading too slowly, dropped ${dropped} messages\n\n`)
      break
    }
  } catch (error) {
    request.log.error({ err: error }, 'event stream failed')
    raw.write(': internal server error\n\n')
  } finally {
    clearInterval(heartbeat)
    streams.release(controller)
    finish(raw)
  }
}

const frame = ({ ulid }: LoggedEvent, body: unknown) => `id: ${ulid}\ndata: ${JSON.stringify(body)}\n\n`

function beat(raw: ServerResponse): void {
  if (!raw.writableNeedDrain) raw.write(':heartbeat\n\n')
}

/** Waits for a slow reader, but not for ever. */
async function drained(ctx: BrokerContext, raw: ServerResponse, signal: AbortSignal): Promise<boolean> {
  const patience = AbortSignal.timeout(ctx.config.slowReaderMs ?? DEFAULT_SLOW_READER_MS)
  try {
    await once(raw, 'drain', { signal: AbortSignal.any([patience, signal]) })
    return true
  } catch {
    return false
  }
}

/** Says goodbye properly; who does not take even that is cut off. */
function finish(raw: ServerResponse): void {
  raw.end()
  const timer = setTimeout(() => raw.destroy(), 2_000)
  raw.on('close', () => clearTimeout(timer))
}
