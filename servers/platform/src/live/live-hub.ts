import type { LiveMessage } from '@paddock/platform-wire'
import type { SessionId, UserId } from '../identity/user.ts'

/** One open page. */
export interface Listener {
  readonly userId: UserId
  readonly sessionId: SessionId
  tell(message: LiveMessage): void
  close(): void
}

/** The pages that are open on this process, to be told that something changed. */
export class LiveHub {
  readonly #listeners = new Set<Listener>()

  /** Answers the way to stop listening. */
  add(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  countOf(userId: UserId): number {
    return [...this.#listeners].filter((listener) => listener.userId === userId).length
  }

  tell(userId: UserId, type: LiveMessage['type']): void {
    for (const listener of this.#listeners) if (listener.userId === userId) listener.tell({ type })
  }

  closeSession(sessionId: SessionId): void {
    for (const listener of this.#listeners) if (listener.sessionId === sessionId) listener.close()
  }

  closeAll(): void {
    for (const listener of this.#listeners) listener.close()
  }
}
