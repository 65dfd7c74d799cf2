import type { DirectTransfer } from '../src/index.ts'

/** Endless batches of plain posts between random accounts; the same seed picks the same accounts. */
export function workload(accounts: number, batchSize: number, seed: number): () => DirectTransfer[] {
  const random = seededRandom(seed)
  const account = () => `${String(1 + (random() % accounts)).padStart(36, '0')}:cash:USD`
  // Shaped and ordered like a UUID of version 7, but cheap: its making must not be what is measured.
  let made = 0
  const nextId = () => {
    made += 1
    return `01938f2e-${made.toString(16).padStart(8, '0')}-7000-${seed.toString(16).padStart(14, '0')}`
  }
  const at = Temporal.Instant.from('2026-11-24T15:00:00Z')
  return () =>
    Array.from({ length: batchSize }, () => {
      const id = nextId()
      const from = account()
      let to = account()
      while (to === from) to = account()
      const amount = BigInt(1 + (random() % 10_000))
      return { type: 'post', id, from, to, amount, cause: { kind: 'bench', id, step: 'move' }, at }
    })
}

/** Xorshift of 32 bits: enough to spread accounts, and the same on every machine. */
function seededRandom(seed: number): () => number {
  let state = seed | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}
