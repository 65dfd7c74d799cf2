import type { EventFilter } from './event-filter.ts'
import type { EventSink, Frame } from './event-sink.ts'
import type { LoggedEvent } from './logged-event.ts'

/** Why a stream that was live is not any more. */
export type Leaving = 'behind' | 'over' | 'closed'

/** One reader's place in the log. */
export class LiveStream {
  readonly filter: EventFilter
  readonly sink: EventSink
  /** Everything up to here has been written to the reader, or passed over. */
  position = 0n
  /** The head when it joined the tail: batches that end here or before are not for it. */
  joinedAt = 0n
  isClosed = false
  #leave: ((why: Leaving) => void) | undefined

  constructor(filter: EventFilter, sink: EventSink) {
    this.filter = filter
    this.sink = sink
  }

  /** Resolves when the stream leaves the tail again. */
  live(head: bigint): Promise<Leaving> {
    this.joinedAt = head
    return new Promise((resolve) => {
      this.#leave = resolve
    })
  }

  leave(why: Leaving): void {
    this.#leave?.(why)
    this.#leave = undefined
  }

  /** The reader went, or the server goes. */
  close(): void {
    this.isClosed = true
    this.sink.close()
    this.leave('closed')
  }

  /** Writes a batch of the tail that ends at `to`, unless the reader already has it. */
  deliver(frame: Frame, to: bigint): void {
    if (this.#leave === undefined || to <= this.joinedAt) return
    this.sink.write(frame)
    this.position = to
    if (this.sink.isFull) this.leave('behind')
  }
}

/** What a page shows, and in which words. */
export type StreamPage = Pick<EventFilter, 'streams' | 'hiddenStatuses'> & {
  readonly present: (event: LoggedEvent) => unknown
}
