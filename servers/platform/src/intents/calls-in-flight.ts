import type { Intent } from './intent.ts'

/** The calls that this process is waiting for, so that a second request for one joins it. */
export class CallsInFlight {
  readonly #calls = new Map<string, Promise<unknown>>()

  find<Result>(key: string): Promise<Result> | undefined {
    return this.#calls.get(key) as Promise<Result> | undefined
  }

  run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const present = this.find<Result>(key)
    if (present !== undefined) return present
    const call = work().finally(() => this.#calls.delete(key))
    this.#calls.set(key, call)
    return call
  }

  /** Waits until nothing is under way. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#calls.values())
  }
}

/** With the request: another one under the same id must not get this one's answer. */
export const callKey = ({ userId, id, requestHash }: Intent) => `intent/${userId}/${id}/${requestHash}`
