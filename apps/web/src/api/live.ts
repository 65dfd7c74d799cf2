import { LiveMessage } from '@paddock/platform-wire'
import type { QueryClient } from '@tanstack/react-query'

export type LiveState = 'off' | 'connecting' | 'live' | 'reconnecting'

/** What to fetch again when the server says that something changed. */
const staleBy: Record<LiveMessage['type'], readonly (readonly string[])[]> = {
  hello: [['me'], ['account'], ['banks'], ['transfers'], ['orders'], ['positions']],
  account: [['me'], ['account'], ['positions']],
  banks: [['banks']],
  transfers: [['transfers'], ['account']],
  orders: [['orders'], ['account'], ['positions']],
}

let state: LiveState = 'off'
const listeners = new Set<() => void>()

function becomes(next: LiveState) {
  state = next
  for (const listener of listeners) listener()
}

export const liveState = {
  read: () => state,
  subscribe(listener: () => void) {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

const RETRY_MS = 3_000

/** Follows the server's event stream until the answer is called. */
export function followEvents(queryClient: QueryClient): () => void {
  let source: EventSource | undefined
  let retry: ReturnType<typeof setTimeout> | undefined

  function connect() {
    source = new EventSource('/api/events')
    source.onopen = () => becomes('live')
    source.onmessage = (message) => refresh(queryClient, message.data)
    source.onerror = () => {
      becomes('reconnecting')
      // The browser tries again by itself, except after an answer that was no stream.
      if (source?.readyState !== EventSource.CLOSED) return
      retry = setTimeout(connect, RETRY_MS)
      // Perhaps the session has ended: then this says so, and the page goes to the sign-in.
      queryClient.invalidateQueries({ queryKey: ['me'] })
    }
  }

  becomes('connecting')
  connect()
  return () => {
    clearTimeout(retry)
    source?.close()
    becomes('off')
  }
}

function refresh(queryClient: QueryClient, data: unknown) {
  const message = LiveMessage.safeParse(readJson(data))
  if (!message.success) return
  for (const queryKey of staleBy[message.data.type]) queryClient.invalidateQueries({ queryKey })
}

function readJson(data: unknown): unknown {
  try {
    return JSON.parse(String(data))
  } catch {
    return undefined
  }
}
