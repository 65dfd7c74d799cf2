import { setTimeout as sleep } from 'node:timers/promises'
import { BASIC } from './broker-world.ts'

export interface StreamEvent {
  readonly id: string
  // biome-ignore lint/suspicious/noExplicitAny: events are looked at field by field in tests
  readonly data: any
}

/** A reader of server-sent events that remembers everything it was sent. */
export async function openStream(url: string, headers: Record<string, string> = {}) {
  const controller = new AbortController()
  const response = await fetch(url, {
    headers: { authorization: BASIC, accept: 'text/event-stream', ...headers },
    signal: controller.signal,
  })
  const events: StreamEvent[] = []
  const comments: string[] = []
  let text = ''
  let ended = false

  async function read(): Promise<void> {
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) take(block)
    }
  }

  function take(block: string): void {
    if (block.startsWith(':')) {
      comments.push(block)
      return
    }
    const [, id = '', data = ''] = /^id: (.*)\ndata: (.*)$/.exec(block) ?? []
    events.push({ id, data: JSON.parse(data) })
  }

  const done = read()
    .catch(() => undefined)
    .finally(() => {
      ended = true
    })

  return {
    response,
    events,
    comments,
    done,
    hasEnded: () => ended,
    /** Waits until this is true of what was read. */
    async until(isEnough: () => boolean, patienceMs = 10_000): Promise<void> {
      for (let waited = 0; !isEnough(); waited += 10) {
        if (waited > patienceMs) throw new Error(`after ${events.length} events there is still not enough`)
        await sleep(10)
      }
    },
    async close(): Promise<void> {
      controller.abort()
      await done
    },
    [Symbol.asyncDispose]() {
      return this.close()
    },
  }
}
