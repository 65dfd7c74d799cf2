import { createHash } from 'node:crypto'
import { assert } from '@paddock/kernel'

/** Draws that look like chance and are always the same for the same seed. */
export interface Random {
  /** A whole number from zero up to `count`, without it. */
  below(count: number): number
  /** An amount between the two, both possible. */
  between(from: bigint, to: bigint): bigint
  pick<T>(list: readonly T[]): T
}

export function randomFrom(seed: string): Random {
  let block = createHash('sha256').update(seed).digest()
  let at = 0
  const next = (): number => {
    if (at + 4 > block.length) {
      block = createHash('sha256').update(block).digest()
      at = 0
    }
    at += 4
    return block.readUInt32BE(at - 4)
  }
  const below = (count: number) => next() % count
  return {
    below,
    between: (from, to) => from + (BigInt(next()) % (to - from + 1n)),
    pick(list) {
      const found = list[below(list.length)]
      assert(found !== undefined, 'one picks from a list with something in it')
      return found
    },
  }
}
