import { assert } from '@paddock/kernel'
import type { QuantityNano, UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { costOfSharesSold } from './cost-basis.ts'

/** Shares that came in together, and what is left of them (contracts/alpaca/positions.md, "Lots"). */
export type Lot = {
  readonly accountId: AccountId
  readonly id: string
  readonly symbol: string
  /** When they were bought; shares that are given keep the day of the giver. */
  readonly acquiredAt: Temporal.Instant
  readonly source: LotSource
  readonly quantityNano: QuantityNano
  readonly costMinor: UsdMinor
  readonly remainingNano: QuantityNano
  readonly remainingMinor: UsdMinor
}

export type LotSource = { readonly kind: 'fill' | 'journal' | 'before'; readonly id: string }

/** Which lots go first. Named ones go in the order of their names, and when they are used up the oldest follow. */
export type LotChoice =
  | { readonly by: 'fifo' | 'lifo' | 'hifo' }
  | { readonly by: 'name'; readonly lotIds: readonly string[] }
  /** Those that this journal brought, before all others. */
  | { readonly by: 'source'; readonly sourceId: string }

export const OLDEST_FIRST: LotChoice = { by: 'fifo' }

/** What was taken out of one lot. */
export type Taking = {
  readonly lot: Lot
  readonly quantityNano: QuantityNano
  readonly costMinor: UsdMinor
}

/** Takes so many shares out of open lots. The last share of a lot takes all of its cost that is left. */
export function takeFromLots(
  lots: readonly Lot[],
  quantityNano: QuantityNano,
  choice: LotChoice = OLDEST_FIRST,
): Taking[] {
  const takings: Taking[] = []
  let wantedNano: bigint = quantityNano
  for (const lot of inOrderOf(choice, lots)) {
    if (wantedNano === 0n) break
    if (lot.remainingNano === 0n) continue
    const takenNano = (wantedNano < lot.remainingNano ? wantedNano : lot.remainingNano) as QuantityNano
    const costMinor = costOfSharesSold(lot.remainingMinor, lot.remainingNano, takenNano)
    takings.push({ lot, quantityNano: takenNano, costMinor })
    wantedNano -= takenNano
  }
  assert(wantedNano === 0n, 'more was sold than lots were read')
  return takings
}

/** What a taking leaves of its lot. */
export function afterTaking({ lot, quantityNano, costMinor }: Taking): Lot {
  return {
    ...lot,
    remainingNano: (lot.remainingNano - quantityNano) as QuantityNano,
    remainingMinor: (lot.remainingMinor - costMinor) as UsdMinor,
  }
}

export function costOf(takings: readonly Taking[]): UsdMinor {
  return takings.reduce((sum, { costMinor }) => sum + costMinor, 0n) as UsdMinor
}

/** The lots of shares that a split makes more or fewer: together exactly `newNano`, each with the cost it had. */
export function splitLots(lots: readonly Lot[], oldNano: QuantityNano, newNano: QuantityNano): Lot[] {
  let seenNano = 0n
  let givenNano = 0n
  let strandedMinor = 0n
  const split: Lot[] = []
  for (const [index, lot] of lots.entries()) {
    seenNano += lot.remainingNano
    const remainingNano = (seenNano * newNano) / oldNano - givenNano
    givenNano += remainingNano
    const left = { ...lot, remainingNano: remainingNano as QuantityNano }
    const isLast = index === lots.length - 1
    const costMinor = lot.remainingMinor + strandedMinor
    // Of so little nothing may be left: its cost goes on with the next.
    strandedMinor = remainingNano === 0n && !isLast ? costMinor : 0n
    split.push(withRemaining(left, lot, (costMinor - strandedMinor) as UsdMinor))
  }
  assert(seenNano === oldNano, 'the lots are not what is held')
  return split
}

/** The part of a lot that was sold before is told in the shares of today too. */
function withRemaining(left: Lot, before: Lot, remainingMinor: UsdMinor): Lot {
  const wholeNano = (before.quantityNano * left.remainingNano) / before.remainingNano
  const quantityNano = wholeNano > left.remainingNano ? wholeNano : left.remainingNano
  const gainedMinor = remainingMinor - before.remainingMinor
  return {
    ...left,
    quantityNano: (quantityNano > 0n ? quantityNano : before.quantityNano) as QuantityNano,
    costMinor: (before.costMinor + gainedMinor) as UsdMinor,
    remainingMinor,
  }
}

function inOrderOf(choice: LotChoice, lots: readonly Lot[]): readonly Lot[] {
  const oldestFirst = lots.toSorted(byAge)
  switch (choice.by) {
    case 'fifo':
      return oldestFirst
    case 'lifo':
      return oldestFirst.reverse()
    case 'hifo':
      // Dearest first: cost of each share, compared without dividing.
      return oldestFirst.sort((a, b) =>
        sign(b.remainingMinor * a.remainingNano - a.remainingMinor * b.remainingNano),
      )
    case 'name':
      return preferred(oldestFirst, ({ id }) => choice.lotIds.indexOf(id))
    case 'source':
      return preferred(oldestFirst, ({ source }) => (source.id === choice.sourceId ? 0 : -1))
  }
}

/** Those with a rank first, by rank; a rank below zero is none. */
function preferred(lots: readonly Lot[], rankOf: (lot: Lot) => number): Lot[] {
  const ranked = lots.filter((lot) => rankOf(lot) >= 0).sort((a, b) => rankOf(a) - rankOf(b))
  return [...ranked, ...lots.filter((lot) => rankOf(lot) < 0)]
}

function byAge(a: Lot, b: Lot): number {
  return Temporal.Instant.compare(a.acquiredAt, b.acquiredAt) || (a.id < b.id ? -1 : 1)
}

const sign = (difference: bigint) => (difference > 0n ? 1 : difference < 0n ? -1 : 0)
