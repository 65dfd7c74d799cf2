const BITS = 30

/** Trace numbers that were seen. They mostly follow each other, so one word stands for thirty of them. */
export class TraceSet {
  readonly #words = new Map<number, number>()

  /** Answers whether it is new. What is no number is always new. */
  add(trace: string): boolean {
    const number = Number(trace)
    if (!Number.isSafeInteger(number)) return true
    const key = Math.floor(number / BITS)
    const bit = 1 << (number % BITS)
    const word = this.#words.get(key) ?? 0
    if ((word & bit) !== 0) return false
    this.#words.set(key, word | bit)
    return true
  }
}
