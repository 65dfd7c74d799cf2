import type { Intent } from './intent.ts'

/** The calls that this process is waiting for, so that a second request for one joins it. */
export class CallsInFlight {
  readonly #calls = new Map<string, Promise<unknown>>()

  find<Result>(intent: Intent): Promise<Result> | undefined {
    return this.#calls.get(keyOf(intent)) as Promise<Result> | undefined
  }

  run<Result>(intent: Intent, work: () => Promise<Result>): Promise<Result> {
    const key = keyOf(intent)
    const present = this.#calls.get(key)
    if (present !== undefined) return present as Promise<Result>
    const call = work().finally(() => this.#calls.delete(key))
    this.#calls.set(key, call)
    return call
  }

  /** Waits until nothing is under way. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#calls.values())
  }
}

// With the request: another one under the same id must not get this one's answer.
const keyOf = ({ userId, id, requestHash }: Intent) => `${userId}/${id}/${requestHash}`
